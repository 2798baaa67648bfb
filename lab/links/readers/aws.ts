import { isJsonObject, type JsonObject, memberOf } from '../../../terraform/document';
import { hostsOf } from '../addresses';
import { keyOfReference } from '../keys';
import type { HalfTunnel } from '../side';
import { blocksAt, named, numberAt, numberMaybe, type SideReader, textAt } from './documents';

/** Algorithms by their names in VPN connections: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html, 2026-11. */
const CIPHERS = {
  AES128: 'AES128',
  AES256: 'AES256',
  'AES128-GCM-16': 'AES128-GCM16',
  'AES256-GCM-16': 'AES256-GCM16',
} as const;

interface Resource {
  readonly type: string;
  readonly properties: JsonObject;
}

/** Resources of a template by their logical ids. */
function resourcesOf(template: JsonObject): ReadonlyMap<string, Resource> {
  return new Map(
    Object.entries(memberOf(template, 'Resources')).flatMap(([id, resource]) =>
      isJsonObject(resource)
        ? [[id, { type: textAt(resource, 'Type'), properties: memberOf(resource, 'Properties') }] as const]
        : [],
    ),
  );
}

const ofType = (resources: ReadonlyMap<string, Resource>, type: string): JsonObject[] =>
  [...resources.values()].flatMap((resource) => (resource.type === type ? [resource.properties] : []));

/** Logical id that a property takes an attribute of. */
function idAt(properties: JsonObject, name: string): string {
  const reference = memberOf(properties, name)['Fn::GetAtt'];
  return Array.isArray(reference) ? String(reference[0]) : '';
}

const valuesAt = (options: JsonObject, name: string): unknown[] =>
  blocksAt(options, name).map(({ Value: value }) => value);
const ciphersAt = (options: JsonObject, name: string) =>
  valuesAt(options, name).map((value) => named(CIPHERS, String(value)));

function tunnelOf(options: JsonObject, peer: JsonObject, outside: string): HalfTunnel {
  const insideCidr = textAt(options, 'TunnelInsideCidr');
  // AWS takes the first address of a range, and gives the second to the peer.
  const [inside = '', peerInside = ''] = hostsOf(insideCidr);
  const [, secret = ''] = /^\{\{resolve:secretsmanager:([^:]+):/.exec(textAt(options, 'PreSharedKey')) ?? [];
  return {
    key: insideCidr,
    outside,
    peerOutside: textAt(peer, 'IpAddress'),
    insideCidr,
    inside,
    peerInside,
    peerAsn: numberMaybe(peer, 'BgpAsn') ?? numberAt(peer, 'BgpAsnExtended'),
    ike: {
      version: 2,
      encryption: ciphersAt(options, 'Phase1EncryptionAlgorithms'),
      integrity: valuesAt(options, 'Phase1IntegrityAlgorithms').map(String),
      dhGroups: valuesAt(options, 'Phase1DHGroupNumbers').map(Number),
      lifetimeSeconds: numberMaybe(options, 'Phase1LifetimeSeconds'),
    },
    esp: {
      encryption: ciphersAt(options, 'Phase2EncryptionAlgorithms'),
      integrity: valuesAt(options, 'Phase2IntegrityAlgorithms').map(String),
      pfsGroups: valuesAt(options, 'Phase2DHGroupNumbers').map(Number),
      lifetimeSeconds: numberMaybe(options, 'Phase2LifetimeSeconds'),
    },
    preSharedKey: keyOfReference(secret),
    initiates: textAt(options, 'StartupAction') === 'start',
  };
}

/** Reads a side on AWS: a transit gateway, what its table says of the network, and VPN connections. */
export const readAwsSide: SideReader = ({ site, gateway, link, exchange }) => {
  const own = resourcesOf(gateway);
  const made = resourcesOf(link.document);
  const told = exchange.tunnels[link.key]?.[site] ?? {};
  const [transit = {}] = ofType(own, 'AWS::EC2::TransitGateway');
  return {
    site,
    cloud: 'aws',
    asn: numberAt(transit, 'AmazonSideAsn'),
    prefixes: ofType(own, 'AWS::EC2::TransitGatewayRoute').map((route) => textAt(route, 'DestinationCidrBlock')),
    tunnels: ofType(made, 'AWS::EC2::VPNConnection').flatMap((connection) => {
      const peer = made.get(idAt(connection, 'CustomerGatewayId'))?.properties ?? {};
      return blocksAt(connection, 'VpnTunnelOptionsSpecifications').map((options) =>
        tunnelOf(options, peer, told[textAt(options, 'TunnelInsideCidr')] ?? ''),
      );
    }),
  };
};
