import type { Cloud, Sourced } from './types';

const checked = '2026-11';

/** What pods of a job have to be allowed so that they reach the network between accelerators. */
export interface PodSecurityRow extends Sourced {
  /** Level of pod security of their namespace. */
  readonly level: 'baseline' | 'privileged';
  /** Why it is no stricter, as part of a sentence. */
  readonly because: string;
}

/** Pod security of jobs on pools with a network between accelerators; others pass `baseline` everywhere. */
export const POD_SECURITY: Readonly<Record<Cloud, PodSecurityRow>> = {
  aws: {
    level: 'baseline',
    because: 'its device plugin hands EFA devices to pods that are allowed nothing else',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/node-efa.html',
    checked,
    unverified: 'that pods which use EFA pass baseline, which the page does not say in these words',
  },
  azure: {
    level: 'privileged',
    because: 'pods lock memory for InfiniBand, and baseline has no IPC_LOCK',
    source:
      'https://github.com/Azure/aks-rdma-infiniband/blob/main/tests/scenarios/k8s/sriov/base/security-context.yaml',
    checked,
  },
  google: {
    level: 'privileged',
    because: 'pods mount the driver and gIB from folders of the node',
    source:
      'https://github.com/GoogleCloudPlatform/container-engine-accelerators/blob/master/gpudirect-rdma/nccl-test.yaml',
    checked,
  },
  oracle: {
    level: 'privileged',
    because: 'pods use the RDMA ports in the network of the node, and lock memory',
    source: 'https://github.com/oracle-quickstart/oci-hpc-oke/tree/main/manifests/nccl-tests/host-network',
    checked,
    unverified: 'that no image needs less, as of manifests with virtual functions',
  },
};

/** What becomes of network policies in the clusters that stacks make. */
export interface PolicyRow extends Sourced {
  readonly isEnforced: boolean;
  /** By whom, or what has to be done first, as part of a sentence. */
  readonly by: string;
}

/** Who enforces network policies in the clusters that stacks make; of clusters that exist nobody knows. */
export const NETWORK_POLICIES: Readonly<Record<Cloud, PolicyRow>> = {
  aws: {
    isEnforced: false,
    by: 'the add-on vpc-cni, once its configuration has enableNetworkPolicy: "true"',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html',
    checked,
  },
  azure: {
    isEnforced: true,
    by: 'Cilium, which every cluster has',
    source: 'https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium',
    checked,
  },
  google: {
    isEnforced: true,
    by: 'Dataplane V2, which every cluster has',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/how-to/dataplane-v2',
    checked,
  },
  oracle: {
    isEnforced: false,
    by: 'Calico, once somebody installs it beside Flannel, which has none',
    source: 'https://docs.tigera.io/calico/latest/getting-started/kubernetes/flannel/install-for-flannel',
    checked,
  },
};

/** Whether pods need the metadata service of machines. */
export interface MetadataRow extends Sourced {
  readonly isNeeded: boolean;
  /** What pods get their identity from, as part of a sentence. */
  readonly because: string;
}

/** Where all four clouds have the metadata service of machines, from which whoever reaches it can sign as its node. */
export const METADATA_SERVICE: Sourced & { readonly cidr: string } = {
  cidr: '169.254.169.254/32',
  source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-metadata.html',
  checked: '2026-11',
};

/** Whether pods need the metadata service of machines for the identity of their workload. */
export const METADATA: Readonly<Record<Cloud, MetadataRow>> = {
  aws: {
    isNeeded: false,
    because: 'EKS Pod Identity answers at 169.254.170.23',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html',
    checked,
    unverified: 'that no add-on of the estate in namespaces of teams reads the metadata of its node',
  },
  azure: {
    isNeeded: false,
    because: 'tokens of service accounts are exchanged at Microsoft Entra ID',
    source: 'https://learn.microsoft.com/azure/aks/workload-identity-overview',
    checked,
    unverified: 'that nothing else in pods asks the metadata service',
  },
  google: {
    isNeeded: true,
    because: 'the metadata server of GKE answers in place of that of the machine, and names the workload',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/workload-identity',
    checked,
    unverified: 'that policies of Dataplane V2 see the address before it is answered by the node',
  },
  oracle: {
    isNeeded: false,
    because: 'tokens of service accounts are exchanged at the API server, on port 12250',
    source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contenggrantingworkloadaccesstoresources.htm',
    checked,
    unverified: 'the port, which the software development kits of Oracle have and the page does not name',
  },
};
