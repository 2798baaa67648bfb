import { isDeepStrictEqual } from 'node:util';
import type { Estate } from '../estate/spec/schema';
import { compareKeys } from '../estate/units';
import { isJsonObject, type JsonObject } from '../terraform/document';

/** What an edit of the estate file says about one of its entries. */
export interface EstateEdit {
  /** Dotted path of the entry, such as `clusters.eastus2-gb300.pools.train`. */
  readonly path: string;
  /** What is different, such as `racks 16 -> 17`. */
  readonly change: string;
}

/** Maps whose keys are the user's own: an entry of one is what an edit is about. */
const MAPS: readonly string[] = [
  'owners',
  'accounts',
  'sites',
  'clusters',
  'clusters.*.pools',
  'stores',
  'commitments',
  'budgets',
  'links',
  'grants',
  'replication',
];

/** Longer texts, such as ids, say less than their number. */
const LONGEST_TEXT = 40;

function isKeyed(path: readonly string[]): boolean {
  const pattern = path.map((step, index) => (index % 2 === 1 ? '*' : step)).join('.');
  return MAPS.includes(pattern);
}

/** The key that names and addresses hang on. */
function identityIn(key: string, entry: unknown): string {
  return isJsonObject(entry) && typeof entry.renamedFrom === 'string' ? entry.renamedFrom : key;
}

function print(value: unknown): string {
  if (value === undefined) return 'unset';
  const range = rangeText(value);
  if (range !== undefined) return range;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
}

/** A range of nodes, which is a size like a number is. */
function rangeText(value: unknown): string | undefined {
  if (!isJsonObject(value) || Object.keys(value).sort().join() !== 'max,min') return undefined;
  return `${value.min}-${value.max}`;
}

/** Whether a value is told by what is in it. */
function isPart(value: unknown): value is Readonly<Record<string, unknown>> {
  return isJsonObject(value) && rangeText(value) === undefined;
}

function printList(name: string, before: readonly unknown[], after: readonly unknown[]): string {
  const added = after.filter((element) => !before.some((other) => isDeepStrictEqual(element, other)));
  const removed = before.filter((element) => !after.some((other) => isDeepStrictEqual(element, other)));
  if (added.length === 0 && removed.length === 0) return `${name} in another order`;
  const isShort = [...added, ...removed].every((each) => typeof each === 'string' && each.length <= LONGEST_TEXT);
  if (isShort) return [name, ...added.map((each) => `+${each}`), ...removed.map((each) => `-${each}`)].join(' ');
  const parts = [added.length > 0 && `${added.length} added`, removed.length > 0 && `${removed.length} removed`];
  return `${name} ${parts.filter((part) => part !== false).join(', ')}`;
}

/** Whether nothing is written, or an empty list, which is the same. */
function isNothing(value: unknown): boolean {
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

/** What differs inside an entry, by the dotted names of its fields. */
function fieldChanges(before: unknown, after: unknown, name: string): string[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) return [printList(name, before, after)];
  if (isNothing(before) && isNothing(after)) return [];
  // A part that comes or goes is told by what is in it.
  if (before === undefined && isPart(after)) return fieldChanges({}, after, name);
  if (after === undefined && isPart(before)) return fieldChanges(before, {}, name);
  if (isPart(before) && isPart(after)) {
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return fields.flatMap((field) =>
      fieldChanges(before[field], after[field], name === '' ? field : `${name}.${field}`),
    );
  }
  if (Array.isArray(after) && before === undefined) return [printList(name, [], after)];
  if (Array.isArray(before) && after === undefined) return [printList(name, before, [])];
  return [`${name} ${print(before)} -> ${print(after)}`.trim()];
}

/** What an entry leads from and to, which it could not have in common with another by chance; undefined where it leads nowhere. */
function endsOf(entry: unknown): readonly [from: unknown, to: unknown] | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { between, from, to } = entry;
  if (Array.isArray(between)) {
    const [one, other = to] = [...between].sort();
    return [one, other];
  }
  return from === undefined || to === undefined ? undefined : [from, to];
}

