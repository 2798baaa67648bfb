import type { Diagnostic } from '../diagnostics';
import type { Path } from './positions';
import { type Estate, estateSchema } from './schema';

/** What of an estate the schema accepts, when it refuses the whole. */
export interface Salvaged {
  readonly estate: Estate;
  /** True for findings that are only there because something was left out. */
  readonly isArtefact: (found: Diagnostic) => boolean;
}

/** Maps whose entries stand for themselves: one can be left out without touching the others. */
const SECTIONS = ['accounts', 'sites', 'clusters', 'stores', 'commitments'];
/** Values that rules do not look at when the file has none that are valid. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  estate: 'v1',
  name: 'estate',
  owner: { team: 'team', email: 'team@example.com' },
  accounts: {},
};

/**
 * Leaves out the entries in which the schema found something, so that the rules can look at the others.
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
  const lostSection = SECTIONS.some((section) => cuts.has(section));
  const lostKeys = new Set([...cuts].map((cut) => cut.slice(cut.lastIndexOf('.') + 1)));
  return {
    estate: parsed.data,
    isArtefact: ({ code, severity, value: named }) =>
      severity === 'warning' || (code === 'UnknownReference' && (lostSection || lostKeys.has(String(named)))),
  };
}

/** The entry that a finding spoils: a pool, an entry of a section, or a whole part of the estate. */
function cutPoint(path: Path): string {
  const [section = '', , inner] = path;
  if (!SECTIONS.includes(String(section)) || path.length < 2) return String(section);
  return path.slice(0, section === 'clusters' && inner === 'pools' && path.length > 3 ? 4 : 2).join('.');
}

function without(part: unknown, path: string, cuts: ReadonlySet<string>): unknown {
  if (typeof part !== 'object' || part === null) return part;
  const kept = Object.entries(part).filter(([key]) => !cuts.has(`${path}.${key}`));
  return Object.fromEntries(
    kept.map(([key, entry]) => {
      if (path !== 'clusters' || typeof entry !== 'object' || entry === null || !('pools' in entry))
        return [key, entry];
      return [key, { ...entry, pools: without(entry.pools, `${path}.${key}.pools`, cuts) }];
    }),
  );
}
