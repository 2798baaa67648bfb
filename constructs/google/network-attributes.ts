import { ComputeSubnetworkIamMember } from '@cdktf/provider-google/lib/compute-subnetwork-iam-member';
import { ProjectIamMember } from '@cdktf/provider-google/lib/project-iam-member';
import { Construct, type IConstruct } from 'constructs';
import type { SubnetAllocation, SubnetRole } from '../../estate/catalog/types';
import type { ITerraformDependable } from '../cdktf';
import { ConstructError } from '../errors';
import { Grant } from '../grant';
import { type SubnetFilter, subnetsOf } from '../subnets';
import { checkRange } from '../terraform-checks';
import { checkName, checkRegion } from './checks';
import { LIMITS, physicalName } from './names';

/** The project of a cluster that is put into a network of another project. */
export interface NetworkUser {
  /** Id of the project. */
  readonly projectId: string;
  /** Number of the project: its agents are named by it. */
  readonly projectNumber: string;
}

/** Gives access to a network. */
export interface NetworkGrants {
  /**
   * Lets GKE of another project put a cluster into a subnet of nodes (shared VPC). The agents of GKE and of Google's APIs
   * get `roles/compute.networkUser` of the subnet, and that of GKE `roles/container.hostServiceAgentUser` of the project of
   * the network, where the API of GKE has to be enabled. Nothing is made for the project of the network itself, nor where
   * the owner of the network has given the roles.
   */
  join(scope: Construct, id: string, user: NetworkUser, nodes: SubnetAllocation): Grant;
}

/** A VPC network that clusters and file systems are put into. */
export interface INetwork extends IConstruct {
  /** Project of the network: the host project of a shared VPC. */
  readonly projectId: string;
  /** Region of its subnets. */
  readonly region: string;
  /** Zones of the region that are used. */
  readonly zones: readonly string[];
  /** Name of the network. */
  readonly networkName: string;
  /** `projects/<project>/global/networks/<name>`: known before anything exists, so that it never cascades. */
  readonly networkId: string;
  /** Gives access to it. */
  readonly grants: NetworkGrants;
  /** What has to exist before the network is used; empty for one that exists already. */
  readonly dependables: readonly ITerraformDependable[];
  /** Ranges of a role. */
  subnetsFor(role: SubnetRole, filter?: SubnetFilter): readonly SubnetAllocation[];
  /**
   * The only such range.
   *
   * @throws ConstructError with `SubnetMissing` when there is none or more than one
   */
  subnetFor(role: SubnetRole, owner?: string): SubnetAllocation;
  /** Name of the subnet that holds a range of nodes, or of the secondary range that holds pods or services. */
  subnetName(allocation: SubnetAllocation): string;
}

/** A range of a network, by the name that it has there. */
export interface SubnetAttributes extends SubnetAllocation {
  /**
   * Name of the subnet of nodes, or of the secondary range of pods or services inside of it. A range of role `storage`
   * is that of private services access, whose name nobody asks for.
   *
   * @default - the name that a {@link Network} gives it
   */
  readonly subnetName?: string;
}

/** What a network is known by that another stack makes, or that exists already. */
export interface NetworkAttributes {
  /** Name of the network; of one that a {@link Network} makes, what that was given. */
  readonly name: string;
  /** Project of the network: the host project of a shared VPC. */
  readonly projectId: string;
  /** Region of its subnets. */
  readonly region: string;
  /** Zones of the region that are used. */
  readonly zones: readonly string[];
  /** Its ranges that are used, each with a role. */
  readonly subnets: readonly SubnetAttributes[];
  /**
   * Whether clusters of other projects are given their roles in the project of the network. Who applies then has to be
   * allowed to. Made by two stacks for one project, a role goes with the first of them that goes.
   *
   * @default false - its owner gives `roles/compute.networkUser` of the subnets to
   * `service-NUMBER@container-engine-robot.iam.gserviceaccount.com` and `NUMBER@cloudservices.gserviceaccount.com`, and
   * `roles/container.hostServiceAgentUser` of the project to the former
   */
  readonly assignsRoles?: boolean;
}

/** What of a network follows from its attributes. */
export type DescribedNetwork = Omit<INetwork, keyof IConstruct | 'dependables' | 'grants'>;

/** Names of secondary ranges: the role of the range, since each subnet has one of each. */
const SECONDARY_ROLES: readonly SubnetRole[] = ['pods', 'services'];

/** The id of a network by the name that it was given, or has: known before it exists. */
export function networkIdOf(name: string, projectId: string): string {
  return `projects/${projectId}/global/networks/${physicalName([name], LIMITS.network)}`;
}

