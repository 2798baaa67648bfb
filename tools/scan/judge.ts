import { type ExplainedFinding, FINDINGS, type FindingName, type FindingPlace } from '../../estate/catalog/findings';
import { isJsonObject, type JsonObject } from '../../terraform/document';

/** Something that a tool found in what was synthesized. */
export interface Found extends Pick<ExplainedFinding, 'tool' | 'rule'> {
  /** What it was found of, where the tool says more than the resource. */
  readonly of?: string;
  /** What the rule is about, in the words of the tool. */
  readonly message: string;
  readonly stack: string;
  readonly type: string;
  /** Construct path below the stack. */
  readonly path: string;
  readonly arguments: JsonObject;
  /** Why the program itself says that it stays. @default it says nothing */
  readonly acknowledged?: string;
}

/** What became of what was found. */
export interface Judgement {
  /** What no reason explains. */
  readonly unexplained: readonly Found[];
  /** Places of reasons that explain something, as {@link placesOf} writes them. */
  readonly used: ReadonlySet<string>;
}

const ROWS = Object.entries<ExplainedFinding>(FINDINGS);

/** The places of a reason, by a text each: its name, and the position of the place. */
export function placesOf(name: FindingName): readonly string[] {
  return FINDINGS[name].on.map((_, index) => placeText(name, index));
}

function placeText(name: string, index: number): string {
  return `${name}#${index + 1}`;
}

/** Looks for the reason of everything that was found; a program that acknowledges gives the same one. */
export function judge(found: readonly Found[]): Judgement {
  const unexplained: Found[] = [];
  const used = new Set<string>();
  for (const one of found) {
    const places = ROWS.flatMap(([name, row]) =>
      row.on.flatMap((place, index) => (explains(row, place, one) ? [placeText(name, index)] : [])),
    );
    if (places.length === 0) unexplained.push(one);
    for (const place of places) used.add(place);
  }
  return { unexplained, used };
}

function explains({ tool, rule, reason }: ExplainedFinding, place: FindingPlace, found: Found): boolean {
  if (tool !== found.tool || rule !== found.rule || place.type !== found.type) return false;
  if (tool !== 'checkov' && found.acknowledged !== reason) return false;
  const values = Object.entries(place.arguments ?? {});
  return (
    endsWith(found.path, place.ids) &&
    (place.of === undefined || matches(found.of ?? '', place.of)) &&
    values.every(([path, value]) => holds(argumentAt(found.arguments, path.split('.')), value))
  );
}

/** Whether the last ids of a path are those of a pattern. */
function endsWith(path: string, pattern: string): boolean {
  const wanted = pattern.split('/');
  const ids = path.split('/').slice(-wanted.length);
  return ids.length === wanted.length && wanted.every((want, index) => matches(ids[index] ?? '', want));
}

function matches(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

function holds(value: unknown, wanted: string | boolean | null): boolean {
  if (wanted === null) return value === undefined || value === null;
  return typeof wanted === 'string' ? value !== undefined && matches(String(value), wanted) : value === wanted;
}

/** A value below blocks, of which there is one each. */
function argumentAt(value: unknown, [name, ...rest]: readonly string[]): unknown {
  const block = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (name === undefined) return block;
  return isJsonObject(block) ? argumentAt(block[name], rest) : undefined;
}
