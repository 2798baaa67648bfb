import { CATALOG, CLOUDS, type Cloud, NETWORK_RANGES } from '../../catalog';
import { AZURE_POD_BLOCK, azureReservedClusterRanges } from '../../catalog/azure';
import { GOOGLE_SUBNET_RESERVED } from '../../catalog/google';
import { ORACLE_POD_BLOCK } from '../../catalog/oracle';
import { isPrivateRange, PRIVATE_RANGES } from '../../catalog/ranges';
import { cidr, cidrContains, cidrSize, cidrsOverlap, formatCidr, parseCidr } from '../../cidr';
import { canonicalHint } from '../canonical';
import { companyBlocks, type ExcludedBlock, excludedBlocks, existingBlocks } from '../excluded';
import { poolSize } from '../machine';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { type SharedRanges, sharedRanges } from '../shared-ranges';
import { counted, quote } from '../words';
import type { Finding, Rule } from './rule';
import { type ClusterEntry, clustersOf, poolsIn } from './walk';

/** Longest prefix of the range of services of one cluster that every cloud takes. */
const SMALLEST_SERVICES = 24;

/** A range that sites or clusters use again, and what of it cannot be chosen around something else. */
interface SharedRange {
  readonly path: Path;
  /** What it is for, as part of a sentence. */
  readonly name: string;
  readonly range: string;
  /** Whether the estate file says it. */
  readonly isOwn: boolean;
  /** The part that is used whatever else uses it; undefined where the planner keeps clear of that. */
  readonly fixed: string | undefined;
  /** Clouds whose clusters use it. */
  readonly clouds: readonly Cloud[];
}

/** The ranges of pods, services and fabrics are private, large enough, and clear of what else is used. */
export const sharedRange: Rule = {
  code: 'SharedRange',
  severity: 'error',
  summary: 'the ranges of pods, services and fabrics are private, large enough, and clear of what else is used',
  why: 'what a pod or a node has among its own addresses it cannot reach anywhere else',
  source: 'https://learn.microsoft.com/azure/aks/concepts-network-ip-address-planning',
  checked: '2026-11',
  check(estate, report) {
    const { addressing } = estate;
    const written = [
      [addressing.pods, ['addressing', 'pods']],
      [addressing.services, ['addressing', 'services']],
      [addressing.fabrics?.google, ['addressing', 'fabrics', 'google']],
      [addressing.fabrics?.oracle, ['addressing', 'fabrics', 'oracle']],
    ] as const;
    for (const [text, path] of written) {
      const finding = text === undefined ? undefined : malformed(text, path);
      if (finding !== undefined) report(finding);
    }
    const clusters = clustersOf(estate);
    const ranges = rangesOf(estate, clusters);
    const excluded = [...excludedBlocks(addressing), ...existingBlocks(estate), ...companyBlocks(estate)];
    for (const [index, shared] of ranges.entries()) {
      const others = ranges.slice(0, index);
      const finding = overlap(estate, shared, others) ?? besideNetwork(estate, shared) ?? tooSmall(shared, clusters);
      if (finding !== undefined) report(finding);
      for (const block of excluded) {
        const clash = usedElsewhere(estate, shared, block);
        if (clash !== undefined) report(clash);
      }
    }
  },
};

function malformed(text: string, path: Path): Finding | undefined {
  const block = parseCidr(text);
  if (block === undefined) {
    return { path, value: text, message: `${quote(text)} is not a canonical IPv4 block`, hint: canonicalHint(text) };
  }
  if (isPrivateRange(block)) return undefined;
  const hint = `give a block of ${PRIVATE_RANGES.map((row) => row.cidr).join(', ')}`;
  return { path, value: text, message: `${text} is no private block`, hint };
}

/** Whether pods and services of a cluster get their addresses from the estate: a cluster that exists has its own. */
function isMade({ cluster }: ClusterEntry): boolean {
  return cluster.existing === undefined;
}