/** A network as its attributes describe it. */
export function describeNetwork(scope: IConstruct, attributes: NetworkAttributes): DescribedNetwork {
  const { name, projectId, region, zones, subnets } = attributes;
  const networkName = physicalName([name], LIMITS.network);
  const subnetsFor: INetwork['subnetsFor'] = (role, filter) => subnetsOf(subnets, role, filter);
  return {
    projectId,
    region,
    zones,
    networkName,
    networkId: networkIdOf(name, projectId),
    subnetsFor,
    subnetFor(role, owner) {
      const [range, ...others] = subnetsFor(role, { owner });
      if (range !== undefined && others.length === 0) return range;
      const problem =
        `network "${networkName}" has ${range === undefined ? 'no' : 'more than one'} range of ${role}` +
        `${owner === undefined ? '' : ` of "${owner}"`}: name the owner of exactly one`;
      throw new ConstructError(scope, 'SubnetMissing', problem);
    },
    subnetName({ key, role }) {
      const known = subnets.find((subnet) => subnet.key === key && subnet.role === role);
      if (known?.subnetName !== undefined) return known.subnetName;
      return SECONDARY_ROLES.includes(role) ? role : physicalName([name, key], LIMITS.subnetwork);
    },
  };
}

/**
 * Fails where attributes of a network cannot be right, whoever made it.
 *
 * @throws ConstructError with `NameInvalid`, `RangeInvalid` or `ZoneUnknown`
 */
export function checkAttributes(scope: IConstruct, { name, region, zones, subnets }: NetworkAttributes): void {
  checkName(scope, 'name of the network', name);
  for (const { key, cidr } of subnets) checkRange(scope, `range "${key}"`, cidr);
  for (const zone of zones) checkRegion(scope, `zone of network "${name}"`, zone, region);
}

/** Grants of one network. */
export class SubnetGrants implements NetworkGrants {
  /**
   * @param network the network
   * @param given whether its owner has given the roles
   */
  constructor(
    private readonly network: Omit<INetwork, keyof IConstruct | 'grants'>,
    private readonly given: boolean,
  ) {}

  /** Lets GKE of another project put a cluster into a subnet of nodes. */
  join(scope: Construct, id: string, { projectId, projectNumber }: NetworkUser, nodes: SubnetAllocation): Grant {
    const { network } = this;
    if (this.given || projectId === network.projectId) return new Grant();
    const agents = {
      gke: `serviceAccount:service-${projectNumber}@container-engine-robot.iam.gserviceaccount.com`,
      apis: `serviceAccount:${projectNumber}@cloudservices.gserviceaccount.com`,
    };
    const dependsOn = [...network.dependables];
    const users = Object.entries(agents).map(
      ([agent, member]) =>
        new ComputeSubnetworkIamMember(scope, `${id}-${agent}`, {
          project: network.projectId,
          region: network.region,
          subnetwork: network.subnetName(nodes),
          role: 'roles/compute.networkUser',
          member,
          dependsOn,
        }),
    );
    const host = new ProjectIamMember(scope, `${id}-host`, {
      project: network.projectId,
      role: 'roles/container.hostServiceAgentUser',
      member: agents.gke,
    });
    return new Grant([...users, host]);
  }
}

/** A network that is there already, or that another stack makes; nothing is made, nothing is looked up. */
export class ImportedNetwork extends Construct implements INetwork {
  readonly projectId: INetwork['projectId'];
  readonly region: INetwork['region'];
  readonly zones: INetwork['zones'];
  readonly networkName: INetwork['networkName'];
  readonly networkId: INetwork['networkId'];
  readonly subnetsFor: INetwork['subnetsFor'];
  readonly subnetFor: INetwork['subnetFor'];
  readonly subnetName: INetwork['subnetName'];
  readonly dependables: INetwork['dependables'] = [];
  readonly grants: INetwork['grants'];

  constructor(scope: Construct, id: string, attributes: NetworkAttributes) {
    super(scope, id);
    checkAttributes(this, attributes);
    const described = describeNetwork(this, attributes);
    this.projectId = described.projectId;
    this.region = described.region;
    this.zones = described.zones;
    this.networkName = described.networkName;
    this.networkId = described.networkId;
    this.subnetsFor = described.subnetsFor;
    this.subnetFor = described.subnetFor;
    this.subnetName = described.subnetName;
    this.grants = new SubnetGrants(this, attributes.assignsRoles !== true);
  }
}
