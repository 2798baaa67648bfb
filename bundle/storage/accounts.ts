import { WORKLOAD_IDENTITIES } from '../../estate/catalog/volumes';
import type { ShardPlan } from '../../estate/plan/types';
import type { VolumesPlan } from '../../estate/plan/volumes/types';
import { type KubeObject, MANAGED_BY } from '../types';

/** Service accounts that identities and grants of the estate are bound to, of those that nothing is missing for. */
export function accountObjects({ cloud }: ShardPlan, { accounts }: VolumesPlan): readonly KubeObject[] {
  const { annotation, mountsToken } = WORKLOAD_IDENTITIES[cloud];
  return accounts.flatMap(({ namespace, serviceAccount, clientId, pending }): readonly KubeObject[] => {
    if (pending.length > 0) return [];
    const annotations = annotation === undefined || clientId === undefined ? undefined : { [annotation]: clientId };
    return [
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: serviceAccount, namespace, labels: MANAGED_BY, ...(annotations && { annotations }) },
        automountServiceAccountToken: mountsToken,
      },
    ];
  });
}
