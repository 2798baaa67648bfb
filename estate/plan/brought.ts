import { CATALOG, type RangeUser, type SubnetRow } from '../catalog';
import { cidr, cidrSize } from '../cidr';
import type { Diagnostic } from '../diagnostics';
import type { ExcludedBlock } from '../spec/excluded';
import { andList, counted, joined, quote } from '../spec/words';
import { compareKeys, formatCount, groupBy, sortedEntries } from '../units';
import type { BroughtNetwork, BroughtSubnet, SiteAddresses } from './address-types';
import type { ExistingSubnet } from './existing-types';
import { leastAddresses, type RangeNeed } from './range-size';
import { type Request, requestsOf, type SiteDemand } from './requests';

/** A subnet with its key in the estate file. */
interface Named extends BroughtSubnet {
  readonly name: string;
}

/** The blocks of networks that exist already, which all other networks keep clear of. */
export function broughtBlocks(demands: readonly SiteDemand[]): readonly ExcludedBlock[] {
  return demands.flatMap(({ path, brought }) =>
    (brought?.cidrs ?? []).map((block, index) => ({
      block: cidr(block),
      why: `which the network of ${quote(path.slice(path.indexOf('.') + 1))} has`,
      path: [...path.split('.'), 'network', 'existing', 'cidrs', index],
    })),
  );
}

/** Finds a subnet that exists for every range of a site, and says what is missing or too small. */
export function planBrought(
  demand: SiteDemand,
  { cidrs, subnets, users, joined }: BroughtNetwork,
  diagnostics: Diagnostic[],
): SiteAddresses {
  const named = sortedEntries(subnets).map(([name, subnet]): Named => ({ ...subnet, name }));
  const found = requestsOf(demand).map((request) => ({ request, subnet: subnetFor(request, named) }));
  const missing = found.flatMap(({ request, subnet }) =>
    subnet === undefined && isNeeded(request, users, joined) ? [request] : [],
  );
  diagnostics.push(...missing.map((request) => subnetMissing(demand, request)));
  const used = found.flatMap(({ request, subnet }) => (subnet === undefined ? [] : [{ request, subnet }]));
  for (const [, sharers] of groupBy(used, ({ subnet }) => subnet.name)) {
    const [first] = sharers;
    if (first === undefined) continue;
    const small = tooSmall(
      demand,
      first.subnet,
      first.request.row,
      sharers.map(({ request }) => request.need),
    );
    if (small !== undefined) diagnostics.push(small);
    const reason = whyNotShared(first.request.row, sharers, used);
    if (reason !== undefined) diagnostics.push(subnetShared(demand, first.subnet, sharers, reason));
  }
  const existing = used
    .map(({ request, subnet: { id, cidr: range, securityGroup } }): ExistingSubnet => {
      return { ...request.subnet, cidr: range, id, ...(securityGroup !== undefined && { securityGroup }) };
    })
    .sort((one, other) => compareKeys(one.key, other.key));
  return { cidrs, subnets: existing.map(({ id: _id, securityGroup: _group, ...subnet }) => subnet), existing };
}

/** The subnet of its own, else the one that all share. */
function subnetFor({ row, subnet }: Request, named: readonly Named[]): Named | undefined {
  const ofRole = named.filter(({ role }) => role === row.role);
  const { ordinal = 1, zone, owner } = subnet;
  if (row.per === 'zone') return ofRole.find((one) => one.zone === zone && one.ordinal === ordinal);
  if (row.per === 'site' || row.per === 'gateway') return ofRole.find((one) => one.ordinal === ordinal);
  return ofRole.find((one) => one.owner === owner) ?? ofRole.find((one) => one.owner === undefined);
}

function isNeeded({ row, subnet }: Request, users: readonly RangeUser[], joined: readonly string[]): boolean {
  const isJoined = row.per === 'shard' && joined.includes(subnet.owner ?? '');
  const present = isJoined ? users.filter((user) => user === 'pool') : users;
  return row.neededBy.some((user) => present.includes(user));
}

