import type { Mode } from './ability';
import { bitsOf, hostOf } from './addresses';
import { writing } from './bed';
import { bgpdConf, zebraConf } from './frr';
import type { Programs } from './programs';
import { type BedTunnel, bedTunnels, counterpart, facing, gatewayOf, opening, type Sides } from './side';
import { strongswanConf, swanctlConf } from './strongswan';

/** Port on which gateways answer, to see whether routes carry anything. */
const PORT = 7;

/** First number of routing tables of the network between the sides. */
const FIRST_TABLE = 100;

const folderOf = (name: string) => `/run/lab/${name}`;
const inside = (name: string, script: string) => `ip netns exec ${name} sh -c '${script}'`;
const proc = (name: string, value: number) => `echo ${value} > /proc/sys/net/ipv4/${name}`;

const ANY_WAY_BACK = [proc('conf/all/rp_filter', 0), proc('conf/default/rp_filter', 0)].join('; ');

function waitFor(files: readonly string[]): string {
  const there = files.map((file) => `[ -S ${file} ]`).join(' && ');
  return `n=0; until ${there}; do n=$((n + 1)); [ $n -lt 200 ] || exit 1; sleep 0.05; done`;
}

/** Commands of several tunnels or gateways, at the same time. */
function together(scripts: readonly string[]): string {
  return ['(', ...scripts.map((script) => `(\n${script}\n) &`), 'wait', ')'].join('\n');
}

/**
 * The public end of one tunnel: a namespace with its address, and a line to the network between the sides.
 *
 * That network carries what comes from the peer that the side was told of, and nothing else: one address may have several
 * tunnels, and a gateway tells them apart by who sends.
 */
function publicEnd({ id, tunnel }: BedTunnel, table: number, mode: Mode): string {
  const line = `w-${id}`;
  return [
    `ip netns add ${id}`,
    `mkdir ${folderOf(id)}`,
    `ip link add ${line} type veth peer name line netns ${id}`,
    proc(`conf/${line}/proxy_arp`, 1),
    `ip link set ${line} up`,
    inside(id, ANY_WAY_BACK),
    `ip -n ${id} link set lo up`,
    `ip -n ${id} address add ${tunnel.outside}/32 dev line`,
    `ip -n ${id} link set line up`,
    `ip -n ${id} route add default dev line`,
    `ip route add default dev ${line} table ${table}`,
    `ip rule add from ${tunnel.peerOutside} to ${tunnel.outside} lookup ${table} pref 1000`,
    writing(`${folderOf(id)}/strongswan.conf`, strongswanConf(folderOf(id), mode === 'esp' ? 'libipsec' : 'kernel')),
    writing(`${folderOf(id)}/swanctl.conf`, swanctlConf(tunnel)),
  ].join('\n');
}

function gateway(side: 0 | 1, sides: Sides): string {
  const name = gatewayOf(side);
  const hosts = new Set(sides[side].prefixes.flatMap((prefix) => hostOf(prefix) ?? []));
  return [
    `ip netns add ${name}`,
    `mkdir ${folderOf(name)}`,
    inside(name, ANY_WAY_BACK),
    `ip -n ${name} link set lo up`,
    ...[...hosts].map((host) => `ip -n ${name} address add ${host}/32 dev lo`),
    writing(`${folderOf(name)}/zebra.conf`, zebraConf(name)),
    writing(`${folderOf(name)}/bgpd.conf`, bgpdConf(name, sides[side])),
    `chown -R frr:frr ${folderOf(name)}`,
  ].join('\n');
}

