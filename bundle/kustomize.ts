import { yamlText } from './files';
import type { BundleFile } from './types';

/** Name of the file that lists what is applied of a folder. */
export const KUSTOMIZATION = 'kustomization.yaml';

/** The kustomization.yaml of a folder: what of it is applied, in the order of names. */
export function kustomizationFile(
  folder: string,
  resources: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
): BundleFile {
  const text = yamlText({
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    ...(resources.length > 0 && { resources: [...resources].sort() }),
    ...settings,
  });
  return { path: `${folder}/${KUSTOMIZATION}`, text };
}
