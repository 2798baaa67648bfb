import type { CapacityKind, Cloud } from '../../catalog';
import { capacityIds } from '../capacity-ids';
import { quote } from '../words';
import type { Rule } from './rule';
import { poolsOf } from './walk';

interface IdForm {
  readonly pattern: RegExp;
  readonly form: string;
}

const CAPACITY_RESERVATION: IdForm = {
  pattern: /^(cr-([0-9a-f]{8}|[0-9a-f]{17})|arn:aws[a-z-]*:resource-groups:[a-z0-9-]+:\d{12}:group\/[\w.-]+)$/,
  form: 'cr-0123456789abcdef0, or the ARN of a resource group of reservations',
};

/** What ids of reservations look like, by cloud and capacity kind; where a kind has several lists, by the list. */
const FORMS: Readonly<Record<Cloud, Readonly<Partial<Record<CapacityKind | 'fabrics' | 'hostGroups', IdForm>>>>> = {
  aws: { reservation: CAPACITY_RESERVATION, 'capacity-block': CAPACITY_RESERVATION },
  azure: {
    reservation: {
      pattern:
        /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/capacityReservationGroups\/[^/]+$/i,
      form: '/subscriptions/…/resourceGroups/…/providers/Microsoft.Compute/capacityReservationGroups/…',
    },
  },
  google: {
    reservation: {
      pattern:
        /^([a-z][a-z0-9-]*|projects\/[a-z0-9.:-]+\/reservations\/[a-z][a-z0-9-]*(\/reservationBlocks\/[a-z0-9-]+(\/reservationSubBlocks\/[a-z0-9-]+)?)?)$/,
      form: 'projects/P/reservations/R[/reservationBlocks/B[/reservationSubBlocks/S]]',
    },
  },
  oracle: {
    reservation: {
      pattern: /^ocid1\.capacityreservation\.[a-z0-9]+\.[a-z0-9-]+\.[a-z0-9]+$/,
      form: 'ocid1.capacityreservation.oc1.…',
    },
    fabrics: {
      pattern: /^ocid1\.computegpumemoryfabric\.[a-z0-9]+\.[a-z0-9-]+\.[a-z0-9]+$/,
      form: 'ocid1.computegpumemoryfabric.oc1.…',
    },
    hostGroups: {
      pattern: /^ocid1\.computehostgroup\.[a-z0-9]+\.[a-z0-9-]+\.[a-z0-9]+$/,
      form: 'ocid1.computehostgroup.oc1.…',
    },
  },
};

/** Ids of reservations have the provider's form. */
export const capacityIdForm: Rule = {
  code: 'CapacityIdForm',
  severity: 'error',
  summary: "ids of reservations have the provider's form",
  why: 'ids are written into launch templates and node pools unchecked; a wrong one fails when nodes start',
  check(estate, report) {
    for (const { path, pool, at } of poolsOf(estate)) {
      const forms: Readonly<Record<string, IdForm>> = FORMS[at.cloud];
      for (const { id, path: below } of capacityIds(pool.capacity)) {
        const expected = forms[below[0] ?? ''] ?? forms[pool.capacity.kind];
        if (expected === undefined || expected.pattern.test(id)) continue;
        const message = `${quote(id)} is no ${pool.capacity.kind} id of ${at.catalog.title}`;
        report({ path: [...path, 'capacity', ...below], value: id, message, hint: `ids look like ${expected.form}` });
      }
    }
  },
};