/** The ranges that clusters of the estate use. */
function rangesOf(estate: Estate, clusters: readonly ClusterEntry[]): readonly SharedRange[] {
  const { addressing } = estate;
  const shared: SharedRanges = sharedRanges(estate);
  const used = CLOUDS.filter((cloud) => clusters.some((entry) => entry.at.cloud === cloud && isMade(entry)));
  const whole = (role: 'pods' | 'services') =>
    used.filter((cloud) => !CATALOG[cloud].subnets.some((row) => row.role === role));
  const withFabric = clusters.some((entry) =>
    poolsIn(entry).some(({ at, machine }) => at.cloud === 'google' && machine !== undefined && 'fabric' in machine),
  );
  const rows: readonly (SharedRange | false)[] = [
    {
      path: ['addressing', 'pods'],
      name: 'the range of pods',
      range: shared.pods,
      isOwn: addressing.pods !== undefined,
      fixed: whole('pods').length > 0 ? shared.pods : undefined,
      clouds: used,
    },
    {
      path: ['addressing', 'services'],
      name: 'the range of services',
      range: shared.services,
      isOwn: addressing.services !== undefined,
      fixed: whole('services').length > 0 ? shared.clusterServices : undefined,
      clouds: used,
    },
    withFabric && fabricRange('google', shared, addressing.fabrics?.google),
    clusters.some(({ at }) => at.cloud === 'oracle') && fabricRange('oracle', shared, addressing.fabrics?.oracle),
  ];
  return rows.filter((row) => row !== false);
}

function fabricRange(cloud: 'google' | 'oracle', { fabrics }: SharedRanges, own: string | undefined): SharedRange {
  return {
    path: ['addressing', 'fabrics', cloud],
    name: `the range of the networks between accelerators of ${CATALOG[cloud].title}`,
    range: fabrics[cloud],
    isOwn: own !== undefined,
    fixed: fabrics[cloud],
    clouds: [cloud],
  };
}

/** Supernets of its clouds, ranges that a cloud keeps for itself, and other shared ranges that nodes of one cloud have. */
function overlap(estate: Estate, shared: SharedRange, others: readonly SharedRange[]): Finding | undefined {
  if (!shared.isOwn && !others.some(({ isOwn }) => isOwn)) return undefined;
  const block = cidr(shared.range);
  const taken = [
    ...others
      .filter(({ clouds }) => clouds.some((cloud) => shared.clouds.includes(cloud)))
      .map(({ range, name }) => ({ range, name })),
    ...shared.clouds.map((cloud) => ({
      range: estate.addressing.supernets[cloud] ?? NETWORK_RANGES.supernets[cloud].cidr,
      name: `the supernet of ${CATALOG[cloud].title}`,
    })),
    ...(shared.clouds.includes('azure')
      ? azureReservedClusterRanges.map((row) => ({ range: row.cidr, name: 'a range that AKS keeps for itself' }))
      : []),
  ];
  const clash = taken.find(({ range }) => {
    const other = parseCidr(range);
    return other !== undefined && cidrsOverlap(other, block);
  });
  if (clash === undefined) return undefined;
  const message = `${shared.range}, ${shared.name}, overlaps ${clash.range}, ${clash.name}`;
  return { path: shared.path, value: shared.range, message, hint: `set ${shared.path.join('.')} to another block` };
}

/** Pods of AWS lie in blocks of the VPC, which takes private ones of its own kind only, and those of carriers. */
function besideNetwork({ addressing }: Estate, { path, range, isOwn, clouds }: SharedRange): Finding | undefined {
  if (!isOwn || path[1] !== 'pods' || !clouds.includes('aws')) return undefined;
  const supernet = parseCidr(addressing.supernets.aws ?? NETWORK_RANGES.supernets.aws.cidr);
  const block = cidr(range);
  const blocks = PRIVATE_RANGES.map((row) => cidr(row.cidr));
  const kinds = blocks.filter((kind, index) => {
    return index === blocks.length - 1 || (supernet !== undefined && cidrContains(kind, supernet));
  });
  if (kinds.some((kind) => cidrContains(kind, block))) return undefined;
  const message = `${range} cannot be part of a VPC whose own block is in ${supernet === undefined ? 'another range' : formatCidr(supernet)}`;
  const source = 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html';
  return { path, value: range, message, hint: `give a block of ${kinds.map(formatCidr).join(' or ')} (${source})` };
}

