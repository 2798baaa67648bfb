import type { StepRow } from './steps';
import type { Sourced } from './types';

/** What brings a bundle into clusters. */
export const GITOPS_TOOLS = ['flux', 'argo', 'none'] as const;

/** What brings a bundle into clusters. */
export type GitOpsTool = (typeof GITOPS_TOOLS)[number];

/** What steps of bundles are of, on every cloud. */
export const BUNDLE_THINGS = {
  /** A stack that tells what pods have to know. */
  told: ['told'],
  /** A repository that a tool reads. */
  read: [],
  /** A cluster that Flux runs in. */
  flux: [],
  /** The cluster that Argo CD runs in. */
  'argo-home': ['argo'],
  /** A cluster that Argo CD reaches. */
  argo: ['argo', 'resources'],
  /** A cluster that somebody applies the bundle to. */
  none: [],
} as const;

/** What steps of bundles are of, on every cloud. */
export type BundleThing = keyof typeof BUNDLE_THINGS;

const CHECKED = { checked: '2026-11' } as const;
const FLUX = 'https://fluxcd.io/flux';
const ARGO = 'https://argo-cd.readthedocs.io/en/stable';
/** Flux takes an address of SSH as a URL only. */
const REPOSITORY = `"$(git remote get-url origin | sed -E 's,^([^/]+@[^/:]+):,ssh://\\1/,')"`;
const BRANCH = '"$(git branch --show-current)"';
/** Where the folder of the estate file lies in its repository. */
const PREFIX = '$(git rev-parse --show-prefix)';
const COMMIT = 'git diff --cached --quiet || git commit --message "What runs inside of the clusters"';

/** What a tool is told with a bundle, and what is done about it in a cluster. */
export interface GitOpsRow extends Sourced {
  /** Prints the version of what it takes. */
  readonly version: string;
  /** Writes the bundle for the first time. */
  readonly write: string;
  /** Brings a bundle that was written again into `{cluster}`. */
  readonly apply: readonly string[];
  /** Keeps it from changing the queue of `{cluster}`. @default nothing changes it by itself */
  readonly pause?: string;
  /** Lets it go on. */
  readonly resume?: string;
}

/** Parts of a bundle in the order in which somebody applies them. */
const BY_HAND =
  'for part in base software fabric queue storage monitoring; do test -d gitops/clusters/{cluster}/$part || continue; ' +
  'kustomize build --enable-helm gitops/clusters/{cluster}/$part | kubectl --context {cluster} apply --server-side --filename - && ' +
  'kubectl --context {cluster} wait deployments --all --all-namespaces --for=condition=Available --timeout=10m || break; done';

const PUSHED = ['git add gitops', COMMIT, 'git push'];
const SKIP = 'argocd.argoproj.io/skip-reconcile';
const ANNOTATE = 'kubectl --context {argo} --namespace argocd annotate application {resources}-queue';

/** Tools by which bundles get into clusters. */
export const GITOPS_ROWS: Readonly<Record<GitOpsTool, GitOpsRow>> = {
  flux: {
    version: 'flux version --client',
    write: 'npx estate bundle --out gitops --gitops flux',
    apply: PUSHED,
    pause: 'flux suspend kustomization estate-queue --context={cluster}',
    resume: 'flux resume kustomization estate-queue --context={cluster}',
    source: `${FLUX}/cmd/flux_suspend_kustomization/`,
    ...CHECKED,
  },
  argo: {
    version: 'argocd version --client',
    write: 'npx estate bundle --out gitops --gitops argo --repository "$(git remote get-url origin)"',
    apply: PUSHED,
    pause: `${ANNOTATE} ${SKIP}=true --overwrite`,
    resume: `${ANNOTATE} ${SKIP}-`,
    source: `${ARGO}/user-guide/skip_reconcile/`,
    ...CHECKED,
  },
  none: {
    version: 'kustomize version   # and helm version',
    write: 'npx estate bundle --out gitops --gitops none',
    apply: [BY_HAND],
    source: 'https://kubectl.docs.kubernetes.io/references/kustomize/builtins/#_helmchartinflationgenerator_',
    ...CHECKED,
  },
};

/** Writes a bundle again: what its lock says of tool, repository and branch stays. */
export const WRITE_AGAIN = 'npx estate bundle --out gitops';

/**
 * The steps from clusters to what runs in them. They are the same on each cloud but for the command that writes what a stack
 * tells.
 *
 * @param outputs the command that writes the outputs of `{told}` to `{told}.outputs.json`
 */
