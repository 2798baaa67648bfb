import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { Construct, type IConstruct } from 'constructs';
import {
  type GoogleFabricLayout,
  type GoogleFabricRanges,
  type GoogleMachine,
  googleFabricRanges,
} from '../../estate/catalog/google';
import { googleFabricNames, googleInterfaces } from '../../estate/catalog/google-data-networks';
import type { SubnetRole } from '../../estate/catalog/types';
import { cidr, cidrSubnet, cidrsOverlap } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { checkName, checkRegion } from './checks';
import { LIMITS, physicalName } from './names';
import type { INetwork } from './network-attributes';
import { protect, unprotect } from './protection';

/** One more interface of a node: literal names, since a change of either replaces the pool. */
export interface NodeInterface {
  /** Name of the network, or its path where it is of another project. */
  readonly network: string;
  /** Name of the subnet, or its path where it is of another project. */
  readonly subnetwork: string;
}

/** The data networks that accelerator nodes of one zone join. */
export interface IFabric extends IConstruct {
  /** Zone of every interface. */
  readonly zone: string;
  /** What interfaces there are, of which kind. */
  readonly layout: GoogleFabricLayout;
  /** Interfaces of a node besides its first one, in the order in which it gets them. */
  readonly nodeInterfaces: readonly NodeInterface[];
  /** What has to exist before a node joins; empty for a fabric that exists already. */
  readonly dependables: readonly ITerraformDependable[];
  /** Takes note of nodes that cannot be had again: the RDMA network that they are in is protected against destroy. */
  retain(): void;
}

/** What a fabric is known by that exists already. */
export interface FabricAttributes {
  /** Zone of its networks. */
  readonly zone: string;
  /** Machine whose interfaces it is for. */
  readonly machine: GoogleMachine;
  /** Interfaces of a node besides its first one: those of gVNIC networks first, then those of the RDMA network. */
  readonly nodeInterfaces: readonly NodeInterface[];
}

/** Options of a {@link Fabric}. */
export interface FabricProps {
  /** First part of the names of its networks; unique in the project. */
  readonly name: string;
  /** Network of the cluster whose nodes join. */
  readonly network: INetwork;
  /** RDMA networks are zonal: every interface is in this zone. */
  readonly zone: string;
  /** Machine whose interfaces it is for. */
  readonly machine: GoogleMachine;
  /** Project of the cluster, which its networks are made in. @default - that of `network` */
  readonly projectId?: string;
  /** Ranges of its networks; nothing else in them can be reached from a node. @default - those of the catalog */
  readonly ranges?: GoogleFabricRanges;
  /** Not used: networks have no labels. @default - none */
  readonly tags?: Tags;
}

/**
 * The networks that carry the traffic between accelerators: gVNIC networks, and an RDMA network made with the zone's
 * network profile. Their ranges are the same in every cluster, since nothing is routed between them.
 *
 * Pods get these interfaces inside of Kubernetes: through a `Network` and a `GKENetworkParamSet` for each of
 * `nodeInterfaces`, or through resource claims where `layout.podInterfaces` is `claims`.
 */
export class Fabric extends Construct implements IFabric {
  /**
   * A fabric that exists already, or that another stack makes.
   *
   * @throws ConstructError with `FabricMismatch` when the machine has not as many interfaces
   */
  static fromFabricAttributes(scope: Construct, id: string, attributes: FabricAttributes): IFabric {
    return new ImportedFabric(scope, id, attributes);
  }

  /** Zone of every interface. */
  readonly zone: string;
  /** What interfaces there are, of which kind. */
  readonly layout: GoogleFabricLayout;
  /** Interfaces of a node besides its first one, in the order in which it gets them. */
  readonly nodeInterfaces: readonly NodeInterface[];
  /** What has to exist before a node joins. */
  readonly dependables: readonly ITerraformDependable[];
  private readonly made: ITerraformDependable[] = [];
  private readonly projectId: string;
  private rdma?: ComputeNetwork;

  /**
   * @throws ConstructError with `FabricMismatch`, `NameInvalid`, `RangeInvalid` or `ZoneUnknown` when there is no such
   * fabric
   */
  constructor(scope: Construct, id: string, props: FabricProps) {
    super(scope, id);
    const ranges = props.ranges ?? googleFabricRanges();
    this.zone = props.zone;
    this.layout = layoutOf(this, props.machine);
    this.projectId = props.projectId ?? props.network.projectId;
    check(this, props, ranges);
    const names = googleFabricNames(props.name, this.layout);
    this.nodeInterfaces = googleInterfaces(names, this.layout).map(({ network, subnetwork }) => ({
      network,
      subnetwork,
    }));
    this.dependables = this.made;
    names.gvnic.forEach((name, index) => {
      const range = evenRange(ranges.gvnic, names.gvnic.length, index);
      this.addGvnicNetwork(`gvnic-${index + 1}`, name, range, props.network.region);
    });
    const rails = names.rails.map((rail, index) => ({
      rail,
      range: evenRange(ranges.rdma, names.rails.length, index),
    }));
    if (names.rdma !== undefined) this.addRdmaNetwork(names.rdma, rails, props.network.region);
    else this.node.defaultChild = this.node.tryFindChild('gvnic-1');
  }

