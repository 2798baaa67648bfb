import { isIPv4 } from 'node:net';
import { z } from 'zod';
import type { HalfSide } from './side';

/** What zebra is told of a gateway. */
export function zebraConf(name: string): string {
  return `hostname ${name}\nlog file /run/lab/${name}/zebra.log\n`;
}

/** What bgpd is told of a gateway: who it is, its sessions, and what it advertises. Its timers are those of a lab. */
export function bgpdConf(name: string, { asn, prefixes, tunnels }: HalfSide): string {
  const sessions = tunnels.flatMap(({ peerInside, peerAsn }) => [
    ` neighbor ${peerInside} remote-as ${peerAsn}`,
    ` neighbor ${peerInside} timers 1 3`,
    ` neighbor ${peerInside} timers connect 1`,
    ` neighbor ${peerInside} advertisement-interval 0`,
  ]);
  return [
    `hostname ${name}`,
    `log file /run/lab/${name}/bgpd.log`,
    `router bgp ${asn}`,
    ` bgp router-id ${tunnels[0]?.inside ?? '0.0.0.1'}`,
    ' no bgp ebgp-requires-policy',
    ' no bgp network import-check',
    ...sessions,
    ' address-family ipv4 unicast',
    ...prefixes.map((cidr) => `  network ${cidr}`),
    '  maximum-paths 16',
    ' exit-address-family',
    '',
  ].join('\n');
}

/** A session as its gateway tells it. */
export interface SessionSeen {
  readonly isUp: boolean;
  readonly localAsn: number;
  /** What it last ended with, such as "OPEN Message Error/Bad Peer AS"; empty where it did not. */
  readonly reason: string;
  /** Ranges that it brought. */
  readonly received: readonly string[];
}

/** What a gateway knows: its sessions by the inside address of the peer, and where its routes lead. */
export interface GatewaySeen {
  readonly sessions: ReadonlyMap<string, SessionSeen>;
  /** Ranges in its routing table that BGP brought, with the inside addresses of the peers that they lead to. */
  readonly routes: ReadonlyMap<string, readonly string[]>;
}

const NEIGHBOURS = z.record(
  z.string(),
  z.looseObject({ localAs: z.number(), bgpState: z.string(), lastNotificationReason: z.string().optional() }),
);
const TABLE = z.looseObject({
  routes: z.record(
    z.string(),
    z.array(z.looseObject({ valid: z.boolean().optional(), peerId: z.string().optional() })),
  ),
});
const ROUTES = z.record(
  z.string(),
  z.array(
    z.looseObject({
      installed: z.boolean().optional(),
      nexthops: z.array(z.looseObject({ ip: z.string().optional(), active: z.boolean().optional() })).default([]),
    }),
  ),
);

/** What is asked of a gateway, in the order in which `readGateway` wants the answers. */
export const QUESTIONS: readonly string[] = [
  'show bgp neighbors json',
  'show bgp ipv4 unicast json',
  'show ip route bgp json',
];

function parsed<T>(schema: z.ZodType<T>, text: string | undefined, nothing: T): T {
  const start = text?.indexOf('{') ?? -1;
  if (text === undefined || start < 0) return nothing;
  try {
    const read = schema.safeParse(JSON.parse(text.slice(start, text.lastIndexOf('}') + 1)));
    return read.success ? read.data : nothing;
  } catch {
    return nothing;
  }
}

/** Reads the answers to `QUESTIONS`; a daemon that does not answer yet has no sessions and no routes. */
export function readGateway(answers: readonly string[]): GatewaySeen {
  const neighbours = parsed(NEIGHBOURS, answers[0], {});
  const table = parsed(TABLE, answers[1], { routes: {} }).routes;
  const routes = parsed(ROUTES, answers[2], {});
  const sessions = Object.entries(neighbours)
    .filter(([peer]) => isIPv4(peer))
    .map(([peer, { localAs, bgpState, lastNotificationReason = '' }]): [string, SessionSeen] => [
      peer,
      {
        isUp: bgpState === 'Established',
        localAsn: localAs,
        reason: lastNotificationReason,
        received: Object.entries(table)
          .filter(([, paths]) => paths.some(({ valid, peerId }) => valid === true && peerId === peer))
          .map(([range]) => range),
      },
    ]);
  const leading = Object.entries(routes).map(([range, entries]): [string, string[]] => [
    range,
    entries
      .filter(({ installed }) => installed === true)
      .flatMap(({ nexthops }) =>
        nexthops.flatMap(({ ip, active }) => (active === true && ip !== undefined ? [ip] : [])),
      ),
  ]);
  return { sessions: new Map(sessions), routes: new Map(leading) };
}
