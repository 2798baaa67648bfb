import type { Diagnostic, Position } from '../diagnostics';
import { type ExchangeFragment, readFragment } from './exchange';
import { withoutValues, withoutWords } from './exchange-secrets';
import { jsonMistake } from './json-syntax';
import type { Path } from './positions';
import { parseAnySource } from './source';
import { formatPath } from './words';

/** What one stack says, and where that stands. */
export interface FoundFragment {
  readonly fragment: ExchangeFragment;
  readonly file: string;
  /** Place of the output in its file, such as `atlas-eastus2-gateway.exchange`. */
  readonly path: string;
  readonly at: Position;
}

/** What a file of outputs says. */
export interface OutputsRead {
  readonly fragments: readonly FoundFragment[];
  readonly diagnostics: readonly Diagnostic[];
}

/** An output of a stack beside `exchange` whose value stands in an exchange too. */
export interface KnownOutput {
  readonly stack: string;
  readonly name: string;
  /** Its place in the exchange file. */
  readonly path: readonly string[];
  /** What of its value the exchange file has; undefined where it is nothing of the kind. */
  readonly read: (value: string) => string | undefined;
}

/** What is read of outputs files beside outputs `exchange`. */
export interface KnownOutputs {
  /** First name of the estate whose stacks they are of. */
  readonly estate: string;
  readonly outputs: readonly KnownOutput[];
}

/** Name of the output, as CloudFormation and Terraform have it. */
const OUTPUT = /^exchange$/i;

/** Stacks lie in stacks where a tool nests them; outputs are no deeper. */
const MAX_DEPTH = 8;

/**
 * Finds what stacks say in a file that a stock tool wrote: `cdk deploy --outputs-file`, `cdktf deploy --outputs-file`,
 * `cdktf output --outputs-file` or `terraform output -json`.
 *
 * All of them are maps; the first three have one of each stack around the outputs, the last one the value of an output
 * beside its type. Outputs that Terraform calls sensitive are left alone.
 *
 * @param known other outputs that are read too, of stacks by their names: where no stack stands around them, the file is
 * called as their stack is, with anything behind a dot
 */
export function readOutputs(written: string, file: string, known?: KnownOutputs): OutputsRead {
  const text = written.replace(/^\uFEFF/, '');
  const { positions, diagnostics } = parseAnySource(text, file);
  const [syntax] = diagnostics;
  const mistake = jsonMistake(text);
  if (mistake !== undefined) {
    const at = syntax?.at ?? positions.at(mistake.offset, mistake.offset + 1);
    const message = text.trim() === '' ? 'the file is empty' : `it is not JSON: ${mistake.expected} is expected here`;
    return { fragments: [], diagnostics: [unread('', message, { ...at, text: withoutWords(at.text) })] };
  }
  const shown = (path: Path): Position => {
    const at = positions.locate(path);
    // Outputs may hold anything.
    return { ...at, text: withoutValues(at.text) };
  };
  const value: unknown = JSON.parse(text);
  const found = outputsIn(value);
  const more = known === undefined ? [] : knownIn(value, [], { stem: stemOf(file), known, shown });
  if (found.length + more.length === 0) {
    const message = 'no stack in it has an output "exchange"';
    return { fragments: [], diagnostics: [unread('', message, shown([]))] };
  }
  const read = found.map(({ path, value: output }): OutputsRead => {
    const at = shown(path);
    const parsed = readFragment(output);
    if ('fragment' in parsed) {
      return { fragments: [{ fragment: parsed.fragment, file, path: formatPath(path), at }], diagnostics: [] };
    }
    const { problems, isSecret } = parsed;
    const what = `the output is no part of an exchange: ${problems.join('; ')}`;
    return { fragments: [], diagnostics: [{ ...unread(formatPath(path), what, at), ...(isSecret && SECRET) }] };
  });
  const all = [...read, ...more.map((each) => readKnown(each, file))];
  return {
    fragments: all.flatMap((each) => each.fragments),
    diagnostics: all.flatMap((each) => each.diagnostics),
  };
}

