import type { NetworkEgress } from './network';
import { PATH_DISCOVERY, type SecurityPeer, type SecurityRule } from './security-group';

/** Groups and peers that the rules of a cluster name. */
export interface ClusterRulesOptions {
  /** Security group of the API server. */
  readonly controlPlane: string;
  /** Security group of the nodes. */
  readonly nodes: string;
  /** How nodes reach the internet. */
  readonly egress: NetworkEgress;
  /** Services of Oracle that nodes reach without the internet. @default - none */
  readonly serviceCidrLabel?: string;
  /** Ranges that reach the API server besides the nodes. */
  readonly apiAccessCidrs: readonly string[];
}

type Rules = Readonly<Record<string, SecurityRule>>;

const API_SERVER = [6443, 6443] as const;
const CONTROL_PLANE = [12250, 12250] as const;
const KUBELET = [10250, 10250] as const;

/** What OKE needs between its control plane and its nodes when pods are on an overlay. */
export function clusterRules(options: ClusterRulesOptions): { readonly controlPlane: Rules; readonly nodes: Rules } {
  const nodes: SecurityPeer = { group: options.nodes };
  const controlPlane: SecurityPeer = { group: options.controlPlane };
  const services: SecurityPeer =
    options.serviceCidrLabel === undefined ? { cidr: '0.0.0.0/0' } : { service: options.serviceCidrLabel };
  return {
    controlPlane: {
      'api-from-nodes': { direction: 'in', peer: nodes, protocol: 'tcp', ports: API_SERVER },
      'control-from-nodes': { direction: 'in', peer: nodes, protocol: 'tcp', ports: CONTROL_PLANE },
      'health-from-nodes': { direction: 'in', peer: nodes, protocol: 'tcp', ports: KUBELET },
      'path-discovery-in': { direction: 'in', ...PATH_DISCOVERY },
      'to-services': { direction: 'out', peer: services, protocol: 'tcp' },
      // Kubelets, and webhooks that pods serve on any port of their node.
      'to-nodes': { direction: 'out', peer: nodes, protocol: 'tcp' },
      'path-discovery-out': { direction: 'out', ...PATH_DISCOVERY },
      ...apiAccess(options.apiAccessCidrs),
    },
    nodes: {
      'nodes-in': { direction: 'in', peer: nodes, protocol: 'all' },
      'nodes-out': { direction: 'out', peer: nodes, protocol: 'all' },
      'from-control-plane': { direction: 'in', peer: controlPlane, protocol: 'all' },
      'api-out': { direction: 'out', peer: controlPlane, protocol: 'tcp', ports: API_SERVER },
      'control-out': { direction: 'out', peer: controlPlane, protocol: 'tcp', ports: CONTROL_PLANE },
      'health-out': { direction: 'out', peer: controlPlane, protocol: 'tcp', ports: KUBELET },
      'path-discovery-in': { direction: 'in', ...PATH_DISCOVERY },
      'path-discovery-out': { direction: 'out', ...PATH_DISCOVERY },
      'to-services': { direction: 'out', peer: services, protocol: 'tcp' },
      ...(options.egress !== 'none' && {
        'to-internet': { direction: 'out', peer: { cidr: '0.0.0.0/0' }, protocol: 'all' },
      }),
    },
  };
}

/** Ids of the rules of the two groups of a cluster, those of addresses that reach the API server aside. */
export const CLUSTER_RULE_IDS: { readonly [G in 'controlPlane' | 'nodes']: readonly string[] } = (() => {
  const groups = { controlPlane: '', nodes: '' };
  const { controlPlane, nodes } = clusterRules({ ...groups, egress: 'nat', apiAccessCidrs: [] });
  return { controlPlane: Object.keys(controlPlane), nodes: Object.keys(nodes) };
})();

/** Id of the rule that lets a range reach the API server. */
export function accessRuleId(cidr: string): string {
  return `api-from-${cidr.replace(/[./]/g, '-')}`;
}

function apiAccess(cidrs: readonly string[]): Rules {
  return Object.fromEntries(
    cidrs.map((cidr) => [accessRuleId(cidr), { direction: 'in', peer: { cidr }, protocol: 'tcp', ports: API_SERVER }]),
  );
}
