import { ORACLE_KUBERNETES_RELEASES, type OracleMachine } from '../../estate/catalog/oracle';

/** A Kubernetes taint. */
export interface NodeTaint {
  readonly key: string;
  readonly value: string;
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** Boot volume of a node, GB: images of accelerators are large. */
export function bootVolumeGB(machine: OracleMachine): number {
  return machine.accelerators > 0 ? 512 : 128;
}

/** Kubernetes labels in the order of their keys. */
export function nodeLabels(labels: Readonly<Record<string, string>> = {}): { key: string; value: string }[] {
  return Object.entries(labels)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, value]) => ({ key, value }));
}

/** Metadata that hands taints to the kubelet: OKE has no field for them. */
export function kubeletArguments(taints: readonly NodeTaint[] = []): Record<string, string> {
  if (taints.length === 0) return {};
  const list = taints.map(({ key, value, effect }) => `${key}=${value}:${effect}`).sort();
  return { 'kubelet-extra-args': `--register-with-taints=${list.join(',')}` };
}

/** The release of a Kubernetes version: OKE takes full releases only, and offers the latest few of each minor version. */
export function releaseOf(version: string): string {
  if (/^\d+\.\d+\.\d+$/.test(version)) return `v${version}`;
  const { releases } = ORACLE_KUBERNETES_RELEASES;
  const release = releases[version];
  if (release === undefined) {
    throw new Error(
      `OKE has no Kubernetes ${version}; it has ${Object.keys(releases).join(', ')}, or name a full release such as 1.35.4`,
    );
  }
  return release;
}