/** An output that is known, with what the file says. */
interface FoundKnown {
  readonly output: KnownOutput;
  readonly estate: string;
  readonly value: string;
  readonly path: Path;
  readonly at: Position;
}

interface KnownScope {
  /** What the file is called, without what stands behind its first dot. */
  readonly stem: string;
  readonly known: KnownOutputs;
  readonly shown: (path: Path) => Position;
}

function knownIn(value: unknown, path: Path, scope: KnownScope): readonly FoundKnown[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || path.length > MAX_DEPTH) return [];
  const stacks = new Set([scope.stem, ...path.map(String)]);
  return Object.entries(value).flatMap(([key, member]): readonly FoundKnown[] => {
    const output = scope.known.outputs.find(({ stack, name }) => name === key && stacks.has(stack));
    if (output === undefined) return knownIn(member, [...path, key], scope);
    const raw = terraformOutput(member);
    const text = raw === undefined ? member : raw.value;
    if (typeof text !== 'string' || raw?.sensitive === true) return [];
    const here = [...path, key, ...(raw === undefined ? [] : ['value'])];
    return [{ output, estate: scope.known.estate, value: text, path: here, at: scope.shown(here) }];
  });
}

function readKnown({ output, estate, value, path, at }: FoundKnown, file: string): OutputsRead {
  const place = formatPath(path);
  const text = output.read(value);
  const told = text === undefined ? undefined : nested(output.path, text);
  const read = told === undefined ? undefined : readFragment({ estate, ...told });
  if (read !== undefined && 'fragment' in read) {
    return { fragments: [{ fragment: read.fragment, file, path: place, at }], diagnostics: [] };
  }
  const what = `the output is nothing that stands at "${output.path.join('.')}" of an exchange`;
  return { fragments: [], diagnostics: [{ ...unread(place, what, at), ...(read?.isSecret && SECRET) }] };
}

function nested([key = '', ...rest]: readonly string[], value: string): Record<string, unknown> {
  return { [key]: rest.length === 0 ? value : nested(rest, value) };
}

/** `folder/atlas-ohio-storage.outputs.json` -> `atlas-ohio-storage`. */
function stemOf(file: string): string {
  return file.replace(/^.*[\\/]/, '').replace(/\..*$/, '');
}

const SECRET = {
  code: 'ExchangeSecret',
  hint: 'take it out of the outputs of the stack: what is secret goes by Secrets Manager and sensitive variables',
} as const;

/** Outputs of the name, with the path of their values. */
function outputsIn(value: unknown, path: Path = []): readonly { readonly path: Path; readonly value: unknown }[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || path.length > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const here = [...path, key];
    if (!OUTPUT.test(key)) return outputsIn(member, here);
    const output = terraformOutput(member);
    if (output === undefined && typeof member === 'object' && !isFragmentLike(member)) return outputsIn(member, here);
    if (output === undefined) return [{ path: here, value: member }];
    return output.sensitive === true ? [] : [{ path: [...here, 'value'], value: output.value }];
  });
}

/** Whether a map is what an output says, and not a stack of the name with its outputs. */
function isFragmentLike(member: object | null): boolean {
  return member !== null && 'estate' in member;
}

/** An output as Terraform itself writes it; undefined where it is the value alone. */
function terraformOutput(member: unknown): { readonly value: unknown; readonly sensitive: unknown } | undefined {
  if (typeof member !== 'object' || member === null || !('value' in member) || !('sensitive' in member))
    return undefined;
  return { value: member.value, sensitive: member.sensitive };
}

function unread(path: string, message: string, at: Position): Diagnostic {
  return {
    code: 'ExchangeOutputs',
    severity: 'error',
    path,
    message,
    hint: 'name a file that "npx cdk deploy STACK --outputs-file FILE", "npx cdktf output STACK --outputs-file FILE" or "terraform output -json" wrote of a gateway, a link, stores or a cluster',
    at,
  };
}
