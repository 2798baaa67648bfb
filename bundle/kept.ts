/**
 * Annotations of what tools that apply bundles leave where it is when it leaves the estate: namespaces, since with one would go
 * every job and volume in it, and what jobs that still run in them are guarded and managed by.
 */
export const KEPT = {
  'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  'kustomize.toolkit.fluxcd.io/prune': 'disabled',
} as const;
