import type { NetworkEgress } from './network';
import { PATH_DISCOVERY, type SecurityPeer, type SecurityRule } from './security-group';

/** Groups and peers that the rules of a cluster name. */
export interface ClusterRulesOptions {
  /** Security group of the API server. */
  readonly controlPlane: string;
  /** Security group of the nodes. */
  readonly nodes: string;
  /** Security group of the load balancers of services. @default - none */
  readonly loadBalancers?: string;
  /** How nodes reach the internet. */
  readonly egress: NetworkEgress;
  /** Services of Oracle that nodes reach without the internet. @default - none */
  readonly serviceCidrLabel?: string;
  /** Ranges that reach the API server besides the nodes. */
  readonly apiAccessCidrs: readonly string[];
  /** Blocks that nodes reach by links. @default - none */
  readonly linkedCidrs?: readonly string[];
}

type Rules = Readonly<Record<string, SecurityRule>>;

const API_SERVER = [6443, 6443] as const;
const CONTROL_PLANE = [12250, 12250] as const;
const KUBELET = [10250, 10250] as const;
const NODE_PORTS = [30000, 32767] as const;
const PROXY_HEALTH = [10256, 10256] as const;

/** Rules of the groups of a cluster by their ids, which are addresses. */
export interface ClusterRules {
  /** Rules of the API server. */
  readonly controlPlane: Rules;
  /** Rules of the nodes. */
  readonly nodes: Rules;
  /** Rules of the load balancers of services; none where they have no group. */
  readonly loadBalancers: Rules;
}

/** What OKE needs between its control plane, its nodes and its load balancers when pods are on an overlay. */
export function clusterRules(options: ClusterRulesOptions): ClusterRules {
  const nodes: SecurityPeer = { group: options.nodes };
  const controlPlane: SecurityPeer = { group: options.controlPlane };
  const { fromBalancers, balancers } = balancerRules(nodes, options.loadBalancers);
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
      ...(options.egress === 'none' && linkAccess(options.linkedCidrs ?? [])),
      ...fromBalancers,
    },
    loadBalancers: balancers,
  };
}

/**
 * Load balancers reach services by ports of every node, and ask its proxy for its health. Nodes may call them; whoever else
 * may is let in by a further group that a service names.
 */
function balancerRules(nodes: SecurityPeer, group?: string): { fromBalancers: Rules; balancers: Rules } {
  if (group === undefined) return { fromBalancers: {}, balancers: {} };
  const peer: SecurityPeer = { group };
  return {
    fromBalancers: {
      'node-ports-from-balancers': { direction: 'in', peer, protocol: 'tcp', ports: NODE_PORTS },
      'datagrams-from-balancers': { direction: 'in', peer, protocol: 'udp', ports: NODE_PORTS },
      'health-from-balancers': { direction: 'in', peer, protocol: 'tcp', ports: PROXY_HEALTH },
      'to-balancers': { direction: 'out', peer, protocol: 'tcp' },
    },
    balancers: {
      'node-ports-out': { direction: 'out', peer: nodes, protocol: 'tcp', ports: NODE_PORTS },
      'datagrams-out': { direction: 'out', peer: nodes, protocol: 'udp', ports: NODE_PORTS },
      'health-out': { direction: 'out', peer: nodes, protocol: 'tcp', ports: PROXY_HEALTH },
      'from-nodes': { direction: 'in', peer: nodes, protocol: 'tcp' },
      'path-discovery-in': { direction: 'in', ...PATH_DISCOVERY },
      'path-discovery-out': { direction: 'out', ...PATH_DISCOVERY },
    },
  };
}

/** Ids of the rules of the groups of a cluster, those of addresses that reach the API server aside. */
export const CLUSTER_RULE_IDS: { readonly [G in keyof ClusterRules]: readonly string[] } = (() => {
  const groups = { controlPlane: '', nodes: '', loadBalancers: '' };
  const { controlPlane, nodes, loadBalancers } = clusterRules({ ...groups, egress: 'nat', apiAccessCidrs: [] });
  return {
    controlPlane: Object.keys(controlPlane),
    nodes: Object.keys(nodes),
    loadBalancers: Object.keys(loadBalancers),
  };
})();

/** Id of the rule that lets a range reach the API server. */
export function accessRuleId(cidr: string): string {
  return `api-from-${cidr.replace(/[./]/g, '-')}`;
}

/** Id of the rule that lets nodes reach a block by a link. */
export function linkedRuleId(cidr: string): string {
  return `to-linked-${cidr.replace(/[./]/g, '-')}`;
}

/** Where nodes may go everywhere they go there as well. */
function linkAccess(cidrs: readonly string[]): Rules {
  return Object.fromEntries(
    cidrs.map((cidr) => [linkedRuleId(cidr), { direction: 'out', peer: { cidr }, protocol: 'all' }]),
  );
}

function apiAccess(cidrs: readonly string[]): Rules {
  return Object.fromEntries(
    cidrs.map((cidr) => [accessRuleId(cidr), { direction: 'in', peer: { cidr }, protocol: 'tcp', ports: API_SERVER }]),
  );
}