function subnetMissing({ cloud, path }: SiteDemand, { row, subnet }: Request): Diagnostic {
  const { ordinal = 1, zone, owner } = subnet;
  const place = zone === undefined ? (owner === undefined ? '' : ` for ${quote(owner)}`) : ` in zone ${quote(zone)}`;
  const keys = [...(zone === undefined ? [] : [`zone: ${zone}`]), ...(ordinal === 1 ? [] : [`range: ${ordinal}`])];
  const users = joined(
    row.neededBy.map((user) => USERS[user]),
    'and',
  );
  return {
    code: 'SubnetMissing',
    severity: 'error',
    path: `${path}.network.existing.subnets`,
    value: row.role,
    message: `the network has no${ordinal === 1 ? '' : ' further'} subnet of role "${row.role}"${place}, and ${users} on ${CATALOG[cloud].title} cannot do without`,
    hint: `add one with ${[`role: ${row.role}`, ...keys].join(', ')}`,
  };
}

/** A range that a site asks for, with the subnet that was found for it. */
interface Found {
  readonly request: Request;
  readonly subnet: Named;
}

/** Why several things cannot have one subnet; undefined where they can. */
function whyNotShared(row: SubnetRow, sharers: readonly Found[], used: readonly Found[]): string | undefined {
  if (row.alone && sharers.length > 1) return `the service wants one of role "${row.role}" for each`;
  if (row.per !== 'shard' || row.space === 'routable') return undefined;
  // Ranges of pods and services are parts of the subnet that the nodes of the shard lie in.
  const owners = sharers.map(({ request }) => request.subnet.owner);
  const nodes = used.filter(({ request }) => request.row.role === 'nodes' && owners.includes(request.subnet.owner));
  return new Set(nodes.map(({ subnet }) => subnet.id)).size > 1
    ? 'it is part of the subnet of the nodes of one of them'
    : undefined;
}

function subnetShared({ path }: SiteDemand, { name }: Named, sharers: readonly Found[], reason: string): Diagnostic {
  const owners = sharers.flatMap(({ request }) => request.subnet.owner ?? []);
  return {
    code: 'SubnetShared',
    severity: 'error',
    path: `${path}.network.existing.subnets.${name}`,
    value: name,
    message: `${andList(owners)} would share this subnet, and ${reason}`,
    hint: `add one for each, with "${sharers[0]?.request.row.per === 'shard' ? 'cluster' : 'store'}: …"`,
  };
}

const USERS: Readonly<Record<RangeUser, string>> = {
  cluster: 'clusters',
  pool: 'pools',
  'file-system': 'file systems',
  'object-store': 'object stores',
  key: 'keys',
  gateway: 'gateways',
};

function tooSmall(
  { path }: SiteDemand,
  { name, cidr: range }: Named,
  row: SubnetRow,
  needs: readonly RangeNeed[],
): Diagnostic | undefined {
  const need: RangeNeed = {
    nodes: needs.flatMap(({ nodes }) => nodes),
    fileSystems: needs.flatMap(({ fileSystems }) => fileSystems),
  };
  const block = cidr(range);
  const found = {
    code: 'SubnetSmall',
    severity: 'error',
    path: `${path}.network.existing.subnets.${name}.cidr`,
    value: range,
  } as const;
  const { longestPrefix = 32 } = row;
  if (block.prefix > longestPrefix) {
    const message = `${range} is smaller than a /${longestPrefix}, the least that the service takes for "${row.role}"`;
    return { ...found, message, hint: 'give a larger subnet' };
  }
  const least = leastAddresses(row, need);
  if (least <= cidrSize(block)) return undefined;
  const nodes = need.nodes.reduce((total, member) => total + member.nodes, 0);
  const holders = [
    ...(nodes > 0 ? [counted(nodes, 'node')] : []),
    ...(need.fileSystems.length > 0 ? [counted(need.fileSystems.length, 'file system')] : []),
  ];
  return {
    ...found,
    message: `${range} has ${counted(cidrSize(block), 'address', 'addresses')}, and ${formatCount(least)} are needed for ${holders.join(' and ')}`,
    hint: `give a larger subnet, or ${row.appends === true ? 'a further one of its role and zone with "range: 2"' : 'one of its own to some of what shares it'}`,
  };
}