/** What something else uses and a cluster would take for its own; what is kept free of a supernet is not that. */
function usedElsewhere(estate: Estate, shared: SharedRange, { block, why, path }: ExcludedBlock): Finding | undefined {
  const fixed = shared.fixed === undefined ? undefined : cidr(shared.fixed);
  if (fixed === undefined || !cidrsOverlap(fixed, block)) return undefined;
  const isKeptFree = path[1] === 'exclude';
  const supernets = CLOUDS.map((cloud) => parseCidr(estate.addressing.supernets[cloud] ?? ''));
  if (isKeptFree && supernets.some((supernet) => supernet !== undefined && cidrContains(supernet, block))) {
    return undefined;
  }
  return {
    path,
    value: formatCidr(block),
    message: `${formatCidr(block)}, ${why}, overlaps ${formatCidr(fixed)}, ${shared.name}`,
    hint: `set ${shared.path.join('.')} to a block that nothing else uses; clusters that exist are replaced by that`,
  };
}

/** Whether the nodes of the largest shard find addresses. */
function tooSmall(shared: SharedRange, clusters: readonly ClusterEntry[]): Finding | undefined {
  const { path, range, name } = shared;
  const size = cidrSize(cidr(range));
  const found = { path, value: range };
  if (path[1] === 'services') {
    if (!shared.isOwn) return undefined;
    const rows = shared.clouds.flatMap((cloud) => CATALOG[cloud].subnets.filter(({ role }) => role === 'services'));
    const longest = Math.min(SMALLEST_SERVICES, ...rows.map(({ prefix }) => prefix));
    if (cidr(range).prefix <= longest) return undefined;
    return { ...found, message: `${range} is too small for ${name}`, hint: `give a /${longest} or a larger block` };
  }
  if (path[2] === 'oracle') {
    if (!shared.isOwn) return undefined;
    const { prefix } = cidr(NETWORK_RANGES.fabrics.oracle.cidr);
    if (cidr(range).prefix <= prefix) return undefined;
    return { ...found, message: `${range} is too small for ${name}`, hint: `give a /${prefix} or a larger block` };
  }
  for (const entry of clusters) {
    const { needed, nodes } = path[1] === 'pods' ? podsOf(entry) : railsOf(entry);
    if (needed <= size || !shared.clouds.includes(entry.at.cloud)) continue;
    if (path[1] === 'pods' && !isMade(entry)) continue;
    const message = `${range} has ${counted(size, 'address', 'addresses')}, and ${counted(needed, 'address', 'addresses')} are needed for ${counted(nodes, 'node')} of cluster ${quote(entry.key)}`;
    const hint = `give a /${32 - Math.ceil(Math.log2(needed))} or a larger block`;
    if (shared.isOwn) return { ...found, message, hint };
    return { path: entry.path, message, hint: `${hint} as ${path.join('.')}, or make two clusters of it` };
  }
  return undefined;
}

/** Addresses of the pods of a cluster's largest shard, where its cloud gives each node a block of the whole range. */
function podsOf(entry: ClusterEntry): { readonly needed: number; readonly nodes: number } {
  const prefix = { azure: AZURE_POD_BLOCK.prefix, oracle: ORACLE_POD_BLOCK.prefix, aws: 32, google: 32 }[
    entry.at.cloud
  ];
  const nodes = largestShard(entry);
  const [row] = entry.at.catalog.subnets.filter(({ role }) => role === 'pods');
  return { nodes, needed: row === undefined ? nodes * 2 ** (32 - prefix) : 2 ** (32 - row.prefix) };
}

/** Addresses of a fabric's range: each of a node's interfaces has one in a part of its half. */
function railsOf(entry: ClusterEntry): { readonly needed: number; readonly nodes: number } {
  const nodes = largestShard(entry);
  const rails = Math.max(
    1,
    ...poolsIn(entry).map(({ machine }) => {
      const fabric = machine !== undefined && 'fabric' in machine ? machine.fabric : undefined;
      return typeof fabric === 'object' && fabric !== null && 'rdmaInterfaces' in fabric
        ? Number(fabric.rdmaInterfaces)
        : 1;
    }),
  );
  const rail = 2 ** Math.ceil(Math.log2(nodes + GOOGLE_SUBNET_RESERVED.addresses));
  return { nodes, needed: 2 * 2 ** Math.ceil(Math.log2(rails)) * rail };
}

function largestShard(entry: ClusterEntry): number {
  const nodes = poolsIn(entry).reduce(
    (sum, { pool, machine }) => sum + (machine ? (poolSize(machine, pool)?.nodes ?? 0) : 0),
    0,
  );
  return Math.min(nodes + entry.cluster.systemPool.nodes, entry.at.catalog.limits.nodesPerShard.value);
}