/** Commands that build everything but connections: namespaces, lines, configurations, and the daemons of strongSwan. */
export function building(sides: Sides, mode: Mode, { charon, swanctl }: Programs): string {
  const tunnels = bedTunnels(sides);
  return [
    'set -e',
    // Where programs are confined by their path, they could not read what they are told here.
    `cp ${charon} /run/lab/charon`,
    `cp ${swanctl} /run/lab/swanctl`,
    proc('ip_forward', 1),
    ANY_WAY_BACK,
    ...tunnels.map((one, index) => publicEnd(one, FIRST_TABLE + index, mode)),
    gateway(0, sides),
    gateway(1, sides),
    ...tunnels.map(
      ({ id }) =>
        `STRONGSWAN_CONF=${folderOf(id)}/strongswan.conf ip netns exec ${id} /run/lab/charon > ${folderOf(id)}/out 2>&1 &`,
    ),
    waitFor(tunnels.map(({ id }) => `${folderOf(id)}/vici`)),
    together(
      tunnels.map(({ id }) =>
        swanctlOf(id, '--load-all', `--file ${folderOf(id)}/swanctl.conf > ${folderOf(id)}/loaded 2>&1`),
      ),
    ),
    `! grep -L 'loaded connection' ${tunnels.map(({ id }) => `${folderOf(id)}/loaded`).join(' ')} | grep .`,
  ].join('\n');
}

function swanctlOf(id: string, command: string, rest = ''): string {
  return `STRONGSWAN_CONF=${folderOf(id)}/strongswan.conf timeout 30 /run/lab/swanctl ${command} --uri unix://${folderOf(id)}/vici ${rest}`;
}

/** Commands that open the connections, of all tunnels at the same time; what is said stands in files. */
export function openingConnections(sides: Sides): string {
  const tunnels = opening(bedTunnels(sides));
  return together(
    tunnels.map(({ id }) => swanctlOf(id, '--initiate --child t --timeout 20', `> ${folderOf(id)}/said 2>&1`)),
  );
}

/** Commands that make the keys of the child SAs anew: groups of forward secrecy are agreed on only then. */
export function rekeying(ids: readonly string[]): string {
  return together(ids.map((id) => swanctlOf(id, '--rekey --child t', '> /dev/null 2>&1')));
}

/** Commands that print, after a line with the name of a tunnel, its associations and what was said while it was opened. */
export function tellingTunnels(sides: Sides): string {
  return bedTunnels(sides)
    .map(({ id }) =>
      [
        `echo '=== ${id} sas'`,
        swanctlOf(id, '--list-sas --raw', '2>&1'),
        `echo; echo '=== ${id} said'; cat ${folderOf(id)}/said 2>/dev/null`,
        'true',
      ].join('; '),
    )
    .join('\n');
}

function wire({ id, side, tunnel }: BedTunnel, name: string): string[] {
  return [
    `ip -n ${gatewayOf(side)} address add ${tunnel.inside}/${bitsOf(tunnel.insideCidr)} dev ${name}`,
    `ip -n ${gatewayOf(side)} link set ${name} up # ${id}`,
  ];
}

/**
 * Commands that give the gateways their tunnels: the TUN of the daemon, moved to the gateway once its child SA is there
 * (before, strongSwan would refuse to route into it), or a plain pair of interfaces where there is no ESP.
 */
export function joining(sides: Sides, mode: Mode, ids: readonly string[]): string {
  const tunnels = bedTunnels(sides);
  if (mode === 'esp') {
    return tunnels
      .filter(({ id }) => ids.includes(id))
      .flatMap((one) => [
        `ip -n ${one.id} link set ipsec0 netns ${gatewayOf(one.side)} name t-${one.id}`,
        ...wire(one, `t-${one.id}`),
      ])
      .join('\n');
  }
  return tunnels
    .filter(({ side }) => side === 0)
    .flatMap((one) => {
      const other = counterpart(tunnels, one);
      if (other === undefined) return [];
      const [name, peer] = [`t-${one.id}`, `t-${other.id}`];
      return [
        `ip link add ${name} netns ${gatewayOf(one.side)} type veth peer name ${peer} netns ${gatewayOf(other.side)}`,
        ...wire(one, name),
        ...wire(other, peer),
      ];
    })
    .join('\n');
}

const ANSWERING = `require("net").createServer((socket) => socket.on("error", () => 0).end()).listen(${PORT})`;

