import { CATALOG, type Cloud } from '../../catalog';
import { accessEntries } from '../access';
import type { Path } from '../positions';
import { quote } from '../words';
import type { Rule } from './rule';
import { clustersOf, poolsIn, sitesOf } from './walk';

/** What decides the image of nodes where releases of EKS are unknown. */
const IMAGES: Readonly<Partial<Record<Cloud, string>>> = {
  azure: 'remove it: images follow the Kubernetes version',
  google: 'remove it: images follow the Kubernetes version',
  oracle: 'write image, the OCID of a node image, in its place',
};

/** What puts reserved machines near each other where there are no placement groups. */
const PLACEMENT: Readonly<Partial<Record<Cloud, string>>> = {
  azure: 'remove it: a node pool is one InfiniBand domain',
  google: 'remove it: a reservation, or the block of it that ids name, says where its machines are',
  oracle: 'remove it: a compute cluster is made for the pool',
};

const TIERS = 'remove it: the service sizes the control plane by itself';

/** What decides which images run where Binary Authorization does not. */
const ADMISSION: Readonly<Partial<Record<Cloud, string>>> = {
  aws: 'remove it: images are checked there by an admission controller that you install, such as Kyverno',
  azure: 'remove it: images are checked there by policies that you assign, which policyAddon enforces',
  oracle: 'remove it: images are checked there by an admission controller that you install, such as Kyverno',
};

/** What enforces policies where Azure Policy does not. */
const POLICY: Readonly<Partial<Record<Cloud, string>>> = {
  aws: 'remove it: policies are enforced there by a controller that you install, such as Gatekeeper',
  google:
    'remove it: policies are enforced there by Policy Controller of the fleet, or by binaryAuthorization for images',
  oracle: 'remove it: policies are enforced there by a controller that you install, such as Gatekeeper',
};

/** Keys that only one cloud knows stand at that cloud. */
export const cloudOnly: Rule = {
  code: 'CloudOnly',
  severity: 'error',
  summary: 'keys that only one cloud knows stand at that cloud',
  why: 'they would have no effect, and the file would say something that is not so',
  check(estate, report) {
    const refuse = (path: Path, owner: Cloud, cloud: Cloud, value: unknown, hint = 'remove it'): void => {
      if (value === undefined || cloud === owner) return;
      const message = `${quote(path.at(-1))} has a meaning on ${CATALOG[owner].title} only; this is ${CATALOG[cloud].title}`;
      report({ path, on: 'key', message, hint });
    };
    for (const { path, access, cloud } of accessEntries(estate)) {
      // What applies speak to elsewhere answers everybody who has credentials.
      if ('runner' in access) refuse([...path, 'runner'], 'azure', cloud, access.runner);
    }
    for (const { path, site, cloud } of sitesOf(estate)) {
      refuse([...path, 'serviceGateway'], 'oracle', cloud, site.serviceGateway);
    }
    for (const entry of clustersOf(estate)) {
      const { cloud } = entry.at;
      refuse([...entry.path, 'systemPool', 'image'], 'oracle', cloud, entry.cluster.systemPool.image);
      refuse([...entry.path, 'systemPool', 'release'], 'aws', cloud, entry.cluster.systemPool.release, IMAGES[cloud]);
      const addons = Object.keys(entry.cluster.addons).length > 0 ? entry.cluster.addons : undefined;
      refuse([...entry.path, 'addons'], 'aws', cloud, addons, 'remove it: add-ons there follow the Kubernetes version');
      refuse([...entry.path, 'controlPlaneTier'], 'aws', cloud, entry.cluster.controlPlaneTier, TIERS);
      const { binaryAuthorization, policyAddon } = entry.cluster;
      refuse([...entry.path, 'binaryAuthorization'], 'google', cloud, binaryAuthorization, ADMISSION[cloud]);
      refuse([...entry.path, 'policyAddon'], 'azure', cloud, policyAddon, POLICY[cloud]);
      for (const { path, pool } of poolsIn(entry)) {
        refuse([...path, 'image'], 'oracle', cloud, pool.image);
        refuse([...path, 'release'], 'aws', cloud, pool.release, IMAGES[cloud]);
        refuse([...path, 'ultraServer'], 'aws', cloud, pool.ultraServer, 'remove it: racks there have one size');
        const { capacity } = pool;
        if (capacity.kind === 'reservation') {
          refuse([...path, 'capacity', 'maintenanceInterval'], 'google', cloud, capacity.maintenanceInterval);
          refuse([...path, 'capacity', 'placementGroup'], 'aws', cloud, capacity.placementGroup, PLACEMENT[cloud]);
        } else if (capacity.kind === 'dedicated') {
          refuse([...path, 'capacity', 'fabrics'], 'oracle', cloud, capacity.fabrics);
          refuse([...path, 'capacity', 'hostGroups'], 'oracle', cloud, capacity.hostGroups);
        }
      }
    }
  },
};
