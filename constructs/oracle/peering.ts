import { Construct } from 'constructs';
import { CoreRemotePeeringConnection } from '../../.gen/providers/oci/core-remote-peering-connection';
import type { ITerraformDependable } from '../cdktf';
import { ConstructError } from '../errors';
import { checkId, checkName, checkTags } from './checks';
import type { IGateway } from './gateway';
import { type TagOptions, tagArguments } from './names';

/** The end of a peering that accepts, as the one that asks knows it. */
export interface PeeringPeer {
  /** OCID of its remote peering connection. */
  readonly peeringId: string;
  /** Region that it is in. */
  readonly region: string;
}

/** Options of a {@link Peering}. */
export interface PeeringProps extends TagOptions {
  /** Its name. */
  readonly name: string;
  /** Gateway at the own end. */
  readonly gateway: IGateway;
  /** Whether this end asks for it; the other one is there before. */
  readonly isOrigin: boolean;
  /** The other end, where this one asks. @default - none: this end accepts */
  readonly peer?: PeeringPeer;
}

/**
 * One end of a peering of two gateways (remote peering connection), in regions and compartments of their own.
 *
 * Whoever applies the end that asks has to be allowed to ask, and by the compartment of the other end too.
 */
export class Peering extends Construct {
  /** OCID of this end. */
  readonly peeringId: string;
  /** What has to exist before anything goes through it. */
  readonly dependables: readonly ITerraformDependable[];

  /**
   * @throws ConstructError with `IdInvalid`, `NameInvalid` or `TagInvalid` when Oracle Cloud would refuse it
   */
  constructor(scope: Construct, id: string, props: PeeringProps) {
    super(scope, id);
    const { name, gateway, isOrigin, peer } = props;
    checkName(this, name);
    checkTags(this, props);
    if (peer !== undefined) checkId(this, peer.peeringId, 'remotepeeringconnection');
    if (isOrigin !== (peer !== undefined)) {
      const way = isOrigin ? 'give peer, or isOrigin: false' : 'leave peer out, or give isOrigin: true';
      throw new ConstructError(this, 'IdInvalid', `the end that asks for a peering knows the other one; ${way}`);
    }
    const peering = new CoreRemotePeeringConnection(this, 'Resource', {
      compartmentId: gateway.compartmentId,
      drgId: gateway.gatewayId,
      displayName: name,
      ...(peer !== undefined && { peerId: peer.peeringId, peerRegionName: peer.region }),
      ...tagArguments(props),
    });
    this.peeringId = peering.id;
    this.dependables = [peering];
  }
}
