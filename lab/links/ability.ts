import { type Bed, openBed } from './bed';
import { FRR_PACKAGES, STRONGSWAN_PACKAGES } from './packages';
import { findPrograms, isThere, type Programs, programFolders, versionsOf } from './programs';

/** How much of a connection a machine can bring up, from everything on. */
export const MODES = {
  esp: 'IKE, ESP in user space over TUN, and BGP inside of the tunnels',
  child: 'IKE to the child SA, which the kernel has; BGP over plain pairs of interfaces, not inside of the tunnels',
  ike: 'IKE without child SAs, for want of ESP; its proposals were only compared; BGP over plain pairs of interfaces',
} as const;

/** A way of bringing connections up: see `MODES`. */
export type Mode = keyof typeof MODES;

/** What this machine can do. */
export interface Ability {
  readonly programs: Programs;
  readonly mode: Mode;
  /** Versions of the programs, such as `FRR 8.4.4`. */
  readonly versions: readonly string[];
}

const LIBIPSEC = ['/usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so'];

/** A key of no meaning, for asking the kernel whether it knows ESP. */
const ASK_KERNEL = `ip xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1000 reqid 1 mode tunnel aead 'rfc4106(gcm(aes))' 0x${'00'.repeat(36)} 128`;

/** What beds are made of; a kernel or container that lacks one of it can bring nothing up. */
const ASK_NETWORK = [
  'ip netns add probe',
  'ip link add p0 type veth peer name p1 netns probe',
  'echo 1 > /proc/sys/net/ipv4/conf/p0/proxy_arp',
  'ip link set p0 up',
  'ip route add default dev p0 table 100',
  'ip rule add from 192.0.2.1 to 192.0.2.2 lookup 100 pref 1000',
  'ip rule add from 192.0.2.1 to 192.0.2.2 blackhole pref 500',
].join(' && ');

async function modeOf(bed: Bed): Promise<Mode> {
  const network = await bed.run(ASK_NETWORK);
  if (network.code !== 0) throw new Error(network.output.trim());
  const tun = await bed.run('ip tuntap add dev probe mode tun && ip link del probe');
  if (tun.code === 0 && LIBIPSEC.some(isThere)) return 'esp';
  return (await bed.run(ASK_KERNEL)).code === 0 ? 'child' : 'ike';
}

/** Finds out what this machine can do; otherwise why it can do nothing, with what to do about it. */
export async function findAbility(
  folders: readonly string[] = programFolders(),
): Promise<Ability | { readonly cannot: string }> {
  const programs = findPrograms(folders);
  if ('missing' in programs) {
    const packages = [...FRR_PACKAGES, ...STRONGSWAN_PACKAGES].join(' ');
    return { cannot: `there is no ${programs.missing.join(', ')}; "apt-get install ${packages}" as root brings them` };
  }
  if (process.getuid?.() !== 0) {
    return { cannot: 'network namespaces with services in them need root; run it as root' };
  }
  try {
    const bed = await openBed();
    try {
      return { programs, mode: await modeOf(bed), versions: await versionsOf(programs) };
    } finally {
      await bed.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { cannot: `network namespaces are not allowed here: ${reason}; a container has to be privileged` };
  }
}
