import { Construct } from 'constructs';
import { CoreVirtualCircuit } from '../../.gen/providers/oci/core-virtual-circuit';
import type { LinkPeer } from '../../estate/catalog/links';
import { ORACLE_BANDWIDTHS } from '../../estate/catalog/oracle-links';
import { cidr, cidrHost } from '../../estate/cidr';
import type { ITerraformDependable } from '../cdktf';
import { ConstructError } from '../errors';
import type { Circuit } from '../links';
import { checkRange } from '../terraform-checks';
import { checkId, checkName, checkTags } from './checks';
import type { IGateway } from './gateway';
import { type TagOptions, tagArguments } from './names';

/** The other provider, as a circuit knows it. */
export interface InterconnectPeer {
  /** What it is. */
  readonly cloud: LinkPeer;
  /** Its region. @default - where the key of the order says */
  readonly region?: string;
  /** Its account, such as that of AWS. @default - that of the key of the order */
  readonly accountId?: string;
}

/** Options of an {@link Interconnect}. */
export interface InterconnectProps extends TagOptions {
  /** First part of the name of its circuits. */
  readonly name: string;
  /** Gateway at the own end. */
  readonly gateway: IGateway;
  /** The other provider. */
  readonly peer: InterconnectPeer;
  /** Circuits, each made in one piece. */
  readonly circuits: readonly Circuit[];
  /** What each carries, Gbit/s. */
  readonly gbps: number;
  /** Whether it is ordered at this end; else the key of the order stands in each circuit. */
  readonly isOrigin: boolean;
  /** OCID of the other provider's service in FastConnect, in the region of the gateway. */
  readonly providerServiceId: string;
}

/** Circuits to another provider (FastConnect with a partner), at the end of Oracle Cloud. */
export class Interconnect extends Construct {
  /** OCIDs of the circuits, in their order. */
  readonly circuitIds: readonly string[];
  /** What has to exist before anything goes through it. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `AccessMissing`, `IdInvalid`, `NameInvalid`, `RangeInvalid`, `SizeInvalid` or
   * `TagInvalid` when Oracle Cloud would refuse it
   */
  constructor(scope: Construct, id: string, props: InterconnectProps) {
    super(scope, id);
    checkName(this, props.name);
    checkTags(this, props);
    checkId(this, props.providerServiceId, 'providerservice');
    const shape = shapeOf(this, props.gbps);
    const circuits = props.circuits.map((circuit) => this.addCircuit(circuit, shape, props));
    this.circuitIds = circuits.map((circuit) => circuit.id);
    this.dependables = circuits;
  }

  private addCircuit(circuit: Circuit, bandwidthShapeName: string, props: InterconnectProps): CoreVirtualCircuit {
    const { name, gateway, peer, isOrigin, providerServiceId } = props;
    const { key, orderKey, insideCidrs = [] } = circuit;
    if (!isOrigin && orderKey === undefined) {
      const what = `circuit "${key}" was ordered at the other end; give the key of that order, or isOrigin: true`;
      throw new ConstructError(this, 'AccessMissing', what);
    }
    return new CoreVirtualCircuit(this, `circuit-${key}`, {
      compartmentId: gateway.compartmentId,
      displayName: `${name}-${key}`,
      type: 'PRIVATE',
      gatewayId: gateway.gatewayId,
      bandwidthShapeName,
      providerServiceId,
      ...(orderKey !== undefined && { providerServiceKeyName: orderKey }),
      // Only AWS has accounts and regions that a circuit is for; elsewhere the key says both.
      ...(peer.cloud === 'aws' && { providerRemoteRegion: peer.region, remoteAccountId: peer.accountId }),
      ...(insideCidrs.length > 0 && { crossConnectMappings: insideCidrs.map((range) => sessionIn(this, range)) }),
      ...tagArguments(props),
    });
  }
}

/** A BGP session in a range: Oracle Cloud takes the first host, since Azure takes the second. */
function sessionIn(scope: Construct, range: string) {
  checkRange(scope, 'range of a BGP session', range);
  const { prefix } = cidr(range);
  return {
    oracleBgpPeeringIp: `${cidrHost(range, 1)}/${prefix}`,
    customerBgpPeeringIp: `${cidrHost(range, 2)}/${prefix}`,
  };
}

function shapeOf(scope: Construct, gbps: number): string {
  const shape = ORACLE_BANDWIDTHS.shapes[gbps];
  if (shape !== undefined) return shape;
  const offered = Object.keys(ORACLE_BANDWIDTHS.shapes).join(', ');
  throw new ConstructError(scope, 'SizeInvalid', `a circuit has ${offered} Gbit/s, got ${gbps}; choose one of them`);
}