/** Commands that start the daemons of FRR, and something that answers in the name of every range. */
export function routing({ zebra, bgpd }: Programs): string {
  const daemon = (program: string, kind: string, name: string) =>
    [
      `ip netns exec ${name} ${program} -u frr -g frr -i ${folderOf(name)}/${kind}.pid -z ${folderOf(name)}/zserv`,
      `--vty_socket ${folderOf(name)} -f ${folderOf(name)}/${kind}.conf > ${folderOf(name)}/${kind}.out 2>&1 &`,
    ].join(' ');
  const names = [gatewayOf(0), gatewayOf(1)];
  return [
    ...names.map((name) => daemon(zebra, 'zebra', name)),
    waitFor(names.map((name) => `${folderOf(name)}/zserv`)),
    ...names.map((name) => daemon(bgpd, 'bgpd', name)),
    ...names.map((name) => `ip netns exec ${name} ${process.execPath} -e '${ANSWERING}' > /dev/null 2>&1 &`),
  ].join('\n');
}

/** Commands that print, after a line with the name of a gateway and a number, its answers to questions. */
export function tellingGateways({ vtysh }: Programs, questions: readonly string[]): string {
  return ([0, 1] as const)
    .flatMap((side) =>
      questions.map((question, index) => {
        const name = gatewayOf(side);
        return `echo '=== ${name} ${index}'; timeout 10 ${vtysh} --vty_socket ${folderOf(name)} -c '${question}' 2>/dev/null; echo`;
      }),
    )
    .join('\n');
}

/** Reads what `tellingTunnels` and `tellingGateways` print: texts by their headings. */
export function readTold(output: string): ReadonlyMap<string, string> {
  const [, ...parts] = output.split(/^=== /m);
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(0, end), part.slice(end + 1)];
    }),
  );
}

/** Commands that lose a tunnel of the first side, or bring it back: nothing comes through between its public addresses. */
export function losing(sides: Sides, mode: Mode, id: string, isLost: boolean): string {
  const tunnels = bedTunnels(sides);
  const one = tunnels.find((each) => each.id === id);
  if (one === undefined) return 'true';
  const verb = isLost ? 'add' : 'del';
  if (mode !== 'esp') {
    return [one, counterpart(tunnels, one)]
      .flatMap((end) => end ?? [])
      .map(({ side, tunnel }) => `ip -n ${gatewayOf(side)} rule ${verb} to ${tunnel.peerInside} blackhole pref 500`)
      .join('\n');
  }
  const { outside, peerOutside } = one.tunnel;
  return [
    `ip rule ${verb} from ${outside} to ${peerOutside} blackhole pref 500`,
    `ip rule ${verb} from ${peerOutside} to ${outside} blackhole pref 501`,
  ].join('\n');
}

const ASKING = `const net = require("net");
let left = 0;
for (const [from, to] of JSON.parse(process.argv[1])) {
  left += 1;
  const socket = net.connect({ host: to, port: ${PORT}, localAddress: from });
  const done = (ok) => { socket.destroy(); if (!ok) console.log(from + " " + to); left -= 1; if (left === 0) process.exit(0); };
  socket.setTimeout(4000, () => done(false)).once("error", () => done(false)).once("connect", () => done(true));
}`;

/** Hosts of both sides that are to reach each other: each of one side some of the other. */
export function hostPairs([one, other]: Sides): (readonly [string, string])[] {
  const [from, to] = [one, other].map(({ prefixes }) => prefixes.flatMap((prefix) => hostOf(prefix) ?? []));
  if (from === undefined || to === undefined || from.length === 0 || to.length === 0) return [];
  return Array.from({ length: Math.max(from.length, to.length) }, (_, index) => [
    from[index % from.length] ?? '',
    to[index % to.length] ?? '',
  ]);
}

/** Commands that connect from hosts of the first side to those of the other, and print which do not answer. */
export function reaching(sides: Sides): string {
  const pairs = hostPairs(sides);
  if (pairs.length === 0) return 'true';
  return `ip netns exec ${gatewayOf(0)} timeout 20 ${process.execPath} -e '${ASKING}' '${JSON.stringify(pairs)}'`;
}

/** Names of tunnels whose child SA is to be made anew: those that opened it, where it is there. */
export function openers(sides: Sides, isThere: (id: string) => boolean): string[] {
  const tunnels = bedTunnels(sides);
  return opening(tunnels)
    .filter((one) => isThere(one.id) && facing(tunnels, one) !== undefined)
    .map(({ id }) => id);
}
