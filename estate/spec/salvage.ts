import type { Diagnostic } from '../diagnostics';
import type { Path } from './positions';
import { noSuchEntry, referencedSection, unknownReference } from './rules/unknown-reference';
import { type Estate, estateSchema } from './schema';
import { valueAt } from './shape';

/** What of an estate the schema accepts, when it refuses the whole. */
export interface Salvaged {
  readonly estate: Estate;
  /** A finding of a rule as it would be for the whole: gone, or with the keys that were left out. */
  readonly refine: (found: Diagnostic) => readonly Diagnostic[];
}

/** Maps whose entries stand for themselves: one can be left out without touching the others. */
const SECTIONS = [
  'owners',
  'accounts',
  'sites',
  'clusters',
  'stores',
  'links',
  'grants',
  'replication',
  'commitments',
  'budgets',
];
/** Parts of an entry that can be left out: rules say the same of the rest of it without them, but for warnings. */
const LOOSE: readonly unknown[] = ['access', 'alarms', 'labels', 'logs', 'owner', 'tags'];
/** Values that rules do not look at when the file has none that are valid. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  estate: 'v1',
  name: 'estate',
  owner: { team: 'team', email: 'team@example.com' },
  accounts: {},
};

/**
 * Leaves out the entries in which the schema found something, or loose parts of them, so that the rules can look at the rest.
 *
 * This way one mistake does not hide the next, and every finding is told at once.
 */
export function salvage(value: object, findings: readonly Path[]): Salvaged | undefined {
  const cuts = new Set(findings.map((path) => cutPoint(path)));
  const kept: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) {
    if (cuts.has(key)) continue;
    kept[key] = SECTIONS.includes(key) ? without(part, key, cuts) : part;
  }
  const parsed = estateSchema.safeParse({ ...STAND_INS, ...kept });
  if (!parsed.success) return undefined;
  return { estate: parsed.data, refine: (found) => refine(found, value, cuts) };
}

function refine(found: Diagnostic, value: object, cuts: ReadonlySet<string>): readonly Diagnostic[] {
  // Acknowledgements may be among what was left out.
  if (found.severity === 'warning') return [];
  if (found.code !== unknownReference.code) return [found];
  const section = referencedSection(found.path);
  const entries = valueAt(value, [section]);
  const named = String(found.value);
  if (cuts.has(section) || cuts.has(`${section}.${named}`)) return [];
  const keys = typeof entries === 'object' && entries !== null ? Object.keys(entries) : [];
  return keys.length === 0 || ![...cuts].some((cut) => cut.startsWith(`${section}.`))
    ? [found]
    : [{ ...found, ...noSuchEntry(section, named, keys) }];
}

/** What a finding spoils: a loose part of an entry, a pool, an entry of a section, or a whole part of the estate. */
function cutPoint(path: Path): string {
  const [section = '', , inner] = path;
  if (!SECTIONS.includes(String(section)) || path.length < 2) return String(section);
  const entry = section === 'clusters' && inner === 'pools' && path.length > 3 ? 4 : 2;
  return path.slice(0, LOOSE.includes(path[entry]) ? entry + 1 : entry).join('.');
}

function without(part: unknown, path: string, cuts: ReadonlySet<string>): unknown {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
  const kept = Object.entries(part).filter(([key]) => !cuts.has(`${path}.${key}`));
  return Object.fromEntries(kept.map(([key, inner]) => [key, without(inner, `${path}.${key}`, cuts)]));
}
