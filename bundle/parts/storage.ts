import { planVolumes } from '../../estate/plan/volumes/plan-volumes';
import type { Waiting } from '../../estate/plan/volumes/types';
import { copyJobs } from '../../estate/report/copy-jobs';
import { accountObjects } from '../storage/accounts';
import { clientObjects, clientsOf, environmentName } from '../storage/clients';
import { COPIES_QUEUE, copyObjects } from '../storage/copies';
import { diskObjects } from '../storage/disks';
import { volumeObjects } from '../storage/volumes';
import type { BundleContext, PartMaker } from '../types';

/** What storage of one cluster is made from. */
export type StorageContext = Pick<BundleContext, 'plan' | 'shard' | 'set'>;

/** Volumes of stores, and who pods are at them: claims, service accounts, clients of grants, copies, a class of disks. */
export const storage: PartMaker = (context) => {
  const { plan, shard } = context;
  const volumes = volumesOf(context);
  const copies = copyJobs(plan, { queue: COPIES_QUEUE }).filter(({ cluster }) => cluster === shard.key);
  return [
    ...accountObjects(shard, volumes),
    ...volumeObjects(shard, volumes),
    ...clientObjects(clientsOf(plan, shard)),
    ...copyObjects(shard, copies),
    ...diskObjects(shard),
  ];
};

/** What of a cluster waits until stacks have told what it is made from: it is left out until then. */
export function storageWaiting(context: StorageContext): readonly Waiting[] {
  const { accounts, claims } = volumesOf(context);
  const clients = clientsOf(context.plan, context.shard);
  return [
    ...accounts.map(({ namespace, serviceAccount: name, pending: missing }) => {
      return { kind: 'ServiceAccount', name, namespace, missing };
    }),
    ...claims.map(({ namespace, claim: name, pending: missing }) => {
      return { kind: 'PersistentVolumeClaim', name, namespace, missing };
    }),
    ...clients.map(({ namespace, grant, pending: missing }) => {
      return { kind: 'ConfigMap', name: environmentName(grant), namespace, missing };
    }),
  ].filter(({ missing }) => missing.length > 0);
}

function volumesOf({ plan, shard, set }: StorageContext) {
  return planVolumes({ plan, shard, namespaces: set.namespaces });
}
