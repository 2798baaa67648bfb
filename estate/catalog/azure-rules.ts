import type { Sourced } from './types';

/** Who is let into a subnet of an AKS cluster. */
export type ClusterParty = 'nodes' | 'pods' | 'control-plane' | 'clients' | 'load-balancers' | 'network';

/** One kind of traffic that a subnet of an AKS cluster takes; everything else from networks is denied. */
export interface ClusterRuleRow extends Sourced {
  /** What it lets happen; part of names, so it stays as it is. */
  readonly id: string;
  /** Subnet whose security group it belongs to. */
  readonly subnet: 'nodes' | 'control-plane';
  /** Who sends. */
  readonly from: ClusterParty;
  readonly protocol: '*' | 'Tcp';
  /** @default all */
  readonly ports?: readonly string[];
  /** What goes wrong without it. */
  readonly why: string;
}

const CHECKED = { checked: '2026-11' } as const;
const OVERLAY = {
  source: 'MicrosoftDocs/azure-aks-docs articles/aks/concepts-network-azure-cni-overlay.md',
  ...CHECKED,
} as const;
const API_SERVER = {
  source: 'MicrosoftDocs/azure-aks-docs articles/aks/api-server-vnet-integration.md',
  ...CHECKED,
} as const;

/** TCP ports of managed Lustre; servers and clients both open connections. */
export const AZURE_LUSTRE_PORTS: { readonly value: readonly string[] } & Sourced = {
  value: ['988', '1019-1023'],
  source: 'MicrosoftDocs/azure-stack-docs azure-managed-lustre',
  ...CHECKED,
};

/** What the subnets of an AKS cluster let in, in the order of their rules; rows are appended. */
export const AZURE_CLUSTER_RULES: readonly ClusterRuleRow[] = [
  {
    id: 'nodes-to-nodes',
    subnet: 'nodes',
    from: 'nodes',
    protocol: '*',
    why: 'nodes reach each other and the pods on them',
    ...OVERLAY,
  },
  {
    id: 'pods-to-nodes',
    subnet: 'nodes',
    from: 'pods',
    protocol: '*',
    why: 'pods reach each other; their packets are not wrapped, so rules of the subnet see them',
    ...OVERLAY,
  },
  {
    id: 'control-plane-to-nodes',
    subnet: 'nodes',
    from: 'control-plane',
    protocol: '*',
    why: 'the API server reaches kubelets, webhooks and extensions, at any port that they choose',
    ...API_SERVER,
    unverified: 'the page names what the API server takes, and only says that it reaches nodes without a tunnel',
  },
  {
    id: 'load-balancers-to-nodes',
    subnet: 'nodes',
    from: 'load-balancers',
    protocol: '*',
    why: 'load balancers of services ask whether nodes are alive',
    source: 'https://learn.microsoft.com/azure/load-balancer/load-balancer-custom-probe-overview',
    ...CHECKED,
  },
  {
    id: 'lustre-to-nodes',
    subnet: 'nodes',
    from: 'network',
    protocol: 'Tcp',
    ports: AZURE_LUSTRE_PORTS.value,
    why: 'Lustre servers open connections to clients that were idle',
    source: 'MicrosoftDocs/azure-stack-docs azure-managed-lustre',
    ...CHECKED,
  },
  {
    id: 'nodes-to-api',
    subnet: 'control-plane',
    from: 'nodes',
    protocol: 'Tcp',
    ports: ['443', '4443'],
    why: 'nodes and pods reach the API server',
    ...API_SERVER,
  },
  {
    id: 'load-balancers-to-api',
    subnet: 'control-plane',
    from: 'load-balancers',
    protocol: '*',
    why: 'the load balancer of the API server asks whether it is alive, on port 9988',
    ...API_SERVER,
  },
  {
    id: 'control-plane-to-api',
    subnet: 'control-plane',
    from: 'control-plane',
    protocol: '*',
    why: 'the instances of the API server, and a private endpoint that AKS puts beside them, reach each other',
    ...API_SERVER,
    unverified: 'not named by the page, which says what other subnets need',
  },
  {
    id: 'clients-to-api',
    subnet: 'control-plane',
    from: 'clients',
    protocol: 'Tcp',
    ports: ['443'],
    why: 'people and tools outside of the cluster reach the API server',
    ...API_SERVER,
  },
];
