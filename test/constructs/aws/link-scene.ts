import type { Stack } from 'aws-cdk-lib/core';
import { Gateway, type GatewayProps, type VpnTunnel } from '../../../constructs/aws';
import { network } from './scene';

/** A gateway of the network of the scene. */
export function gateway(stack: Stack, changes: Partial<GatewayProps> = {}): Gateway {
  return new Gateway(stack, 'gateway', {
    name: 'atlas-dallas-gateway',
    network: changes.network ?? network(stack),
    asn: 64512,
    advertised: ['10.64.0.0/16'],
    reached: ['10.80.0.0/16'],
    ...changes,
  });
}

/** A tunnel of the given number, of a connection that has two. */
export function tunnel(number: number): VpnTunnel {
  const connection = Math.floor((number - 1) / 2);
  return {
    key: String(number),
    insideCidr: `169.254.64.${(number - 1) * 4}/30`,
    inside: `169.254.64.${(number - 1) * 4 + 1}`,
    peerInside: `169.254.64.${(number - 1) * 4 + 2}`,
    interface: number - 1,
    connection,
    peerInterface: connection,
    peerOutside: `203.0.113.${connection + 1}`,
    presharedKey: `{{resolve:secretsmanager:atlas/links/cross/${number}:SecretString:::}}`,
  };
}
