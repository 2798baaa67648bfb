import { z } from 'zod';
import type { DeviceSheet, DeviceTunnel } from '../../estate/report/link-devices';
import type { LinkRow, LinksReport, PairRow, PendingRow, TunnelRow } from '../../estate/report/links';
import { LINK_KINDS } from '../../estate/spec/schema-links';
import { amount, count, objectOf, text, texts } from './parts';

const asn = (meaning: string) => z.int().min(0).describe(meaning);
const textOrNull = (meaning: string) => z.union([z.string(), z.null()]).describe(meaning);

const deviceTunnel = objectOf<DeviceTunnel>()({
  tunnel: text('Number of the tunnel in its link.'),
  device: text('Public address of the device.'),
  gateway: textOrNull('Public address of the gateway; null until it is known.'),
  insideCidr: text('Range inside of the tunnel.'),
  deviceInside: text('Address of the device inside of the tunnel.'),
  gatewayInside: text('Address of the gateway inside of the tunnel, the peer of BGP.'),
  presharedKey: text('Name of the secret of Secrets Manager, or of the Terraform variable, that holds the key.'),
});

const devices = objectOf<DeviceSheet>()({
  place: text('Place of the company.'),
  site: text('Key of the site.'),
  asn: asn('Number of the autonomous system of the company.'),
  gatewayAsn: asn('Number of that of the gateway.'),
  from: text('Stack that tells the public addresses of the gateway once it is applied.'),
  announces: texts('Blocks that the company announces.'),
  learns: texts('Blocks that it learns.'),
  proposal: z
    .strictObject({
      ikeVersion: z.literal(2).describe('Version of IKE.'),
      ike: z
        .strictObject({
          encryption: z.literal('aes256').describe('Encryption.'),
          integrity: z.literal('sha384').describe('Integrity and pseudo-random function.'),
          dhGroup: z.literal(20).describe('Diffie-Hellman group by its IANA number.'),
          lifetimeSeconds: count('For how long it holds.'),
        })
        .describe('Of the connection that keys are agreed in.'),
      esp: z
        .strictObject({
          encryption: z.literal('aes256gcm16').describe('Encryption, which has its own integrity.'),
          pfsGroup: z.literal(20).describe('Diffie-Hellman group of perfect forward secrecy.'),
          lifetimeSeconds: count('For how long it holds.'),
        })
        .describe('Of the packets.'),
    })
    .describe('The one proposal that the gateway takes.'),
  tunnels: z.array(deviceTunnel).describe('Tunnels, as the devices have them.'),
});

const linkRow = objectOf<LinkRow>()({
  link: text('Key of the link.'),
  kind: z.enum(LINK_KINDS).describe('What it is made of.'),
  sites: texts('Both ends; the place of the company comes last.'),
  gbps: amount('Bandwidth, Gbit/s.'),
  availability: z.literal([1, 2]).describe('Paths that have to be left one short.'),
  via: text('Site that it leads through, making nothing of its own.').optional(),
  asns: z.array(asn('Number.')).describe('Numbers of the autonomous systems of its ends, for tunnels.'),
  tunnels: z
    .array(
      objectOf<TunnelRow>()({
        tunnel: text('Number of the tunnel in its link.'),
        insideCidr: text('Range inside of the tunnel.'),
        inside: texts('Address of each end inside of the tunnel.'),
        outside: z.array(textOrNull('Public address.')).describe('Public address of each end; null until it is known.'),
      }),
    )
    .describe('Its tunnels.'),
  circuits: texts('Numbers of its circuits.'),
  state: z
    .enum(['ready', 'incomplete', 'pending'])
    .describe('What is missing that is known only after an apply: nothing, what completes it, or what it waits for.'),
  pending: z
    .array(
      objectOf<PendingRow>()({
        stack: text('Stack of the half that waits.'),
        path: text('What it waits for, by its place in the exchange file.'),
        from: text('Stack that tells it once it is applied.'),
      }),
    )
    .describe('What its halves wait for.'),
  completes: z
    .array(
      objectOf<PendingRow>()({
        stack: text('Stack of the half that is applied again.'),
        path: text('What completes it, by its place in the exchange file.'),
        from: text('Stack that tells it once it is applied.'),
      }),
    )
    .describe('What its halves are applied again for, and carry nothing without.'),
  singlePoints: texts('Parts whose loss alone cuts its ends from each other.'),
  devices: devices.optional().describe('What the company sets up; absent where both ends are sites.'),
});

/** What `estate show links --json` prints. */
export const linksDocument = objectOf<LinksReport>()({
  rows: z.array(linkRow).describe('Links, sorted by key.'),
  pairs: z
    .array(
      objectOf<PairRow>()({
        ends: texts('Both ends.'),
        links: texts('Keys of the links between them.'),
        paths: texts('Every path between them: tunnels, circuits, peerings, and two links through a site.'),
        left: texts('Paths that are left without what is lost.'),
        lost: texts('Paths that are not.'),
        endLost: z.boolean().describe('Whether an end itself is lost.'),
        singlePoints: texts('Parts whose loss alone cuts them.'),
      }),
    )
    .describe('Ends that links join.'),
  lose: texts('Parts that are lost, as `--lose` names them.'),
});
