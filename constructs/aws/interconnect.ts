import { CfnDirectConnectGateway, CfnDirectConnectGatewayAssociation } from 'aws-cdk-lib/aws-directconnect';
import { CfnConnection } from 'aws-cdk-lib/aws-interconnect';
import { Tags as ResourceTags, Token } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { AWS_GATEWAY_ASNS } from '../../estate/catalog/aws-links';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import type { Circuit } from '../links';
import { AttachmentFinder, associate, propagate } from './attachments';
import { checkName } from './checks';
import type { IEncryptionKey } from './encryption-key';
import type { Gateway } from './gateway';
import { addTags, LIMITS, physicalName } from './names';

/** The other end of circuits. */
export interface InterconnectPeer {
  /** What it is called: its site. */
  readonly name: string;
  /** Account, project or tenancy that it belongs to, which the end that orders has to know. @default - not known */
  readonly accountId?: string;
}

/** Options of an {@link Interconnect}. */
export interface InterconnectProps {
  /** First part of names. */
  readonly name: string;
  /** The gateway at this end. */
  readonly gateway: Gateway;
  /** The other end. */
  readonly peer: InterconnectPeer;
  /** Its circuits. */
  readonly circuits: readonly Circuit[];
  /** What each carries, Gbit/s. */
  readonly gbps: number;
  /** Whether it is ordered at this end; the other one accepts it. */
  readonly isOrigin: boolean;
  /**
   * Id of the pair of regions, which the end that orders has to know: `aws interconnect list-environments` names them.
   *
   * @default - not known
   */
  readonly environmentId?: string;
  /** Encrypts what the function logs that finds the attachment. @default - CloudWatch's own key */
  readonly encryptionKey?: IEncryptionKey;
  /** Labels of everything in it. @default - none */
  readonly tags?: Tags;
}

/**
 * Circuits to another provider, at a gateway of Direct Connect that is attached to the transit gateway.
 *
 * Where they are ordered at this end, AWS has a key for the other one once it is deployed, which no template can tell:
 * `aws interconnect get-connection` does.
 */
export class Interconnect extends Construct {
  /** ARNs of its circuits. */
  readonly circuitIds: readonly string[];

  /** @throws ConstructError with NameInvalid, CountInvalid, IdInvalid, KeyUnsuitable or TagInvalid when AWS would refuse it */
  constructor(scope: Construct, id: string, props: InterconnectProps) {
    super(scope, id);
    const { name, gateway, circuits, encryptionKey, tags = {} } = props;
    this.check(props);
    encryptionKey?.grants.logGroups();
    const resource = new CfnDirectConnectGateway(this, 'Resource', {
      directConnectGatewayName: physicalName([name], LIMITS.directConnectGateway),
      amazonSideAsn: String(circuitAsn(gateway.asn)),
    });
    this.node.defaultChild = resource;
    const gatewayId = resource.attrDirectConnectGatewayId;
    const association = new CfnDirectConnectGatewayAssociation(this, 'gateway-association', {
      directConnectGatewayId: gatewayId,
      associatedGatewayId: gateway.gatewayId,
      allowedPrefixesToDirectConnectGateway: [...gateway.advertised],
    });
    const finder = new AttachmentFinder(this, 'finder', { gateway, encryptionKey });
    const table = new Construct(this, 'table');
    table.node.addDependency(association);
    const { attachmentId } = finder.find(table, 'attachment', gatewayId);
    associate(table, gateway, attachmentId);
    propagate(table, gateway, attachmentId);
    this.circuitIds = circuits.map((circuit) => this.addCircuit(circuit, gatewayId, props));
    addTags(this, tags);
    ResourceTags.of(this).add('Name', name);
  }

  private addCircuit({ key, orderKey }: Circuit, gatewayId: string, props: InterconnectProps): string {
    const { name, peer, gbps, isOrigin, environmentId } = props;
    const attachPoint = { directConnectGateway: gatewayId };
    const accountId = peer.accountId ?? '';
    return new CfnConnection(this, `circuit-${key}`, {
      attachPoint,
      description: `${name}-${key}`,
      ...(isOrigin
        ? { bandwidth: `${gbps}Gbps`, environmentId, remoteAccount: { identifier: accountId } }
        : { activationKey: orderKey }),
    }).attrArn;
  }

  private check({ name, circuits, isOrigin, peer, environmentId }: InterconnectProps): void {
    checkName(this, name);
    if (circuits.length === 0) {
      throw new ConstructError(this, 'CountInvalid', 'it has no circuits; give one at least');
    }
    if (isOrigin && (environmentId === undefined || peer.accountId === undefined)) {
      throw new ConstructError(
        this,
        'IdInvalid',
        `the environment of the circuit or the account of ${peer.name} is not known; who orders a circuit names both`,
      );
    }
    for (const { key, orderKey } of isOrigin ? [] : circuits) {
      if (orderKey !== undefined && Token.isUnresolved(orderKey)) continue;
      throw new ConstructError(
        this,
        'KeyUnsuitable',
        `circuit "${key}" is ordered at ${peer.name}; give its key as a parameter with NoEcho, which keeps it out of the template`,
      );
    }
  }
}

/** The number of the gateway of Direct Connect, which may not be that of the transit gateway: a long one, one to one. */
function circuitAsn(asn: number): number {
  const { short, long } = AWS_GATEWAY_ASNS;
  return asn > short.last ? asn - long.first + short.first : long.first + asn;
}
