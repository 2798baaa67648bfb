import type { Sourced } from './types';

const checked = '2026-11';
/** What most pages were not read for. */
const UNREAD = 'the name, for which the page was not read';
const AWS = 'https://docs.aws.amazon.com';
const LEARN = 'https://learn.microsoft.com/azure';
const GKE = 'https://docs.cloud.google.com/kubernetes-engine/docs';
const CALICO = 'https://docs.tigera.io/calico/latest/getting-started/kubernetes/quickstart';

/** A namespace that somebody else has in clusters, or may get at any time. */
export interface SystemNamespace extends Sourced {
  /** Its name; with a `*` at its end all names that begin so. */
  readonly name: string;
  /** Whose it is, as part of a sentence. */
  readonly of: string;
}

/**
 * Namespaces of Kubernetes, of GitOps and of clouds; those of components stand in their rows.
 *
 * They are nobody else's on any cloud: a team has one namespace in all clusters, and may get one on another cloud.
 */
export const SYSTEM_NAMESPACES: readonly SystemNamespace[] = [
  ...['default', 'kube-*'].map((name) => ({
    name,
    of: 'Kubernetes',
    source: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/',
    checked,
  })),
  { name: 'flux-system', of: 'Flux', source: 'https://fluxcd.io/flux/installation/bootstrap/', checked },
  { name: 'argocd', of: 'Argo CD', source: 'https://argo-cd.readthedocs.io/en/stable/getting_started/', checked },
  {
    name: 'amazon-cloudwatch',
    of: 'the add-on amazon-cloudwatch-observability of EKS',
    source: `${AWS}/AmazonCloudWatch/latest/monitoring/install-CloudWatch-Observability-EKS-addon.html`,
    checked,
    unverified: UNREAD,
  },
  {
    name: 'amazon-guardduty',
    of: 'the agent of Amazon GuardDuty',
    source: `${AWS}/guardduty/latest/ug/eks-runtime-monitoring-security-agent-manual.html`,
    checked,
    unverified: UNREAD,
  },
  {
    name: 'aws-observability',
    of: 'logs of Fargate on EKS',
    source: `${AWS}/eks/latest/userguide/fargate-logging.html`,
    checked,
    unverified: UNREAD,
  },
  {
    name: 'mount-s3',
    of: 'the driver of EKS that mounts buckets',
    source: 'https://github.com/awslabs/mountpoint-s3-csi-driver/blob/main/docs/MOUNTPOINT_POD_SHARING.md',
    checked,
    unverified: UNREAD,
  },
  {
    name: 'gatekeeper-system',
    of: 'Azure Policy for AKS',
    source: `${LEARN}/governance/policy/concepts/policy-for-kubernetes`,
    checked,
    unverified: UNREAD,
  },
  ...['app-routing-system', 'aks-istio-system', 'aks-command', 'dataprotection-microsoft'].map((name) => ({
    name,
    of: 'add-ons of AKS',
    source: `${LEARN}/aks/integrations`,
    checked,
    unverified: 'the name, which the pages of each add-on have',
  })),
  ...['gke-*', 'gmp-*', 'config-management-system'].map((name) => ({
    name,
    of: 'GKE',
    source: `${GKE}/concepts/cluster-architecture`,
    checked,
    unverified: 'that all namespaces of this form are; gke-managed-system, gmp-system and gmp-public are',
  })),
  ...['calico-system', 'calico-apiserver', 'tigera-operator'].map((name) => ({
    name,
    of: 'Calico',
    source: CALICO,
    checked,
    unverified: UNREAD,
  })),
];
