import { compareKeys } from '../estate/units';
import { isJsonObject, memberOf } from '../terraform/document';
import type { CloudFormationStackModel } from './cloudformation-stack';
import { minorSteps } from './facts/conditions';
import type { Refusal, ResourceChange, ResourceName } from './types';

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

const GROUP = 'AWS::EKS::Nodegroup';

/** Groups of a cluster whose version is not that of the cluster. */
function behind({ template, paths }: CloudFormationStackModel, cluster: string): ResourceName[] {
  const resources = memberOf(template, 'Resources');
  const version = textOf(memberOf(memberOf(resources, cluster), 'Properties').Version);
  return Object.entries(resources)
    .filter(([, resource]) => isJsonObject(resource) && resource.Type === GROUP)
    .filter(([, resource]) => {
      const properties = memberOf(resource, 'Properties');
      const isIts = JSON.stringify(properties.ClusterName ?? '').includes(`"${cluster}"`);
      return isIts && (minorSteps(textOf(properties.Version), version) ?? 0) > 0;
    })
    .map(([address]) => ({ address, type: GROUP, path: paths.get(address) ?? address }))
    .sort((one, other) => compareKeys(one.address, other.address));
}

/** Where it is said when a control plane moves. */
const MOVES = {
  source: 'https://docs.aws.amazon.com/cli/latest/reference/eks/update-cluster-version.html',
  checked: '2026-11',
} as const;

/** EKS moves a control plane only when every managed group has its present version. */
export function groupsBehind(before: CloudFormationStackModel, changes: readonly ResourceChange[]): ResourceChange[] {
  return changes.map((change) => {
    if (change.type !== 'AWS::EKS::Cluster' || !change.attributes.includes('Version')) return change;
    const groups = behind(before, change.address);
    if (groups.length === 0 || change.action === 'replaced') return change;
    const refusal: Refusal = {
      attributes: ['Version'],
      who: 'EKS',
      why: 'behind: a control plane moves when all its groups have its version',
      subjects: groups,
      way: "set kubernetes of those pools to the cluster's present version, apply, then move the cluster",
      source: MOVES.source,
    };
    return { ...change, refused: [...change.refused, refusal] };
  });
}
