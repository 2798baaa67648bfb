import { ComputeHaVpnGateway } from '@cdktf/provider-google/lib/compute-ha-vpn-gateway';
import { ComputeRouter } from '@cdktf/provider-google/lib/compute-router';
import { Construct, type IConstruct } from 'constructs';
import { GOOGLE_ADVERTISED, GOOGLE_KEEPALIVE, GOOGLE_PARTNER_ASN } from '../../estate/catalog/google-links';
import type { Tags } from '../../estate/units';
import { Fn, type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { checkRange } from '../terraform-checks';
import { checkName } from './checks';
import { LIMITS, physicalName, resourceTags } from './names';
import type { INetwork } from './network-attributes';
import { protect, unprotect } from './protection';

/** What leads away from a gateway: tunnels, or circuits of a partner. */
export type GatewayKind = 'vpn' | 'interconnect';

/** What a gateway is known by that another stack makes. */
export interface GatewayAttributes {
  /** What it was given as its name. */
  readonly name: string;
  /** The network that it connects. */
  readonly network: INetwork;
  /** Blocks of the network that peers are told of. */
  readonly advertised: readonly string[];
}

/** Options of a {@link Gateway}. */
export interface GatewayProps extends GatewayAttributes {
  /** Number of its autonomous system: private, and another one than that of every peer. Circuits of a partner have Google's. */
  readonly asn: number;
  /** What leads away from it. @default ['vpn'] */
  readonly kinds?: readonly GatewayKind[];
  /**
   * Whether Terraform and its provider refuse to destroy what has addresses: peers know them, and others would come in
   * their place.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;
  /** Labels of the gateway; routers have none. @default - none */
  readonly tags?: Tags;
}

/** A gateway that links are added to. */
export interface IGateway extends IConstruct {
  /** The network that it connects, in whose project it lies. */
  readonly network: INetwork;
  /** `projects/<project>/regions/<region>/vpnGateways/<name>`: known before it exists. */
  readonly gatewayId: string;
  /** Name of the router that speaks with peers at the ends of tunnels. */
  readonly routerName: string;
  /** `projects/<project>/regions/<region>/routers/<name>` of the router that speaks with a partner. */
  readonly circuitRouterId: string;
  /** Blocks of the network that peers are told of. */
  readonly advertised: readonly string[];
  /** What has to exist before it is used; empty for one of another stack. */
  readonly dependables: readonly ITerraformDependable[];
}

/** Names of what a gateway is made of. */
function namesOf(name: string) {
  return {
    gateway: physicalName([name], LIMITS.vpnGateway),
    router: physicalName([name], LIMITS.router),
    circuitRouter: physicalName([name, 'circuits'], LIMITS.router),
  };
}

/** The id of a gateway by the name that it was given: peers in Google Cloud are told of by it. */
export function gatewayIdOf(name: string, projectId: string, region: string): string {
  return `projects/${projectId}/regions/${region}/vpnGateways/${namesOf(name).gateway}`;
}

function describe({ name, network, advertised }: GatewayAttributes): Omit<IGateway, keyof IConstruct | 'dependables'> {
  const { projectId, region } = network;
  const { router, circuitRouter } = namesOf(name);
  return {
    network,
    advertised,
    gatewayId: gatewayIdOf(name, projectId, region),
    routerName: router,
    circuitRouterId: `projects/${projectId}/regions/${region}/routers/${circuitRouter}`,
  };
}

/**
 * Where the links of one network end, in the project of the network: an HA VPN gateway with two addresses and a Cloud
 * Router for its tunnels, another router for the circuits of a partner, who wants it to have Google's own number.
 *
 * Peers are told of the given blocks and of no others: those of pods may be the same in several networks. What peers tell
 * of is reached from every subnet of the region. That is a way and no entry: no rule of a firewall is made, and what no
 * rule lets in is refused as before.
 */
export class Gateway extends Construct implements IGateway {
  /**
   * A gateway of another stack.
   *
   * @throws ConstructError with `NameInvalid` when the name cannot be right
   */
  static fromGatewayAttributes(scope: Construct, id: string, attributes: GatewayAttributes): IGateway {
    return new ImportedGateway(scope, id, attributes);
  }

  /** The network that it connects, in whose project it lies. */
  readonly network: INetwork;
  /** `projects/<project>/regions/<region>/vpnGateways/<name>`: known before it exists. */
  readonly gatewayId: string;
  /** Name of the router that speaks with peers at the ends of tunnels. */
  readonly routerName: string;
  /** `projects/<project>/regions/<region>/routers/<name>` of the router that speaks with a partner. */
  readonly circuitRouterId: string;
  /** Blocks of the network that peers are told of. */
  readonly advertised: readonly string[];
  /** What has to exist before it is used. */
  readonly dependables: readonly ITerraformDependable[];
  /** Public addresses of its tunnels, in the order of its interfaces: known once it exists, none without tunnels. */
  readonly addresses: readonly string[];

  /**
   * @throws ConstructError with `NameInvalid`, `RangeInvalid`, `CountInvalid` or `TooMany` when Google Cloud would refuse it
   */
  constructor(scope: Construct, id: string, props: GatewayProps) {
    super(scope, id);
    check(this, props);
    const described = describe(props);
    this.network = described.network;
    this.gatewayId = described.gatewayId;
    this.routerName = described.routerName;
    this.circuitRouterId = described.circuitRouterId;
    this.advertised = described.advertised;

    const { kinds = ['vpn'], asn } = props;
    const names = namesOf(props.name);
    const gateway = kinds.includes('vpn') ? this.addGateway(names.gateway, props) : undefined;
    const routers = [
      ...(gateway === undefined ? [] : [this.addRouter('router', names.router, asn)]),
      ...(kinds.includes('interconnect')
        ? [this.addRouter('circuit-router', names.circuitRouter, GOOGLE_PARTNER_ASN.asn)]
        : []),
    ];
    this.addresses = gateway === undefined ? [] : addressesOf(gateway);
    this.dependables = [...(gateway === undefined ? [] : [gateway]), ...routers];
  }

  private addGateway(name: string, props: GatewayProps): ComputeHaVpnGateway {
    const { projectId, region, networkId, dependables } = this.network;
    const gateway = new ComputeHaVpnGateway(this, 'Resource', {
      name,
      project: projectId,
      region,
      network: networkId,
      stackType: 'IPV4_ONLY',
      labels: resourceTags(this, props.tags),
      dependsOn: [...dependables],
    });
    if (props.deletionProtection === false) unprotect(gateway);
    else protect(gateway);
    return gateway;
  }

  private addRouter(id: string, name: string, asn: number): ComputeRouter {
    const { projectId, region, networkId, dependables } = this.network;
    return new ComputeRouter(this, id, {
      name,
      project: projectId,
      region,
      network: networkId,
      bgp: {
        asn,
        advertiseMode: 'CUSTOM',
        advertisedIpRanges: this.advertised.map((range) => ({ range })),
        keepaliveInterval: GOOGLE_KEEPALIVE.seconds,
      },
      dependsOn: [...dependables],
    });
  }
}

/** A gateway that another stack makes; nothing is made, nothing is looked up. */
class ImportedGateway extends Construct implements IGateway {
  readonly network: IGateway['network'];
  readonly gatewayId: IGateway['gatewayId'];
  readonly routerName: IGateway['routerName'];
  readonly circuitRouterId: IGateway['circuitRouterId'];
  readonly advertised: IGateway['advertised'];
  readonly dependables: IGateway['dependables'] = [];

  constructor(scope: Construct, id: string, attributes: GatewayAttributes) {
    super(scope, id);
    checkName(this, 'name of the gateway', attributes.name);
    const described = describe(attributes);
    this.network = described.network;
    this.gatewayId = described.gatewayId;
    this.routerName = described.routerName;
    this.circuitRouterId = described.circuitRouterId;
    this.advertised = described.advertised;
  }
}

/** Addresses of its interfaces in the order of their numbers, however Google lists them: maps are sorted by their keys. */
function addressesOf(gateway: ComputeHaVpnGateway): string[] {
  const all = (attribute: string) => gateway.interpolationForAttribute(`vpn_interfaces.*.${attribute}`);
  return Token.asList(Fn.values(Fn.zipmap(Token.asList(all('id')), Token.asList(all('ip_address')))));
}

function check(scope: IConstruct, { name, asn, advertised }: GatewayProps): void {
  checkName(scope, 'name of the gateway', name);
  for (const block of advertised) checkRange(scope, `block of gateway "${name}"`, block);
  const { most } = GOOGLE_ADVERTISED;
  if (advertised.length > most) {
    const problem = `gateway "${name}" tells peers of ${advertised.length} blocks; a router takes ${most}, join some`;
    throw new ConstructError(scope, 'TooMany', problem);
  }
  if (Token.isUnresolved(asn) || isPrivate(asn)) return;
  const problem = `asn of gateway "${name}" is ${asn}; use a private one: 64512 to 65534, or 4200000000 to 4294967294`;
  throw new ConstructError(scope, 'CountInvalid', problem);
}

function isPrivate(asn: number): boolean {
  if (!Number.isInteger(asn)) return false;
  return (asn >= 64512 && asn <= 65534) || (asn >= 4200000000 && asn <= 4294967294);
}
