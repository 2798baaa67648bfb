import { ComputeFirewall } from '@cdktf/provider-google/lib/compute-firewall';
import { ComputeNetwork } from '@cdktf/provider-google/lib/compute-network';
import { ComputeSubnetwork } from '@cdktf/provider-google/lib/compute-subnetwork';
import { Construct } from 'constructs';
import {
  type GoogleFabricLayout,
  type GoogleFabricRanges,
  type GoogleMachine,
  googleFabricRanges,
} from '../../estate/catalog/google';
import type { SubnetRole } from '../../estate/catalog/types';
import { cidr, cidrSubnet, cidrsOverlap } from '../../estate/cidr';
import type { Tags } from '../../estate/units';
import { type ITerraformDependable, Token } from '../cdktf';
import { LIMITS, physicalName } from './names';
import type { INetwork } from './network';
import { protect, unprotect } from './protection';

/** One more interface of a node: literal names, since a change of either replaces the pool. */
export interface NodeInterface {
  readonly network: string;
  readonly subnetwork: string;
}

/** The data networks that accelerator nodes of one zone join. */
export interface IFabric {
  readonly zone: string;
  readonly layout: GoogleFabricLayout;
  /** Interfaces of a node besides its first one, in the order in which it gets them. */
  readonly nodeInterfaces: readonly NodeInterface[];
  /** What has to exist before a node joins; empty for a fabric of another stack. */
  readonly dependables: readonly ITerraformDependable[];
  /** Takes note of nodes that cannot be had again: the RDMA network that they are in is protected against destroy. */
  retain(): void;
}

/** Properties of a `Fabric`. */
export interface FabricProps {
  /** First part of the names of its networks; unique in the project. */
  readonly name: string;
  /** Network of the cluster whose nodes join. */
  readonly network: INetwork;
  /** RDMA networks are zonal: every interface is in this zone. */
  readonly zone: string;
  /** Machine whose interfaces it is for. */
  readonly machine: GoogleMachine;
  /** Ranges of its networks; nothing else in them can be reached from a node. @default those of the catalog */
  readonly ranges?: GoogleFabricRanges;
  /** Not used: networks have no labels. @default none */
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
  /** A fabric that another stack makes: everything about it follows from its name. */
  static fromFabricName(scope: Construct, id: string, props: FabricProps): IFabric {
    return new ImportedFabric(scope, id, props);
  }

  readonly zone: string;
  readonly layout: GoogleFabricLayout;
  readonly nodeInterfaces: readonly NodeInterface[];
  readonly dependables: readonly ITerraformDependable[];
  private readonly made: ITerraformDependable[] = [];
  private rdma?: ComputeNetwork;

  constructor(scope: Construct, id: string, props: FabricProps) {
    super(scope, id);
    this.zone = props.zone;
    this.layout = layoutOf(props.machine);
    const ranges = props.ranges ?? googleFabricRanges();
    requireClear(props.network, ranges);
    const names = fabricNames(props.name, this.layout);
    this.nodeInterfaces = interfacesOf(names, this.layout);
    this.dependables = this.made;
    names.gvnic.forEach((name, index) => {
      const range = evenRange(ranges.gvnic, names.gvnic.length, index);
      this.addGvnicNetwork(`gvnic-${index + 1}`, name, range, props.network);
    });
    const rails = names.rails.map((rail, index) => ({
      rail,
      range: evenRange(ranges.rdma, names.rails.length, index),
    }));
    if (names.rdma !== undefined) this.addRdmaNetwork(names.rdma, rails, props.network);
  }

  retain(): void {
    if (this.rdma !== undefined) protect(this.rdma);
  }

  private addGvnicNetwork(id: string, name: string, range: string, { projectId, region }: INetwork): void {
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
  private addRdmaNetwork(name: string, rails: readonly Rail[], { projectId, region }: INetwork): void {
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

  constructor(scope: Construct, id: string, props: FabricProps) {
    super(scope, id);
    this.zone = props.zone;
    this.layout = layoutOf(props.machine);
    this.nodeInterfaces = interfacesOf(fabricNames(props.name, this.layout), this.layout);
  }

  /** The stack that makes it decides on its protection. */
  retain(): void {}
}

/** A subnet of an RDMA network. */
interface Rail {
  readonly rail: string;
  readonly range: string;
}

interface FabricNames {
  readonly gvnic: readonly string[];
  readonly rdma?: string;
  /** Subnets of the RDMA network that are ours to make. */
  readonly rails: readonly string[];
}

function layoutOf(machine: GoogleMachine): GoogleFabricLayout {
  if (machine.fabric !== undefined) return machine.fabric;
  throw new Error(`machine "${machine.type}" joins the cluster's network only: give its pools no fabric`);
}

function fabricNames(name: string, layout: GoogleFabricLayout): FabricNames {
  const gvnic = sequence(layout.gvnicNetworks).map((index) => physicalName([name, `net-${index + 1}`], LIMITS.network));
  if (layout.networkProfile === undefined) return { gvnic, rails: [] };
  if (layout.networkProfile === 'vpc-roce-metal') {
    return { gvnic, rdma: physicalName([name, 'rdma'], LIMITS.metalNetwork), rails: [] };
  }
  const rails = sequence(layout.rdmaInterfaces).map((index) =>
    physicalName([name, `rdma-${index}`], LIMITS.subnetwork),
  );
  return { gvnic, rdma: physicalName([name, 'rdma'], LIMITS.network), rails };
}

function interfacesOf(names: FabricNames, layout: GoogleFabricLayout): readonly NodeInterface[] {
  const gvnic = names.gvnic.map((name) => ({ network: name, subnetwork: name }));
  const { rdma } = names;
  if (rdma === undefined) return gvnic;
  // On metal every port is in the one subnet that Google makes and names.
  const rails =
    names.rails.length > 0 ? names.rails : sequence(layout.rdmaInterfaces).map(() => `default-subnet-1-${rdma}`);
  return [...gvnic, ...rails.map((subnetwork) => ({ network: rdma, subnetwork }))];
}

const ROLES: readonly SubnetRole[] = ['nodes', 'pods', 'services', 'storage'];

/** A node routes by its interfaces: what overlaps a data network cannot be reached from it. */
function requireClear(network: INetwork, ranges: GoogleFabricRanges): void {
  for (const { key, cidr: range } of ROLES.flatMap((role) => network.subnetsFor(role))) {
    if (Token.isUnresolved(range)) continue;
    const taken = [ranges.gvnic, ranges.rdma].find((own) => cidrsOverlap(cidr(own), cidr(range)));
    if (taken === undefined) continue;
    throw new Error(
      `range "${key}" of network "${network.networkName}" is ${range}: it overlaps ${taken} of the data networks, ` +
        'choose another one',
    );
  }
}

/** One of `count` equal parts of a range; `count` is a power of two. */
function evenRange(range: string, count: number, index: number): string {
  return cidrSubnet(range, cidr(range).prefix + Math.ceil(Math.log2(count)), index);
}

function sequence(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}