/** An end in a word: its key, or the name that it goes by. */
function endName(end: unknown): string {
  if (!isJsonObject(end)) return print(end);
  const { onPremises } = end;
  const name = isJsonObject(onPremises) ? onPremises.name : (end.cluster ?? end.serviceAccount);
  return typeof name === 'string' ? name : print(end);
}

/** What a new entry is, in a few words. */
function summary(entry: unknown): string {
  if (!isJsonObject(entry)) return '';
  const ends = endsOf(entry);
  if (ends !== undefined) {
    const way = ends.map(endName).join(Array.isArray(entry.between) ? ' and ' : ' to ');
    return [entry.access ?? entry.kind, way].filter((word) => word !== undefined).join(', ');
  }
  const size = ['racks', 'nodes', 'accelerators', 'capacityTiB', 'capacityGiB', 'capacityTB']
    .filter((name) => entry[name] !== undefined)
    .map((name) => (name.startsWith('capacity') ? `${entry[name]} ${name.slice(8)}` : `${print(entry[name])} ${name}`));
  const what =
    entry.accelerator ?? entry.machine ?? entry.kind ?? entry.cloud ?? entry.region ?? entry.site ?? entry.team;
  const words = [what, ...size];
  return words.filter((word) => word !== undefined).join(', ');
}

function entryEdits(before: JsonObject, after: JsonObject, path: readonly string[]): EstateEdit[] {
  const old = new Map(Object.entries(before).map(([key, entry]) => [identityIn(key, entry), key]));
  const edits: EstateEdit[] = [];
  for (const [key, entry] of Object.entries(after)) {
    const was = before[key] === undefined ? old.get(identityIn(key, entry)) : key;
    const at = [...path, key];
    if (was === undefined) {
      const what = summary(entry);
      edits.push({ path: at.join('.'), change: what === '' ? 'added' : `added (${what})` });
      continue;
    }
    old.delete(identityIn(was, before[was]));
    if (was !== key) edits.push({ path: at.join('.'), change: `renamed from ${was}` });
    edits.push(...editsAt(before[was], entry, at));
  }
  const removed = [...old.values()].map((key) => {
    const ends = endsOf(before[key]);
    const twin = Object.keys(after).find(
      (other) =>
        ends !== undefined &&
        before[other] === undefined &&
        identityIn(other, after[other]) === other &&
        isDeepStrictEqual(endsOf(after[other]), ends),
    );
    const rename = twin === undefined ? '' : `; if it is ${twin} now, say renamedFrom: ${key} there`;
    return { path: [...path, key].join('.'), change: `removed${rename}` };
  });
  return [...edits, ...removed];
}

function editsAt(before: unknown, after: unknown, path: readonly string[]): EstateEdit[] {
  if (isKeyed(path)) {
    return entryEdits(isJsonObject(before) ? before : {}, isJsonObject(after) ? after : {}, path);
  }
  if (!isJsonObject(before) || !isJsonObject(after)) {
    return fieldChanges(before, after, '').map((change) => ({ path: path.join('.'), change: change.trim() }));
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => name !== 'renamedFrom');
  const inner = names.filter((name) => path.length === 0 || isKeyed([...path, name]));
  const fields = names.filter((name) => !inner.includes(name));
  const changes = fields.sort().flatMap((name) => fieldChanges(before[name], after[name], name));
  const own = changes.length === 0 ? [] : [{ path: path.join('.'), change: changes.join(', ') }];
  return [...own, ...inner.flatMap((name) => editsAt(before[name], after[name], [...path, name]))];
}

/** What differs between two estates, entry by entry, matched by the keys that names hang on; in the order of paths. */
export function estateEdits(before: Estate, after: Estate): EstateEdit[] {
  return editsAt(before, after, []).sort((one, other) => compareKeys(one.path, other.path));
}

/** Ranges that both lock files hold and that are not the same: what moves although the estate may not say so. */
export function addressEdits(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): EstateEdit[] {
  return Object.entries(before)
    .filter(([key, cidr]) => after[key] !== undefined && after[key] !== cidr)
    .map(([key, cidr]) => ({ path: `addresses.${key}`, change: `${cidr} -> ${after[key]}` }))
    .sort((one, other) => compareKeys(one.path, other.path));
}
