import type { Path } from '../positions';
import type { Estate } from '../schema';
import { orList, quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, poolsIn, sitesOf } from './walk';

/** An OCID of the estate, and the kinds of thing that may stand there. */
interface ExpectedId {
  readonly path: Path;
  readonly id: string | undefined;
  readonly kinds: readonly string[];
}

/** OCIDs name the kind of thing that their key stands for. */
export const oracleIdKind: Rule = {
  code: 'OracleIdKind',
  severity: 'error',
  summary: 'OCIDs name the kind of thing that their key stands for',
  why: 'the provider takes any OCID when it plans; a wrong one fails when resources are created or nodes start',
  source: 'https://docs.oracle.com/en-us/iaas/Content/General/Concepts/identifiers.htm',
  checked: '2026-11',
  check(estate, report) {
    for (const { path, id, kinds } of expectedIds(estate)) {
      const kind = id?.split('.')[1];
      if (kind === undefined || kinds.includes(kind)) continue;
      const message = `${quote(id)} names ${quote(kind)}, and ${path.at(-1)} stands for ${orList(kinds)}`;
      report({ path, value: id, message, hint: `write ocid1.${kinds[0]}.…` });
    }
  },
};

function expectedIds(estate: Estate): readonly ExpectedId[] {
  const accounts = Object.entries(estate.accounts).flatMap(([key, account]): ExpectedId[] => {
    if (account.cloud !== 'oracle') return [];
    const path = ['accounts', key];
    return [
      { path: [...path, 'tenancyId'], id: account.tenancyId, kinds: ['tenancy'] },
      // The root compartment is the tenancy.
      { path: [...path, 'compartmentId'], id: account.compartmentId, kinds: ['compartment', 'tenancy'] },
    ];
  });
  const sites = sitesOf(estate).map(({ path, site }) => {
    return { path: [...path, 'serviceGateway', 'serviceId'], id: site.serviceGateway?.serviceId, kinds: ['service'] };
  });
  const circuits = Object.entries(estate.links).map(([key, { providerServiceId: id }]): ExpectedId => {
    return { path: ['links', key, 'providerServiceId'], id, kinds: ['providerservice'] };
  });
  const images = clustersOf(estate)
    .filter(({ at }) => at.cloud === 'oracle')
    .flatMap((entry) => [
      { path: [...entry.path, 'systemPool', 'image'], id: entry.cluster.systemPool.image, kinds: ['image'] },
      ...poolsIn(entry).map(({ path, pool }) => ({ path: [...path, 'image'], id: pool.image, kinds: ['image'] })),
    ]);
  return [...accounts, ...sites, ...circuits, ...images];
}
