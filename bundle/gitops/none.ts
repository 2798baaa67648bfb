import { posix } from 'node:path';
import { byKind } from '../../estate/by-kind';
import type { ComponentPlan } from '../../estate/plan/software/types';
import { kustomizationFile } from '../kustomize';
import { APPLIED, clusterFolder } from '../places';
import { manifestFolder } from './manifests';
import type { GitOpsTool } from './types';

/**
 * No tool: everything is for kustomize alone, as a person or a pipeline runs it, part by part.
 *
 * Charts are rendered where it is run (`kustomize build --enable-helm`); nothing of them is kept in the bundle.
 */
export const none: GitOpsTool = {
  install: (components, values) => {
    const charts = components.flatMap((component) => chartOf(component, values(component)) ?? []);
    const remote = components.flatMap((component) =>
      component.source.kind === 'git' ? [manifestFolder(component)] : [],
    );
    return {
      objects: [],
      kustomization: {
        ...(remote.length > 0 && { resources: remote }),
        ...(charts.length > 0 && { helmCharts: charts }),
      },
    };
  },
  around: (clusters) =>
    clusters.map(({ shard, parts }) => {
      const present = parts.map(({ part }) => part);
      return {
        ...kustomizationFile(
          clusterFolder(shard.key),
          APPLIED.filter((part) => present.includes(part)),
        ),
        shard: shard.key,
      };
    }),
};

function chartOf({ name, namespace, source }: ComponentPlan, valuesFile: string): Record<string, unknown> | undefined {
  const rest = { releaseName: name, namespace, includeCRDs: true, valuesFile };
  return byKind(source, {
    oci: ({ url, version }) => ({ name: posix.basename(url), repo: posix.dirname(url), version, ...rest }),
    helm: ({ url, chart, version }) => ({ name: chart, repo: url, version, ...rest }),
    git: () => undefined,
  });
}
