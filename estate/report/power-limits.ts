import type { Day } from '../days';
import type { MachineHolding } from '../spec/holdings';
import { MEASURES, type Part, sumOf } from '../spec/limits';
import type { Estate } from '../spec/schema';
import { mostAtOnce } from './most-at-once';

/** A limit of policy on megawatts beside the most that it is held against. */
export interface PowerLimitRow {
  readonly of: 'estate' | 'cloud' | 'account' | 'site';
  /** The cloud, the key of the account or of the site, or the name of the estate. */
  readonly key: string;
  readonly limitMegawatts: number;
  /** The most that facilities draw at once, with cooling and losses of the building. */
  readonly mostMegawatts: number;
  /** First day on which they draw so much. @default they do from the beginning */
  readonly from?: Day;
}

/** What limits of megawatts are of, from the whole to its parts. */
const BY = [
  ['clouds', 'cloud'],
  ['accounts', 'account'],
  ['sites', 'site'],
] as const satisfies readonly (readonly [string, keyof MachineHolding])[];

/** The limits that policy sets to megawatts, in the order of what they are of and of the estate file. */
export function powerLimitRows(estate: Estate): readonly PowerLimitRow[] {
  const { maxMegawatts } = estate.policy;
  if (maxMegawatts === undefined) return [];
  const row = (of: PowerLimitRow['of'], key: string, limitMegawatts: number, isOf: (part: Part) => boolean) => {
    const { size, ...since } = mostAtOnce(estate, (stock) => sumOf(MEASURES.power.parts(stock).filter(isOf)));
    return { of, key, limitMegawatts, mostMegawatts: Number(size) / 1e6, ...since };
  };
  return [
    ...(maxMegawatts.estate === undefined ? [] : [row('estate', estate.name, maxMegawatts.estate, () => true)]),
    ...BY.flatMap(([section, of]) =>
      Object.entries(maxMegawatts[section] ?? {}).map(([key, limit]) =>
        row(of, key, limit, ({ holding }) => holding[of] === key),
      ),
    ),
  ];
}
