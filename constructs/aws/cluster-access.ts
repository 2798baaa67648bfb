import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { Stack, Token } from 'aws-cdk-lib/core';
import type { Construct, IConstruct } from 'constructs';
import { isPrivateRange } from '../../estate/catalog/ranges';
import { parseCidr } from '../../estate/cidr';
import { hash8 } from '../../estate/name';
import { ConstructError } from '../errors';

/** Ranges that reach an API server, by the way that they come. */
export interface ApiRanges {
  /** Inside the network: a rule of the control plane's group. */
  readonly inside: readonly string[];
  /** Over the internet: the public endpoint. */
  readonly outside: readonly string[];
}

/**
 * Tells ranges that come through the network from those of the internet: private ones, and those that are known at
 * deployment only, from others. EKS refuses private ones on the public endpoint.
 *
 * @throws ConstructError with RangeInvalid when one is no range
 */
export function apiRanges(scope: IConstruct, cidrs: readonly string[]): ApiRanges {
  const ranges = [...new Set(cidrs)];
  const isInside = (text: string): boolean => {
    if (Token.isUnresolved(text)) return true;
    const block = parseCidr(text);
    if (block !== undefined) return isPrivateRange(block);
    throw new ConstructError(
      scope,
      'RangeInvalid',
      `apiAccessCidrs has "${text}"; give a block without host bits, such as 10.8.0.0/16 or 198.51.100.7/32`,
    );
  };
  return { inside: ranges.filter(isInside), outside: ranges.filter((text) => !isInside(text)) };
}

/** Where the API server answers: inside the network, and to nobody else on the internet than was named. */
export function endpointAccess({ outside }: ApiRanges): eks.EndpointAccess {
  if (outside.length === 0) return eks.EndpointAccess.PRIVATE;
  return eks.EndpointAccess.PUBLIC_AND_PRIVATE.onlyFrom(...outside);
}

/** Lets ranges reach the interfaces of a control plane; `group` stands on those and on no node. */
export function allowApiRanges(scope: Construct, group: ec2.ISecurityGroup, { inside }: ApiRanges): void {
  for (const cidrIp of inside) {
    // The range is the name of its rule: no other one moves when one comes or goes.
    const name = Token.isUnresolved(cidrIp)
      ? hash8(JSON.stringify(Stack.of(scope).resolve(cidrIp)))
      : cidrIp.replace(/[./]/g, '-');
    new ec2.CfnSecurityGroupIngress(scope, `api-from-${name}`, {
      groupId: group.securityGroupId,
      cidrIp,
      ipProtocol: 'tcp',
      fromPort: 443,
      toPort: 443,
      description: 'API server',
    });
  }
}

/** Who may do what in a cluster, by ARNs. */
export interface Principals {
  /** May do everything. */
  readonly admins: readonly string[];
  /** May look at most of it, but at no secrets and nothing that has no namespace. */
  readonly viewers: readonly string[];
}

/** Lets principals into a cluster; one that is named twice administers it. */
export function addAccessEntries(scope: Construct, cluster: eks.ICluster, { admins, viewers }: Principals): void {
  const policies = new Map<string, string>([
    ...viewers.map((principal) => [principal, VIEW_POLICY] as const),
    ...admins.map((principal) => [principal, ADMIN_POLICY] as const),
  ]);
  for (const [principal, policy] of policies) {
    // One id for whatever somebody may do: EKS takes one entry each, and CloudFormation would make the new one first.
    new eks.AccessEntry(scope, `admin-${hash8(principal)}`, {
      cluster,
      principal,
      accessPolicies: [eks.AccessPolicy.fromAccessPolicyName(policy, { accessScopeType: eks.AccessScopeType.CLUSTER })],
    });
  }
}

const ADMIN_POLICY = 'AmazonEKSClusterAdminPolicy';
/** As the role `view` of Kubernetes; AmazonEKSAdminViewPolicy would show secrets. */
const VIEW_POLICY = 'AmazonEKSViewPolicy';
