import { isJsonObject, type JsonObject } from '../document';
import { minorSteps } from './facts/conditions';
import { memberOf } from './terraform-stack';
import type { Refusal, ResourceChange } from './types';

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Groups of a cluster whose version is not that of the cluster, by logical id. */
function behind(template: JsonObject, cluster: string): string[] {
  const resources = memberOf(template, 'Resources');
  const version = textOf(memberOf(memberOf(resources, cluster), 'Properties').Version);
  return Object.entries(resources)
    .filter(([, resource]) => isJsonObject(resource) && resource.Type === 'AWS::EKS::Nodegroup')
    .filter(([, resource]) => {
      const properties = memberOf(resource, 'Properties');
      const isIts = JSON.stringify(properties.ClusterName ?? '').includes(`"${cluster}"`);
      return isIts && (minorSteps(textOf(properties.Version), version) ?? 0) > 0;
    })
    .map(([address]) => address)
    .sort();
}

/** EKS moves a control plane only when every managed group has its present version. */
export function groupsBehind(before: JsonObject, changes: readonly ResourceChange[]): ResourceChange[] {
  return changes.map((change) => {
    if (change.type !== 'AWS::EKS::Cluster' || !change.attributes.includes('Version')) return change;
    const groups = behind(before, change.address);
    if (groups.length === 0 || change.action === 'replaced') return change;
    const refusal: Refusal = {
      attributes: ['Version'],
      who: 'EKS',
      why: `${groups.join(', ')} ${groups.length === 1 ? 'is' : 'are'} behind: a control plane moves when all its groups have its version`,
      way: "set kubernetes of those pools to the cluster's present version, apply, then move the cluster",
      source: 'https://docs.aws.amazon.com/cli/latest/reference/eks/update-cluster-version.html',
    };
    return { ...change, refused: [...change.refused, refusal] };
  });
}
