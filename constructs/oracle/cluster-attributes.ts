import { Construct, type IConstruct } from 'constructs';
import { ORACLE_SUBNET_RESERVED, type OracleMachine } from '../../estate/catalog/oracle';
import { cidr, cidrSize } from '../../estate/cidr';
import { Fn, type TerraformProvider, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { checkId } from './checks';
import type { IEncryptionKey } from './encryption-key';
import type { IWorkloadCluster } from './identity';
import type { INetwork, NetworkSubnet } from './network';
import { releaseOf } from './node-settings';
import { type ISecurityGroup, SecurityGroup } from './security-group';

/** A cluster that pools, workloads and mounts belong to, made here or elsewhere. */
export interface ICluster extends IConstruct, IWorkloadCluster {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** OCID of the cluster. */
  readonly clusterId: string;
  /** Compartment of its nodes and its policies. */
  readonly compartmentId: string;
  /** OCID of the tenancy, which nodes of racks tell when they join. */
  readonly tenancyId: string;
  /** Kubernetes release, such as `v1.35.2`. */
  readonly release: string;
  /** Availability domains that its network is used in. */
  readonly zones: readonly string[];
  /** Security group of all nodes. */
  readonly nodesGroup: ISecurityGroup;
  /** Ranges of all nodes. */
  readonly nodesCidrs: readonly string[];
  /** Key of secrets and boot volumes. @default - keys of Oracle Cloud */
  readonly encryptionKey?: IEncryptionKey;
  /** Provider of the home region, where policies are written. @default - the provider of the stack */
  readonly homeProvider?: TerraformProvider;
  /** Private address of the API server. */
  readonly apiServerHost: string;
  /** Certificate authority of the API server (base64). */
  readonly certificateAuthority: string;
  /** The subnet that further nodes lie in. */
  subnetFor(nodeCount: number): NetworkSubnet;
  /**
   * Counts nodes of a pool that is being added, and adds what Kubernetes needs to count their accelerators; of a cluster that
   * exists already its owner does both.
   */
  admit(machine: OracleMachine, nodeCount: number): void;
}

/** What is known of a cluster that exists already. */
export interface ClusterAttributes {
  /** Name of the cluster. */
  readonly clusterName: string;
  /** OCID of the cluster. */
  readonly clusterId: string;
  /** Network of the cluster. */
  readonly network: INetwork;
  /** Compartment of further nodes, which need not be that of the cluster. @default - that of the network */
  readonly compartmentId?: string;
  /** Tenancy OCID; nodes of racks tell it when they join. */
  readonly tenancyId: string;
  /** Kubernetes minor version, such as `1.35`, or a release of it. */
  readonly version: string;
  /** OCID of the network security group of its nodes. */
  readonly nodesGroupId: string;
  /** Key of boot volumes. @default - keys of Oracle Cloud */
  readonly encryptionKey?: IEncryptionKey;
  /** Provider of the home region, where policies are written. @default - the provider of the stack */
  readonly homeProvider?: TerraformProvider;
  /** Owner of the subnets of further nodes among those with role `nodes`. @default - the only one */
  readonly subnetOwner?: string;
  /** Private address and port of the API server, such as `10.0.0.5:6443`. @default - not known: it takes no racks */
  readonly privateEndpoint?: string;
  /** Certificate authority of the API server (base64). @default - not known: it takes no racks */
  readonly certificateAuthority?: string;
}

/** A cluster that exists already. */
export class ImportedCluster extends Construct implements ICluster {
  readonly clusterName: string;
  readonly clusterId: string;
  readonly compartmentId: string;
  readonly tenancyId: string;
  readonly release: string;
  readonly zones: readonly string[];
  readonly nodesGroup: ISecurityGroup;
  readonly nodesCidrs: readonly string[];
  readonly encryptionKey?: IEncryptionKey;
  readonly homeProvider?: TerraformProvider;
  private readonly room: NodeRoom;

  constructor(
    scope: Construct,
    id: string,
    private readonly attributes: ClusterAttributes,
  ) {
    super(scope, id);
    checkId(this, attributes.clusterId, 'cluster');
    const subnets = nodeSubnets(attributes.network, attributes.subnetOwner);
    this.clusterName = attributes.clusterName;
    this.clusterId = attributes.clusterId;
    this.compartmentId = attributes.compartmentId ?? attributes.network.compartmentId;
    this.tenancyId = attributes.tenancyId;
    this.release = releaseOf(this, attributes.version);
    this.zones = attributes.network.zones;
    this.nodesGroup = SecurityGroup.fromGroupId(this, 'existing-nodes-group', attributes.nodesGroupId);
    this.nodesCidrs = subnets.map((subnet) => subnet.cidr);
    this.encryptionKey = attributes.encryptionKey;
    this.homeProvider = attributes.homeProvider;
    this.room = new NodeRoom(subnets);
  }

  get apiServerHost(): string {
    const endpoint = this.known('privateEndpoint');
    return Token.isUnresolved(endpoint) ? Fn.element(Fn.split(':', endpoint), 0) : endpoint.replace(/:\d+$/, '');
  }

  get certificateAuthority(): string {
    return this.known('certificateAuthority');
  }

  subnetFor(nodeCount: number): NetworkSubnet {
    return this.room.take(nodeCount);
  }

  /** Its owner counts its nodes, and chooses its add-ons. */
  admit(): void {}

  private known(what: 'privateEndpoint' | 'certificateAuthority'): string {
    const value = this.attributes[what];
    if (value !== undefined) return value;
    const problem = `nodes of racks find their API server by its ${what}, which is not known; give it to the import`;
    throw new ConstructError(this, 'MachineUnsuitable', problem);
  }
}

/** The subnets that the nodes of a cluster lie in: of an owner, whose growth may have appended some; else the only one. */
export function nodeSubnets(network: INetwork, owner?: string): readonly [NetworkSubnet, ...NetworkSubnet[]] {
  const [first, ...further] = network.subnetsFor('nodes', { owner });
  if (owner === undefined || first === undefined) return [network.subnetFor('nodes', owner)];
  return [first, ...further];
}

/** Where the nodes of a cluster lie: in the first of its subnets with room, so that those that are there keep theirs. */
export class NodeRoom {
  private readonly rooms: { readonly subnet: NetworkSubnet; free: number }[];

  /** @param subnets the subnets of the nodes, the one that is filled first at the start */
  constructor(private readonly subnets: readonly [NetworkSubnet, ...NetworkSubnet[]]) {
    this.rooms = subnets.map((subnet) => ({ subnet, free: roomIn(subnet) }));
  }

  /** The subnet that further nodes lie in. */
  take(nodeCount: number): NetworkSubnet {
    const [first] = this.subnets;
    if (Token.isUnresolved(nodeCount)) return first;
    const found = this.rooms.find(({ free }) => free >= nodeCount) ?? this.rooms.at(-1);
    if (found === undefined) return first;
    found.free -= nodeCount;
    return found.subnet;
  }
}

function roomIn({ cidr: range }: NetworkSubnet): number {
  if (Token.isUnresolved(range)) return Number.POSITIVE_INFINITY;
  return cidrSize(cidr(range)) - ORACLE_SUBNET_RESERVED.addresses;
}