export function bundleSteps(outputs: string): readonly StepRow<BundleThing>[] {
  return [
    {
      id: 'told',
      at: 'bundle',
      of: 'told',
      title: 'Bring what stacks tell and pods have to know into the exchange file',
      why: 'Addresses of file systems, names of buckets and ids of identities are known from then on. Nothing in it is secret.',
      run: [outputs, 'npx estate exchange import {told}.outputs.json', 'git add {exchange}'],
      see: ['npx estate exchange show'],
      done: 'it lists what they told',
      source: 'docs/reference/commands.md',
      ...CHECKED,
    },
    {
      id: 'bundle',
      at: 'bundle',
      of: 'read',
      title: 'Write the bundle, commit it and push it',
      why: 'It is of all clusters of the estate, and leaves out what waits for what stacks elsewhere tell.',
      run: ['git pull --rebase --autostash', '{bundle}', 'git add --update', ...PUSHED],
      see: ['git status --short gitops'],
      done: 'it prints nothing, and the bundle named no object of these clusters that waits',
      source: 'docs/software.md',
      ...CHECKED,
    },
    {
      id: 'bundle-alone',
      at: 'bundle',
      of: 'none',
      title: 'Write the bundle, and commit it',
      why: 'It is of all clusters of the estate, and leaves out what waits for what stacks elsewhere tell.',
      run: ['{bundle}', 'git add --update', 'git add gitops', COMMIT],
      done: 'the bundle named no object of these clusters that waits',
      source: 'docs/software.md',
      ...CHECKED,
    },
    {
      id: 'flux',
      at: 'hand-over',
      of: 'flux',
      title: 'Have Flux run in {cluster}, and apply its folder of the bundle',
      why: 'Its own files go into flux/{cluster} of the repository. It prints a key, and waits until the repository lets that read and write.',
      run: [
        `flux bootstrap git --context={cluster} --url=${REPOSITORY} --branch=${BRANCH} --path="${PREFIX}flux/{cluster}"`,
        'git pull --rebase',
        `flux create kustomization estate --source=GitRepository/flux-system --path="./${PREFIX}gitops/clusters/{cluster}" --prune=true --interval=10m --export > flux/{cluster}/estate.yaml`,
        'git add flux/{cluster}',
        'git commit --message "Flux applies the bundle in {cluster}"',
        'git push',
        'flux reconcile kustomization flux-system --context={cluster} --with-source',
      ],
      see: ['flux get kustomizations --context={cluster}'],
      done: 'all of them are ready, but for estate-acceptance, which is suspended',
      source: `${FLUX}/installation/bootstrap/generic-git-server/`,
      ...CHECKED,
    },
    {
      id: 'argo-home',
      at: 'hand-over',
      of: 'argo-home',
      title: 'Have Argo CD run in {cluster}, or in one other cluster, for all of the estate',
      why: 'It has to reach the repository, and the API server of each cluster that it applies to.',
      run: [
        'kubectl --context {argo} create namespace argocd',
        'kubectl --context {argo} apply --namespace argocd --server-side --force-conflicts --filename https://raw.githubusercontent.com/argoproj/argo-cd/stable/manifests/install.yaml   # a version in the place of stable keeps it',
        'kubectl config set-context {argo} --namespace argocd',
        'kubectl config use-context {argo}',
        'argocd login --core',
        'argocd repo add "$(git remote get-url origin)"   # with --ssh-private-key-path of a key that reads it, where it is not public',
        `argocd app create estate --repo "$(git remote get-url origin)" --revision ${BRANCH} --path "${PREFIX}gitops/argo" --dest-server https://kubernetes.default.svc --dest-namespace argocd --sync-policy automated --auto-prune`,
      ],
      see: ['argocd app list'],
      done: 'estate is Synced, and there is an Application for each part and chart of each cluster',
      source: `${ARGO}/getting_started/`,
      ...CHECKED,
      unverified: 'these commands were read, not tried',
    },
    {
      id: 'argo',
      at: 'hand-over',
      of: 'argo',
      from: 'where {argo} is reached, once Argo CD runs there: the stack of that cluster comes before all others then',
      title: 'Register {cluster} with Argo CD by the name that the bundle has for it, from the context where that runs',
      why: 'Argo CD gets an account there that may do everything, and keeps its token.',
      run: ['kubectl config use-context {argo}', 'argocd cluster add {cluster} --name {resources} --yes'],
      see: ['argocd app list --cluster {resources}'],
      done: 'its Applications become Synced and Healthy, but for that of acceptance, which nobody syncs',
      source: `${ARGO}/user-guide/commands/argocd_cluster_add/`,
      ...CHECKED,
      unverified: 'these commands were read, not tried',
    },
    {
      id: 'apply',
      at: 'hand-over',
      of: 'none',
      title: 'Apply the folders of {cluster} in their order, each when the one before is ready',
      run: [BY_HAND],
      see: ['kubectl --context {cluster} get clusterqueues'],
      done: 'no apply printed an error: what came too early is applied by the same command again',
      source: 'docs/software.md',
      ...CHECKED,
    },
  ];
}
