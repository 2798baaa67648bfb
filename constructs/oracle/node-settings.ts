import type { IConstruct } from 'constructs';
import { ORACLE_KUBERNETES_RELEASES, type OracleMachine, oracleSurge } from '../../estate/catalog/oracle';
import { Token } from '../cdktf';
import { ConstructError } from '../errors';
import type { Taint } from '../kubernetes';

/** Kubernetes labels in the order of their keys. */
export function nodeLabels(labels: Readonly<Record<string, string>> = {}): { key: string; value: string }[] {
  return Object.entries(labels)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => ({ key, value }));
}

/** Metadata that hands taints to the kubelet: OKE has no field for them. */
export function kubeletArguments(taints: readonly Taint[] = []): Record<string, string> {
  if (taints.length === 0) return {};
  const list = taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).sort();
  return { 'kubelet-extra-args': `--register-with-taints=${list.join(',')}` };
}

/**
 * How an edit reaches the nodes of a managed pool; none for pools with accelerators, whose nodes keep what they started
 * with until they are replaced one by one.
 *
 * Nodes of a reservation are replaced in place: a further one would find no room in it.
 */
export function cyclingOf(machine: OracleMachine, nodeCount: number, reserved: boolean) {
  if (machine.accelerators > 0) return undefined;
  const surge = Token.isUnresolved(nodeCount) ? 1 : oracleSurge(nodeCount);
  return {
    isNodeCyclingEnabled: true,
    cycleModes: ['INSTANCE_REPLACE'],
    maximumSurge: String(reserved ? 0 : surge),
    maximumUnavailable: String(reserved ? surge : 0),
  };
}

/**
 * The release of a Kubernetes version: OKE takes full releases only, and offers the latest few of each minor version.
 *
 * @throws ConstructError with `VersionInvalid` when OKE has none
 */
export function releaseOf(scope: IConstruct, version: string): string {
  if (/^\d+\.\d+\.\d+$/.test(version)) return `v${version}`;
  const { releases } = ORACLE_KUBERNETES_RELEASES;
  const release = releases[version];
  if (release === undefined) {
    throw new ConstructError(
      scope,
      'VersionInvalid',
      `OKE has no Kubernetes ${version}; it has ${Object.keys(releases).join(', ')}, or name a full release such as 1.35.4`,
    );
  }
  return release;
}
