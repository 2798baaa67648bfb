import type { SpreadRow } from '../../../estate/report/policy';
import { holdingsOf } from '../../../estate/spec/holdings';
import type { Estate } from '../../../estate/spec/schema';
import { counted } from '../../../estate/spec/words';
import { compareKeys } from '../../../estate/units';
import { DataTable } from '../../parts/table';

/** Something that policy asks for without a sum. */
export interface ConditionRow {
  /** Where the estate file has it. */
  readonly path: string;
  readonly asks: string;
  /** What the estate has of it. @default nothing that can be told in a word */
  readonly has?: string;
  /** @default the file gives none */
  readonly reason?: string;
  /** @default the file gives none */
  readonly source?: string;
}

/** What policy asks for without a sum: places, export, residency, owners, notice, and what providers enforce. */
export function conditionsOf(estate: Estate, spread: readonly SpreadRow[]): readonly ConditionRow[] {
  return [
    ...placeConditions(estate),
    ...exportConditions(estate),
    ...residencyConditions(estate),
    ...spread.map(({ path, accelerator, least, clouds }) => {
      return { path, asks: `${accelerator} on ${counted(least, 'cloud')} at least`, has: clouds.join(', ') };
    }),
    ...duties(estate),
  ];
}

/** The conditions as a table. */
export function ConditionsPart({ rows }: { readonly rows: readonly ConditionRow[] }) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3>Places, export and duties</h3>
      <DataTable
        title="What policy asks for without a sum"
        rows={rows}
        columns={[
          { title: 'Rule', value: ({ path }) => path },
          { title: 'Asks for', value: ({ asks }) => asks },
          { title: 'The estate has', value: ({ has }) => has },
          ...(rows.some(({ reason }) => reason) ? [REASON] : []),
          ...(rows.some(({ source }) => source) ? [SOURCE] : []),
        ]}
      />
    </>
  );
}

const REASON = { title: 'Reason', value: ({ reason }: ConditionRow) => reason };
const SOURCE = { title: 'Source', value: ({ source }: ConditionRow) => source };

function listed(values: Iterable<string>): string {
  return [...new Set(values)].sort(compareKeys).join(', ');
}

function placeConditions(estate: Estate): readonly ConditionRow[] {
  const { regions, countries } = estate.policy;
  const holdings = holdingsOf(estate);
  const has = {
    regions: listed(holdings.map(({ region }) => region)),
    countries: listed(holdings.map(({ country }) => country ?? 'a region whose country nobody has said')),
  };
  return Object.entries({ regions, countries }).flatMap(([what, lists]): ConditionRow[] => {
    const own = what === 'regions' ? has.regions : has.countries;
    return [
      ...(lists?.allow
        ? [{ path: `policy.${what}.allow`, asks: `sites in ${lists.allow.join(', ')} only`, has: own }]
        : []),
      ...(lists?.deny ? [{ path: `policy.${what}.deny`, asks: `no site in ${lists.deny.join(', ')}`, has: own }] : []),
    ];
  });
}

function exportConditions(estate: Estate): readonly ConditionRow[] {
  return (estate.policy.confine ?? []).map(({ accelerators, countries, reason, source }, index) => {
    const own = holdingsOf(estate).filter(
      (each) => each.kind === 'machines' && accelerators.includes(each.machine.accelerator ?? ''),
    );
    const has = listed(own.map(({ country, region }) => country ?? region));
    const asks = `${accelerators.join(', ')} in ${countries.join(', ')} only`;
    return { path: `policy.confine.${index}`, asks, has: has === '' ? 'none of them' : has, reason, source };
  });
}

function residencyConditions(estate: Estate): readonly ConditionRow[] {
  return (estate.policy.residency ?? []).map(({ stores, countries, reason }, index) => {
    const own = holdingsOf(estate).filter((each) => each.kind === 'stores' && stores.includes(each.store));
    const has = listed(own.map(({ country, region }) => country ?? region));
    return {
      path: `policy.residency.${index}`,
      asks: `${stores.join(', ')} in ${countries.join(', ')} only`,
      has,
      reason,
    };
  });
}

function duties({ policy: { requireOwner, noticeDays, enforce } }: Estate): readonly ConditionRow[] {
  return [
    ...(requireOwner === undefined
      ? []
      : [{ path: 'policy.requireOwner', asks: `${requireOwner.join(' and ')} of every cluster, pool and store` }]),
    ...Object.entries(noticeDays ?? {}).map(([kind, days]) => {
      return { path: `policy.noticeDays.${kind}`, asks: `${counted(days, 'day')} of notice before it begins` };
    }),
    ...Object.entries(enforce ?? {}).map(([account, { mode, machines, targets = [] }]) => {
      const what = machines === undefined ? 'places' : 'places and machine types';
      const asks = `limits of ${what} in the provider's own form: ${mode === 'deny' ? 'denied' : 'only reported'}`;
      return {
        path: `policy.enforce.${account}`,
        asks,
        ...(targets.length > 0 && { has: `for ${targets.join(', ')}` }),
      };
    }),
  ];
}
