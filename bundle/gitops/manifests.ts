import type { ComponentPlan, ComponentSource } from '../../estate/plan/software/types';
import { kustomizationFile } from '../kustomize';
import { type BundleFile, MANAGED_BY } from '../types';

type GitSource = Extract<ComponentSource, { kind: 'git' }>;

/** Name of the folder of a component that has no chart, inside that of the software. */
export function manifestFolder({ name }: ComponentPlan): string {
  return `manifests-${name}`;
}

/**
 * Components that have no chart, each a folder that kustomize fills from their repository, file by file: folders of
 * repositories hold examples and scripts too. All tools take them so, since each of them runs kustomize.
 */
export function manifestFiles(folder: string, components: readonly ComponentPlan[]): readonly BundleFile[] {
  return components.flatMap((component) => {
    const { source } = component;
    if (source.kind !== 'git') return [];
    const { nameSuffix } = source;
    const settings = {
      ...(nameSuffix !== undefined && { nameSuffix }),
      labels: [{ pairs: { ...MANAGED_BY }, includeSelectors: false }],
    };
    return [kustomizationFile(`${folder}/${manifestFolder(component)}`, rawFiles(source), settings)];
  });
}

/** Where the files of a repository are read at its tag or commit. */
function rawFiles({ url, ref, path, files }: GitSource): string[] {
  const repository = url.replace(/^https:\/\/github\.com\//, 'https://raw.githubusercontent.com/');
  return files.map((file) => [repository, ref, path, file].join('/'));
}
