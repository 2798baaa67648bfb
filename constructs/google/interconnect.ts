import { ComputeInterconnectAttachment } from '@cdktf/provider-google/lib/compute-interconnect-attachment';
import { ComputeNetworkPeering } from '@cdktf/provider-google/lib/compute-network-peering';
import { Construct, type IConstruct } from 'constructs';
import { GOOGLE_EDGE_DOMAINS, GOOGLE_TRANSPORT } from '../../estate/catalog/google-links';
import type { Tags } from '../../estate/units';
import { TerraformResource } from '../cdktf';
import { ConstructError } from '../errors';
import type { Circuit } from '../links';
import { setNewer } from '../newer-arguments';
import { checkName } from './checks';
import type { IGateway } from './gateway';
import { LIMITS, physicalName, resourceTags } from './names';

/** The provider at the other end, and what it is known by there. */
export type InterconnectPeer =
  | {
      readonly cloud: 'aws';
      /** Region at its end. */
      readonly region: string;
      /** Id of the AWS account that accepts. */
      readonly accountId: string;
    }
  | { readonly cloud: 'oracle' };

/** Options of an {@link Interconnect}. */
export interface InterconnectProps {
  /** First part of the names of what it is made of. */
  readonly name: string;
  /** The gateway at this end. */
  readonly gateway: IGateway;
  /** The provider at the other end. */
  readonly peer: InterconnectPeer;
  /** Its circuits: one with AWS, one or two with Oracle Cloud. */
  readonly circuits: readonly Circuit[];
  /** Bandwidth in Gbit/s; that of circuits with Oracle Cloud is chosen there. */
  readonly gbps: number;
  /** Labels of circuits. @default - none */
  readonly tags?: Tags;
}

/** A circuit that was ordered. */
export interface OrderedCircuit {
  /** Number of the circuit in its link. */
  readonly key: string;
  /** What Google Cloud knows it by, once it exists. */
  readonly id: string;
  /** What the other provider accepts it with: whoever has it can join this network, so it is a secret. */
  readonly orderKey: string;
}

/**
 * Circuits to another provider, ordered at this end; they carry once the other one has accepted their keys.
 *
 * With AWS it is a transport, whose redundancy nobody orders, and a peering with the network that Google makes for it. With
 * Oracle Cloud it is an attachment for each circuit, in availability domains of their own, on the router for partners.
 */
export class Interconnect extends Construct {
  /** Its circuits, in the order that they were given in. */
  readonly circuits: readonly OrderedCircuit[];

  /**
   * @throws ConstructError with `NameInvalid`, `CountInvalid` or `SizeInvalid` when Google Cloud would refuse it
   */
  constructor(scope: Construct, id: string, props: InterconnectProps) {
    super(scope, id);
    const { name, peer, circuits } = props;
    checkName(this, 'name of the interconnect', name);
    const most = peer.cloud === 'aws' ? 1 : GOOGLE_EDGE_DOMAINS.names.length;
    if (circuits.length === 0 || circuits.length > most) {
      const problem = `interconnect "${name}" has ${circuits.length} circuits; with ${peer.cloud} it has ${most === 1 ? '1' : `1 or ${most}`}`;
      throw new ConstructError(this, 'CountInvalid', problem);
    }
    this.circuits = circuits.map(({ key }) =>
      peer.cloud === 'aws' ? this.addTransport(key, peer, props) : this.addAttachment(key, props),
    );
  }

  private addTransport(
    key: string,
    { region, accountId }: Extract<InterconnectPeer, { cloud: 'aws' }>,
    { name, gateway: { network, advertised, dependables }, gbps, tags }: InterconnectProps,
  ): OrderedCircuit {
    const transportName = physicalName([name], LIMITS.transport);
    const { projectId } = network;
    // The resource type is newer than the bindings.
    const transport = new TerraformResource(this, `circuit-${key}`, {
      terraformResourceType: 'google_network_connectivity_transport',
      terraformGeneratorMetadata: { providerName: 'google' },
      dependsOn: [...dependables, ...network.dependables],
    });
    setNewer(transport, 'google_network_connectivity_transport', {
      name: transportName,
      project: projectId,
      region: network.region,
      remote_profile: `projects/${projectId}/locations/${network.region}/remoteTransportProfiles/aws-${region}`,
      bandwidth: bandwidthOf(this, name, gbps),
      remote_account_id: accountId,
      network: network.networkId,
      advertised_routes: advertised,
      labels: resourceTags(this, tags),
    });
    new ComputeNetworkPeering(this, `peering-${key}`, {
      name: physicalName([name], LIMITS.peering),
      network: network.networkId,
      peerNetwork: transport.getStringAttribute('peering_network'),
      // AWS is told of the routes of the transport, and of none that are learned elsewhere.
      exportCustomRoutes: false,
      importCustomRoutes: true,
      stackType: 'IPV4_ONLY',
    });
    return {
      key,
      id: transport.getStringAttribute('id'),
      orderKey: transport.getStringAttribute('generated_activation_key'),
    };
  }

  private addAttachment(key: string, { name, gateway, tags }: InterconnectProps): OrderedCircuit {
    const { network, circuitRouterId, dependables } = gateway;
    const attachment = new ComputeInterconnectAttachment(this, `circuit-${key}`, {
      name: physicalName([name, key], LIMITS.interconnectAttachment),
      project: network.projectId,
      region: network.region,
      type: 'PARTNER',
      router: circuitRouterId,
      edgeAvailabilityDomain: edgeDomain(this, name, key),
      // It carries as soon as the partner has made its end.
      adminEnabled: true,
      labels: resourceTags(this, tags),
      dependsOn: [...dependables],
    });
    return { key, id: attachment.id, orderKey: attachment.pairingKey };
  }
}

/** Where a circuit ends: its number says so, and not where it stands in a list, since nothing moves it later. */
function edgeDomain(scope: IConstruct, name: string, key: string): string {
  const { names } = GOOGLE_EDGE_DOMAINS;
  const found = names[Number(key) - 1];
  if (found !== undefined) return found;
  const numbers = names.map((_, index) => `"${index + 1}"`).join(' or ');
  throw new ConstructError(
    scope,
    'CountInvalid',
    `circuit "${key}" of interconnect "${name}": its key has to be ${numbers}`,
  );
}

function bandwidthOf(scope: IConstruct, name: string, gbps: number): string {
  const found = GOOGLE_TRANSPORT.bandwidths[gbps];
  if (found !== undefined) return found;
  const sold = Object.keys(GOOGLE_TRANSPORT.bandwidths).join(', ');
  throw new ConstructError(scope, 'SizeInvalid', `interconnect "${name}" has ${gbps} Gbit/s; use one of ${sold}`);
}
