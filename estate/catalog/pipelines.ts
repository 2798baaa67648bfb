import type { Cloud, Limit, Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;
const GITHUB_LIMITS = 'https://docs.github.com/en/actions/reference/limits';
const GITLAB_YAML = 'https://docs.gitlab.com/ci/yaml';

/** What engines of pipelines limit. */
export const PIPELINE_LIMITS = {
  githubMatrixJobs: {
    value: 256,
    source: GITHUB_LIMITS,
    ...CHECKED,
    unverified:
      'that it is of each matrix: the page says "a job matrix can generate a maximum of 256 jobs per workflow run"',
  },
  githubFileBytes: { value: 500_000, source: GITHUB_LIMITS, ...CHECKED },
  githubJobMinutes: {
    value: 360,
    source:
      'https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes',
    ...CHECKED,
    unverified: 'from general knowledge; a runner of your own lets a job run for 5 days',
  },
  gitlabMatrixJobs: { value: 200, source: `${GITLAB_YAML}/#parallelmatrix`, ...CHECKED },
  gitlabNeeds: { value: 50, source: `${GITLAB_YAML}/#needs`, ...CHECKED },
  argoResourceBytes: {
    value: 1_000_000,
    source: 'https://argo-workflows.readthedocs.io/en/latest/offloading-large-workflows/',
    ...CHECKED,
  },
} as const satisfies Readonly<Record<string, Limit>>;

/** An action that a workflow of GitHub runs, pinned by the commit of a release. */
export interface PipelineAction extends Sourced {
  readonly name: string;
  readonly commit: string;
  readonly version: string;
}

const action = (name: string, version: string, commit: string): PipelineAction => ({
  name,
  version,
  commit,
  source: `https://github.com/${name}/releases/tag/${version}`,
  ...CHECKED,
});

/** Actions that workflows of GitHub run. */
export const PIPELINE_ACTIONS = {
  checkout: action('actions/checkout', 'v7.0.1', '3d3c42e5aac5ba805825da76410c181273ba90b1'),
  node: action('actions/setup-node', 'v7.0.0', '820762786026740c76f36085b0efc47a31fe5020'),
  terraform: action('hashicorp/setup-terraform', 'v4.0.1', 'dfe3c3f87815947d99a8997f908cb6525fc44e9e'),
  upload: action('actions/upload-artifact', 'v7.0.0', 'bbbca2ddaa5d8feaa63e36b76fdaad77386f024f'),
  download: action('actions/download-artifact', 'v8.0.1', '3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c'),
  aws: action('aws-actions/configure-aws-credentials', 'v6.2.3', 'e6de054238d6b7531b4efff3b6587d9aade6a06c'),
  google: action('google-github-actions/auth', 'v3.0.0', '7c6bc770dae815cd3e89ee6cdf493a5fab2cc093'),
} as const satisfies Readonly<Record<string, PipelineAction>>;

/** How jobs get to a cloud without a key that is kept. */
export interface PipelineLogin extends Sourced {
  readonly how: string;
}

/** How jobs get to each cloud without a key that is kept. */
export const PIPELINE_LOGINS: Readonly<Record<Cloud, PipelineLogin>> = {
  aws: {
    how: 'the token of the job is exchanged for a session of a role (AssumeRoleWithWebIdentity)',
    source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html',
    ...CHECKED,
  },
  azure: {
    how: 'the provider exchanges the token of the job for one of an application with a federated credential, and renews it; a login by azure/login would end with the token that it began with',
    source:
      'https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/service_principal_oidc, https://github.com/Azure/login/issues/372',
    ...CHECKED,
    unverified: 'that the provider asks for new tokens by itself: from general knowledge',
  },
  google: {
    how: 'the token of the job is exchanged by workload identity federation, and a service account impersonated',
    source: 'https://cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines',
    ...CHECKED,
  },
  oracle: {
    how: 'a runner inside Oracle Cloud signs as its instance (instance principals); the exchange of a job token for a session (JWT to UPST) exists too, but its client has a secret that has to be kept, so it is not written',
    source: 'https://docs.oracle.com/iaas/Content/API/SDKDocs/terraformproviderconfiguration.htm',
    ...CHECKED,
    unverified:
      'that a provider with an alias takes its kind of login from the environment, as its source (internal/provider/provider.go) suggests',
  },
};
