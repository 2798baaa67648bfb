import { ExpressRouteCircuit } from '@cdktf/provider-azurerm/lib/express-route-circuit';
import { VirtualNetworkGatewayConnection } from '@cdktf/provider-azurerm/lib/virtual-network-gateway-connection';
import { Construct } from 'constructs';
import { AZURE_ORACLE_PROVIDER, AZURE_PEERING_LOCATIONS } from '../../estate/catalog/azure-links';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import type { Circuit } from '../links';
import { checkName, checkTags } from './checks';
import type { IGateway } from './gateway';
import { LIMITS, physicalName, resourceTags } from './names';

/** How what leaves Azure through a circuit is billed: by the byte, or all of it at one price. */
export type CircuitBilling = 'MeteredData' | 'UnlimitedData';

/** Options of an {@link Interconnect}. */
export interface InterconnectProps {
  /** First part of every physical name. */
  readonly name: string;
  /** The own gateway, with one for circuits. */
  readonly gateway: IGateway;
  /** Its circuits. */
  readonly circuits: readonly Circuit[];
  /** Bandwidth of each, Gbit/s. It can grow in place, and shrinks only by another circuit. */
  readonly gbps: number;
  /** Whether it is ordered at this end: with Oracle Cloud, Azure's is the one that orders. */
  readonly isOrigin: boolean;
  /**
   * Where the other provider is met (`peering_location`).
   * @default - that of the region
   */
  readonly location?: string;
  /**
   * Which regions are reached: those beside the location alone, those of its part of the world, or all (`sku.tier`).
   * @default 'Standard'
   */
  readonly tier?: 'Local' | 'Standard' | 'Premium';
  /**
   * How what leaves Azure is billed (`sku.family`).
   * @default 'MeteredData'
   */
  readonly billing?: CircuitBilling;
  /**
   * Whether Terraform refuses to destroy circuits: another one has another key, which the other provider must be told.
   * @default true
   */
  readonly deletionProtection?: boolean;
  /**
   * Tags of everything in it.
   * @default - none
   */
  readonly tags?: Tags;
}

/** A circuit that was ordered. */
export interface OrderedCircuit {
  /** Number of the circuit in its link. */
  readonly key: string;
  /** Id of the circuit. */
  readonly circuitId: string;
  /** Its key, by which the other provider finds it: whoever has it can connect to the circuit. */
  readonly serviceKey: string;
}

/**
 * Circuits to Oracle Cloud: each is ordered here, accepted there by its key, and then connected to the gateway.
 *
 * It is billed from the moment that its key exists, whether the other provider has accepted it or not. Oracle's end sets up
 * the sessions of both, with their addresses: nothing of them is said here.
 */
export class Interconnect extends Construct {
  /** The circuits, in the order of their numbers. */
  readonly ordered: readonly OrderedCircuit[];

  /** @throws ConstructError with `NameInvalid`, `SizeInvalid`, `AccessMissing` or `TagInvalid` when a prop cannot be right */
  constructor(scope: Construct, id: string, props: InterconnectProps) {
    super(scope, id);
    check(this, props);
    const { name, gateway, gbps } = props;
    const place = { resourceGroupName: gateway.resourceGroupName, location: gateway.region };
    const tags = resourceTags(props.tags);
    const peeringLocation = locationOf(this, props);
    const lifecycle = props.deletionProtection === false ? undefined : ({ preventDestroy: true } as const);
    this.ordered = props.circuits.map(({ key, peerId }) => {
      const circuit = new ExpressRouteCircuit(this, `circuit-${key}`, {
        name: physicalName([name, 'circuit', key], LIMITS.networkResource),
        ...place,
        serviceProviderName: AZURE_ORACLE_PROVIDER.name,
        peeringLocation,
        bandwidthInMbps: gbps * MBPS_PER_GBPS,
        sku: { tier: props.tier ?? 'Standard', family: props.billing ?? 'MeteredData' },
        tags,
        lifecycle,
      });
      // Azure refuses to connect a circuit that the other provider has not accepted yet.
      if (peerId !== undefined) this.connect(props, key, circuit);
      return { key, circuitId: circuit.id, serviceKey: circuit.serviceKey };
    });
  }

  private connect({ name, gateway, tags }: InterconnectProps, key: string, circuit: ExpressRouteCircuit): void {
    const { circuitGatewayId } = gateway;
    if (circuitGatewayId === undefined) throw gatewayMissing(this, name);
    new VirtualNetworkGatewayConnection(this, `connection-${key}`, {
      name: physicalName([name, 'connection', key], LIMITS.networkResource),
      resourceGroupName: gateway.resourceGroupName,
      location: gateway.region,
      type: 'ExpressRoute',
      virtualNetworkGatewayId: circuitGatewayId,
      expressRouteCircuitId: circuit.id,
      tags: resourceTags(tags),
      dependsOn: gateway.dependables.length === 0 ? undefined : [...gateway.dependables],
    });
  }
}

const MBPS_PER_GBPS = 1000;

function locationOf(scope: Construct, { name, gateway, location }: InterconnectProps): string {
  const found = location ?? AZURE_PEERING_LOCATIONS.find(({ region }) => region === gateway.region)?.location;
  if (found !== undefined) return found;
  const regions = AZURE_PEERING_LOCATIONS.map(({ region }) => region).join(', ');
  const what = `no peering location is known for ${gateway.region}, where link ${name} meets Oracle Cloud (known: ${regions})`;
  throw new ConstructError(scope, 'AccessMissing', `${what}: say one`);
}

function gatewayMissing(scope: Construct, name: string): ConstructError {
  const what = `the gateway of link ${name} has no circuits: give it the kind "interconnect"`;
  return new ConstructError(scope, 'AccessMissing', what);
}

function check(scope: Construct, { name, gateway, gbps, isOrigin, tags }: InterconnectProps): void {
  checkName(scope, 'a link', name);
  checkTags(scope, `link ${name}`, tags);
  if (gateway.circuitGatewayId === undefined) throw gatewayMissing(scope, name);
  if (!Number.isInteger(gbps * MBPS_PER_GBPS) || gbps <= 0) {
    const what = `link ${name} is to carry ${gbps} Gbit/s: a circuit takes whole Mbit/s, such as 1, 2, 5 or 10 Gbit/s`;
    throw new ConstructError(scope, 'SizeInvalid', what);
  }
  if (isOrigin) return;
  const what = `link ${name} is said to be ordered at its other end: a circuit to Oracle Cloud is ordered at Azure`;
  throw new ConstructError(scope, 'AccessMissing', `${what}; set isOrigin`);
}