  /** Takes note of nodes that cannot be had again: the RDMA network that they are in is protected against destroy. */
  retain(): void {
    if (this.rdma !== undefined) protect(this.rdma);
  }

  private addGvnicNetwork(id: string, name: string, range: string, region: string): void {
    const { projectId } = this;
    const network = new ComputeNetwork(this, id, {
      name,
      project: projectId,
      autoCreateSubnetworks: false,
      mtu: this.layout.mtuBytes,
    });
    const path = `projects/${projectId}/global/networks/${name}`;
    const subnet = new ComputeSubnetwork(this, `${id}-subnet`, {
      name,
      project: projectId,
      region,
      network: path,
      ipCidrRange: range,
      privateIpGoogleAccess: true,
      dependsOn: [network],
    });
    const firewall = new ComputeFirewall(this, `${id}-internal`, {
      name: physicalName([name, 'internal'], LIMITS.firewall),
      project: projectId,
      network: path,
      direction: 'INGRESS',
      sourceRanges: [range],
      allow: [{ protocol: 'tcp' }, { protocol: 'udp' }, { protocol: 'icmp' }],
      dependsOn: [network],
    });
    this.made.push(network, subnet, firewall);
  }

  /** No firewall: RoCE networks refuse VPC rules and admit their own members only. */
  private addRdmaNetwork(name: string, rails: readonly Rail[], region: string): void {
    const { projectId } = this;
    const network = new ComputeNetwork(this, 'Resource', {
      name,
      project: projectId,
      autoCreateSubnetworks: false,
      mtu: this.layout.mtuBytes,
      networkProfile: `projects/${projectId}/global/networkProfiles/${this.zone}-${this.layout.networkProfile}`,
    });
    unprotect(network);
    this.rdma = network;
    this.made.push(network);
    rails.forEach(({ rail, range }, index) => {
      this.made.push(
        new ComputeSubnetwork(this, `rail-${index}`, {
          name: rail,
          project: projectId,
          region,
          network: `projects/${projectId}/global/networks/${name}`,
          ipCidrRange: range,
          dependsOn: [network],
        }),
      );
    });
  }
}

class ImportedFabric extends Construct implements IFabric {
  readonly zone: string;
  readonly layout: GoogleFabricLayout;
  readonly nodeInterfaces: readonly NodeInterface[];
  readonly dependables: readonly ITerraformDependable[] = [];

  constructor(scope: Construct, id: string, { zone, machine, nodeInterfaces }: FabricAttributes) {
    super(scope, id);
    this.zone = zone;
    this.layout = layoutOf(this, machine);
    this.nodeInterfaces = nodeInterfaces;
    const wanted = this.layout.gvnicNetworks + this.layout.rdmaInterfaces;
    if (nodeInterfaces.length === wanted) return;
    const problem = `fabric has ${nodeInterfaces.length} interfaces, machine "${machine.type}" joins ${wanted}: name each`;
    throw new ConstructError(this, 'FabricMismatch', problem);
  }

  /** Its owner decides on its protection. */
  retain(): void {}
}

/** A subnet of an RDMA network. */
interface Rail {
  readonly rail: string;
  readonly range: string;
}

function layoutOf(scope: IConstruct, machine: GoogleMachine): GoogleFabricLayout {
  if (machine.fabric !== undefined) return machine.fabric;
  const problem = `machine "${machine.type}" joins the cluster's network only: give its pools no fabric`;
  throw new ConstructError(scope, 'FabricMismatch', problem);
}

const ROLES: readonly SubnetRole[] = ['nodes', 'pods', 'services', 'storage'];

function check(scope: IConstruct, { name, zone, network }: FabricProps, ranges: GoogleFabricRanges): void {
  checkName(scope, 'name of the fabric', name);
  checkRegion(scope, `zone of fabric "${name}"`, zone, network.region);
  checkClear(scope, network, ranges);
}

/** A node routes by its interfaces: what overlaps a data network cannot be reached from it. */
function checkClear(scope: IConstruct, network: INetwork, ranges: GoogleFabricRanges): void {
  for (const { key, cidr: range } of ROLES.flatMap((role) => network.subnetsFor(role))) {
    if (Token.isUnresolved(range)) continue;
    const taken = [ranges.gvnic, ranges.rdma].find((own) => cidrsOverlap(cidr(own), cidr(range)));
    if (taken === undefined) continue;
    const problem =
      `range "${key}" of network "${network.networkName}" is ${range}: it overlaps ${taken} of the data networks, ` +
      'choose another one';
    throw new ConstructError(scope, 'RangeInvalid', problem);
  }
}

/** One of `count` equal parts of a range; `count` is a power of two. */
function evenRange(range: string, count: number, index: number): string {
  return cidrSubnet(range, cidr(range).prefix + Math.ceil(Math.log2(count)), index);
}
