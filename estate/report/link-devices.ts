import { VPN_GATEWAYS, VPN_PROPOSAL, type VpnProposal } from '../catalog/links';
import { outermost } from '../cidr';
import type { LinkPlan, TunnelPlan } from '../plan/links/types';
import { stackName } from '../plan/names';
import { compareKeys } from '../units';
import { wrap } from './excerpt';
import { formatTable, REPORT_WIDTH } from './table';

/** One tunnel, as a device of the company has it. */
export interface DeviceTunnel {
  readonly tunnel: string;
  /** Public address of the device. */
  readonly device: string;
  /** Public address of the gateway; null until it is known. */
  readonly gateway: string | null;
  /** Range inside of the tunnel. */
  readonly insideCidr: string;
  /** Address of the device inside of the tunnel. */
  readonly deviceInside: string;
  /** Address of the gateway inside of the tunnel: the peer of BGP. */
  readonly gatewayInside: string;
  /** Name of the key that both ends share: a secret of Secrets Manager on AWS, elsewhere a Terraform variable. */
  readonly presharedKey: string;
}

/** What the network engineers of the company set up for a link; the keys themselves stand nowhere. */
export interface DeviceSheet {
  /** Name of the place of the company. */
  readonly place: string;
  readonly site: string;
  /** Number of the autonomous system of the company. */
  readonly asn: number;
  /** Number of that of the gateway. */
  readonly gatewayAsn: number;
  /** Stack that tells the public addresses of the gateway once it is applied. */
  readonly from: string;
  /** Blocks that the company announces. */
  readonly announces: readonly string[];
  /** Blocks that it learns, with those behind the site that it is led on to. */
  readonly learns: readonly string[];
  /** The one proposal that the gateway takes. */
  readonly proposal: VpnProposal;
  readonly tunnels: readonly DeviceTunnel[];
}

/** What the company sets up for a link with it; undefined for others, and for one that leads through a site. */
export function deviceSheetOf(link: LinkPlan, links: readonly LinkPlan[]): DeviceSheet | undefined {
  const [near, far] = link.sides;
  const estate = link.name.slice(0, -link.key.length - 1);
  if (far.peer !== 'on-premises' || link.tunnels.length === 0) return undefined;
  const beyond = links
    .filter(
      ({ via, sides }) => via === near.site && sides.some(({ peer, site }) => peer === far.peer && site === far.site),
    )
    .flatMap(({ sides }) => sides.flatMap(({ peer, prefixes }) => (peer === far.peer ? [] : prefixes)));
  return {
    place: far.site,
    site: near.site,
    asn: far.asn ?? 0,
    gatewayAsn: near.asn ?? 0,
    from: VPN_GATEWAYS[near.peer].role === 'taker' ? (near.stack ?? '') : stackName(estate, near.site, 'gateway'),
    announces: far.prefixes,
    learns: outermost([...new Set([...near.prefixes, ...beyond])].sort(compareKeys)),
    proposal: { ikeVersion: VPN_PROPOSAL.ikeVersion, ike: VPN_PROPOSAL.ike, esp: VPN_PROPOSAL.esp },
    tunnels: link.tunnels.map((tunnel) => deviceTunnel(tunnel, near.peer === 'aws')),
  };
}

function deviceTunnel({ key, insideCidr, ends, presharedKey }: TunnelPlan, isSecret: boolean): DeviceTunnel {
  const [gateway, device] = ends;
  return {
    tunnel: key,
    device: device.outside ?? '',
    gateway: gateway.outside ?? null,
    insideCidr,
    deviceInside: device.inside,
    gatewayInside: gateway.inside,
    presharedKey: isSecret ? presharedKey.secret : presharedKey.variable,
  };
}

/** Words of a proposal as vendors of devices write them. */
const STANDARD_WORDS: Readonly<Record<VpnProposal['ike']['encryption' | 'integrity'] | 'aes256gcm16' | 20, string>> = {
  aes256: 'AES-256-CBC',
  sha384: 'HMAC-SHA2-384',
  aes256gcm16: 'AES-256-GCM with a 16-octet ICV',
  20: 'group 20 (384-bit ECP)',
};

/** The sheet as lines below the name of a link. */
export function formatDevices({ place, site, proposal, ...sheet }: DeviceSheet): readonly string[] {
  const { ike, esp, ikeVersion } = proposal;
  const isPending = sheet.tunnels.some(({ gateway }) => gateway === null);
  const notes = [
    `for the network engineers of ${place}: route-based tunnels with a BGP session inside of each`,
    `IKE: version ${ikeVersion}, ${STANDARD_WORDS[ike.encryption]}, ${STANDARD_WORDS[ike.integrity]}, Diffie-Hellman ${STANDARD_WORDS[ike.dhGroup]}, for ${ike.lifetimeSeconds} s; no other proposal`,
    `ESP: tunnel mode, ${STANDARD_WORDS[esp.encryption]}, perfect forward secrecy with ${STANDARD_WORDS[esp.pfsGroup]}, for ${esp.lifetimeSeconds} s`,
    `BGP: ${place} is AS ${sheet.asn} and announces ${sheet.announces.join(', ')}`,
    `BGP: ${site} is AS ${sheet.gatewayAsn} and announces ${sheet.learns.join(', ')}`,
    ...(isPending ? [`pending: public addresses of ${site}, which ${sheet.from} tells once it is applied`] : []),
  ];
  const table = formatTable(sheet.tunnels, [
    { title: '  tunnel', value: ({ tunnel }) => `  ${tunnel}` },
    { title: 'device', value: ({ device }) => device },
    { title: 'gateway', value: ({ gateway }) => gateway ?? 'pending' },
    {
      title: 'device inside',
      value: ({ deviceInside, insideCidr }) => `${deviceInside}${insideCidr.slice(insideCidr.indexOf('/'))}`,
    },
    { title: 'BGP peer', value: ({ gatewayInside }) => gatewayInside },
    { title: 'pre-shared key', value: ({ presharedKey }) => presharedKey },
  ]);
  return [
    ...notes.flatMap((note) =>
      wrap(note, REPORT_WIDTH - 4).map((line, index) => `${index === 0 ? '  ' : '    '}${line}`),
    ),
    table,
  ];
}
