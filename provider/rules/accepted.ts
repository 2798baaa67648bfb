import { isFake } from '../fakes';
import type { ProviderDiagnostic } from '../protocol';
import type { AcceptedValues, BlockSchema, ProviderName } from '../schema';
import type { Value } from '../values';
import { FORMATS, hasIdShape } from './formats';
import { type Located, locate, root, segmentsOf } from './locate';
import { nearest } from './suggest';

/** What is wrong with a value: what is allowed instead, and what was probably meant. */
interface Refusal {
  readonly allowed: string;
  readonly suggestion?: string;
  readonly severity?: 'warning';
}

/** Types whose recorded values are known to be wrong. */
const UNTRUSTED_TYPES: ReadonlySet<string> = new Set(['azurerm_databox_edge_device']);

const MAX_LISTED = 24;

function listed(values: readonly string[]): string {
  const shown = values.slice(0, MAX_LISTED).map((value) => JSON.stringify(value));
  return values.length > MAX_LISTED ? `${shown.join(', ')} and ${values.length - MAX_LISTED} more` : shown.join(', ');
}

function ofOne(text: string, accepted: AcceptedValues): Refusal | undefined {
  const { ignore_case: ignoreCase } = accepted;
  const values = accepted.one_of?.map(String);
  if (values === undefined) return undefined;
  const wanted = ignoreCase ? text.toLowerCase() : text;
  if (values.some((value) => (ignoreCase ? value.toLowerCase() : value) === wanted)) return undefined;
  return { allowed: `one of ${listed(values)}`, suggestion: nearest(text, values) };
}

function ofText(text: string, accepted: AcceptedValues, provider: ProviderName, path: string): Refusal | undefined {
  const chosen = ofOne(text, accepted);
  if (chosen !== undefined) return chosen;
  const { min_length: shortest = 0, max_length: longest = Number.POSITIVE_INFINITY } = accepted;
  const length = Buffer.byteLength(text);
  if (length < shortest || length > longest) {
    const range =
      longest === Number.POSITIVE_INFINITY
        ? `at least ${shortest}`
        : shortest > 0
          ? `${shortest} to ${longest}`
          : `at most ${longest}`;
    return {
      allowed: shortest === 1 && length === 0 ? 'a text that is not empty' : `${range} characters, this has ${length}`,
    };
  }
  if (accepted.id !== undefined && !hasIdShape(text, accepted.id))
    return { allowed: `an id of the form ${accepted.id}` };
  const format = accepted.format === undefined ? undefined : FORMATS[accepted.format];
  if (format !== undefined && !format.accepts(text, provider, path.slice(path.lastIndexOf('.') + 1)))
    return { allowed: format.shape };
  if (accepted.pattern !== undefined && !new RegExp(accepted.pattern).test(text)) {
    return { allowed: `a text that matches ${accepted.pattern}`, severity: accepted.learned ? 'warning' : undefined };
  }
  return undefined;
}

function ofNumber(number: number, accepted: AcceptedValues): Refusal | undefined {
  const chosen = ofOne(String(number), accepted);
  if (chosen !== undefined) return chosen;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, multiple_of: step } = accepted;
  if (number < min || number > max) {
    const allowed =
      max === Number.POSITIVE_INFINITY
        ? `at least ${min}`
        : min === Number.NEGATIVE_INFINITY
          ? `at most ${max}`
          : `${min} to ${max}`;
    return { allowed, suggestion: String(number < min ? min : max) };
  }
  if (step !== undefined && number % step !== 0) {
    const below = Math.floor(number / step) * step;
    return { allowed: `a multiple of ${step}`, suggestion: `${below} or ${below + step}` };
  }
  return undefined;
}

/** How many elements a list may have, in words. */
function ofList(elements: readonly Value[], accepted: AcceptedValues): Refusal | undefined {
  const { min_items: fewest = 0, max_items: most = Number.POSITIVE_INFINITY } = accepted;
  if (elements.length >= fewest && elements.length <= most) return undefined;
  const range =
    most === Number.POSITIVE_INFINITY ? `at least ${fewest}` : fewest > 0 ? `${fewest} to ${most}` : `at most ${most}`;
  return { allowed: `${range} elements, this has ${elements.length}` };
}

function refuse(value: Value, accepted: AcceptedValues, provider: ProviderName, path: string): Refusal | undefined {
  if (accepted.unconfigurable && value !== null) return { allowed: 'no value, the provider alone decides it' };
  if (typeof value === 'string') {
    if (isFake(value) || (accepted.empty_ok && value === '')) return undefined;
    const number = accepted.min !== undefined || accepted.max !== undefined ? Number(value) : Number.NaN;
    return Number.isNaN(number) ? ofText(value, accepted, provider, path) : ofNumber(number, accepted);
  }
  if (Array.isArray(value)) return ofList(value, accepted);
  return typeof value === 'number' || typeof value === 'bigint' ? ofNumber(Number(value), accepted) : undefined;
}

/** Whether a value of an argument is refused by what is accepted there. */
export function isRefused(value: Value, accepted: AcceptedValues, provider: ProviderName, path: string): boolean {
  return refuse(value, accepted, provider, path) !== undefined;
}

function report({ value, steps, text }: Located, { allowed, suggestion, severity }: Refusal): ProviderDiagnostic {
  const got = Array.isArray(value) ? 'a list' : typeof value === 'string' ? JSON.stringify(value) : String(value);
  const hint = suggestion === undefined ? '' : `; did you mean ${suggestion}?`;
  return {
    severity: severity ?? 'error',
    summary: `Value not accepted for ${text}`,
    detail: `${text} is ${got}; allowed: ${allowed}${hint}`,
    path: steps,
  };
}

/** Checks the known values of a configuration against what the real provider's own validators accept. */
export function checkAccepted(
  provider: ProviderName,
  typeName: string,
  block: BlockSchema,
  accepted: Readonly<Record<string, AcceptedValues>> | undefined,
  config: Value,
): ProviderDiagnostic[] {
  if (accepted === undefined || UNTRUSTED_TYPES.has(typeName)) return [];
  const from = root(config);
  return Object.entries(accepted).flatMap(([path, values]) =>
    locate(block, segmentsOf(path), from).flatMap((located) => {
      const refusal = refuse(located.value, values, provider, path);
      return refusal === undefined ? [] : [report(located, refusal)];
    }),
  );
}
