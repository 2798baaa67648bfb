import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOG, CLOUDS, type Cloud, type Limit, type Sourced } from '../estate/catalog';
import type { ClusterParty, ClusterRuleRow } from '../estate/catalog/azure-rules';
import { PIPELINE_ACTIONS, PIPELINE_LIMITS, PIPELINE_LOGINS } from '../estate/catalog/pipelines';
import { PUE } from '../estate/catalog/power';
import { TAGS, type TagText } from '../estate/catalog/tags';
import type { FindingRow } from '../estate/report/findings';
import { formatCount } from '../estate/units';
import { ROOT } from './documents';

interface Fact {
  readonly what: string;
  readonly value: string;
  /** File below `estate/catalog`. */
  readonly file: string;
  readonly source: string;
}

const FOLDER = 'estate/catalog';

/** The facts that a cloud is planned with, and where each is held, as a Markdown table. */
export function factsTable(cloud: Cloud): string {
  const rows = [...catalogFacts(cloud), ...constantFacts(cloud)].map(
    ({ what, value, file, source }) => `| ${cell(what)} | ${cell(value)} | \`${FOLDER}/${file}\` | ${cell(source)} |`,
  );
  return ['| fact | value | held in | source |', '|---|---|---|---|', ...rows].join('\n');
}

const PARTIES: Readonly<Record<ClusterParty, string>> = {
  nodes: 'nodes of the cluster',
  pods: 'pods of the cluster',
  'control-plane': 'the API server and what lies in its subnet',
  clients: '`ranges` of `access`',
  'load-balancers': 'load balancers of Azure (`AzureLoadBalancer`)',
  network: 'the network and its peers (`VirtualNetwork`)',
};

/** What the subnets of a cluster take, as a Markdown table. */
export function reachTable(rules: readonly ClusterRuleRow[]): string {
  const rows = rules.map((row) => {
    const ports = row.ports === undefined ? 'all' : `${row.protocol.toUpperCase()} ${row.ports.join(', ')}`;
    return `| ${row.subnet} | ${PARTIES[row.from]} | ${ports} | ${cell(row.why)} | ${cell(told(row))} |`;
  });
  return ['| subnet | takes from | ports | because | source |', '|---|---|---|---|---|', ...rows].join('\n');
}

/** Findings of scanners that stay, as a Markdown table. */
export function findingsTable(rows: readonly FindingRow[]): string {
  const lines = rows.map(({ tool, rule, asks, where, reason, source = '' }) => {
    const places = where.map((place) => `\`${place}\``).join('<br>');
    return `| ${tool} | \`${rule}\` | ${cell(asks)} | ${places} | ${cell(reason)} | ${cell(source)} |`;
  });
  return ['| tool | rule | asks for | found in | stays because | source |', '|---|---|---|---|---|---|', ...lines].join(
    '\n',
  );
}

/** What clouds take as tags that are written in an estate, as a Markdown table. */
export function tagsTable(): string {
  const rows = CLOUDS.map((cloud) => {
    const { key, value, reserved, own, most, kept } = TAGS[cloud];
    const text = ({ takes, most: longest }: TagText) => `${takes}; at most ${longest}`;
    const closed = [...own, ...reserved.map((prefix) => `${prefix}…`)].map((one) => `\`${one}\``).join(', ');
    const cells = [CATALOG[cloud].title, text(key), text(value), String(most - kept), closed, told(TAGS[cloud])];
    return `| ${cells.map(cell).join(' | ')} |`;
  });
  return ['| cloud | key | value | most | not | source |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

function catalogFacts(cloud: Cloud): Fact[] {
  const { systemMachine, lustre, limits, subnets, kubernetes, regions, storageStack } = CATALOG[cloud];
  const file = `${cloud}.ts`;
  return [
    { what: 'machine types', value: 'a row for each', file: fileOf(cloud, 'machines'), source: EACH },
    ...Object.values(CATALOG[cloud].ultraServers ?? {}).map((row) => ({
      what: `machines of one ${row.type}`,
      value: `${row.nodes} of ${row.machine}`,
      file: fileOf(cloud, 'ultraservers'),
      source: told(row),
    })),
    { what: 'machine of system pools', value: systemMachine, file, source: 'the row of the machine' },
    {
      what: 'Kubernetes versions',
      value: `${kubernetes.offered.join(', ')}; new clusters ${kubernetes.preferred}`,
      file,
      source: told(kubernetes),
    },
    {
      what: 'minor versions that nodes may be behind',
      value: String(kubernetes.skew.behind),
      file,
      source: told(kubernetes.skew),
    },
    ...Object.entries(limits).map(([name, limit]: [string, Sourced & { readonly value: number }]) => ({
      what: LIMITS[name] ?? name,
      value: limit.value.toLocaleString('en-US'),
      file,
      source: told(limit),
    })),
    ...subnets.map((row) => ({
      what: `ranges for ${row.role}`,
      value: `/${row.prefix} or larger for each ${row.per}`,
      file,
      source: told(row),
    })),
    {
      what: 'tiers of managed Lustre, MB/s for each TiB',
      value: lustre.tiers
        .map(
          (tier) =>
            `${tier.throughputMBpsPerTiB} (${tier.min.toLocaleString('en-US')} to ${tier.max.toLocaleString('en-US')} ${lustre.unit})`,
        )
        .join(', '),
      file,
      source: [...new Set(lustre.tiers.map(told))].join('; '),
    },
    ...(storageStack === undefined
      ? []
      : [
          {
            what: 'part of a stack that new stores fill',
            value: String(storageStack.share),
            file,
            source: told(storageStack),
          },
        ]),
    {
      what: 'regions',
      value: 'names, and a row for each that more is known of',
      file: fileOf(cloud, 'regions'),
      source: told(regions),
    },
    { what: 'quotas', value: 'a row for each', file: fileOf(cloud, 'quotas'), source: EACH },
    { what: 'power usage effectiveness', value: String(PUE[cloud].pue), file: 'power.ts', source: told(PUE[cloud]) },
  ];
}

const EACH = 'each row its own';

const LIMITS: Readonly<Record<string, string>> = {
  nodesPerShard: 'nodes of one Kubernetes cluster',
  poolsPerShard: 'node pools of one Kubernetes cluster',
  blocksPerNetwork: 'address blocks of one network',
  objectMounts: 'object stores that one cluster mounts',
};

/** Facts that stand alone in a constant of the cloud's files, told by its docstring. */
function constantFacts(cloud: Cloud): Fact[] {
  return filesOf(cloud).flatMap((file) => {
    const text = readFileSync(join(ROOT, FOLDER, file), 'utf8');
    const members: Readonly<Record<string, unknown>> = require(join(ROOT, FOLDER, file));
    return Object.entries(members).flatMap(([name, value]) => {
      if (!isSourced(value) || CATALOG[cloud].regions === value) return [];
      const docs = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\nexport const ${name}\\b`).exec(text)?.[1] ?? '';
      return [{ what: firstSentence(docs), value: shown(value), file, source: told(value) }];
    });
  });
}

function filesOf(cloud: Cloud): string[] {
  return readdirSync(join(ROOT, FOLDER)).filter((name) => name === `${cloud}.ts` || name.startsWith(`${cloud}-`));
}

function fileOf(cloud: Cloud, part: string): string {
  return filesOf(cloud).find((name) => name === `${cloud}-${part}.ts`) ?? `${cloud}.ts`;
}

function isSourced(value: unknown): value is Sourced {
  return typeof value === 'object' && value !== null && 'source' in value && 'checked' in value;
}

function told({ source, checked, unverified }: Sourced): string {
  return `${source}, ${checked}${unverified === undefined ? '' : ` (${unverified})`}`;
}

function firstSentence(docs: string): string {
  const text = docs
    .replace(/^\s*\* ?/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return /^.*?[.;](?= |$)/.exec(text)?.[0].replace(/[.;]$/, '') ?? text;
}

/** What a row says beside its source: numbers and texts by their names, lists and maps by their size. */
function shown(row: Sourced): string {
  const { source: _source, checked: _checked, unverified: _unverified, ...said } = row;
  return Object.entries(said)
    .map(([name, value]) => (['value', 'rows'].includes(name) ? one(value) : `${name} ${one(value)}`))
    .join(', ');
}

function one(value: unknown): string {
  if (value instanceof RegExp) return `\`${value.source}\``;
  if (Array.isArray(value))
    return value.every((item) => typeof item !== 'object') ? value.join(' ') : `${value.length} rows`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value);
  const isFlat = members.length <= 4 && members.every(([, member]) => typeof member !== 'object');
  return isFlat ? members.map(([name, member]) => `${name} ${member}`).join(' ') : `${members.length} rows`;
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|');
}

const PIPELINE_LIMIT_NAMES: Readonly<Record<keyof typeof PIPELINE_LIMITS, string>> = {
  githubMatrixJobs: 'GitHub: jobs of a matrix',
  githubFileBytes: 'GitHub: bytes of a workflow',
  githubJobMinutes: 'GitHub: minutes of a job on its own runners',
  gitlabMatrixJobs: 'GitLab: jobs of a matrix',
  gitlabNeeds: 'GitLab: jobs that a job needs; stages have no such limit, so they order the pipeline',
  argoResourceBytes: 'Argo Workflows: bytes of a resource',
};

/** What pipelines rest on, as a Markdown table: limits of engines, pinned actions, and how jobs log in. */
export function pipelinesTable(): string {
  const limits = Object.entries(PIPELINE_LIMITS) as [keyof typeof PIPELINE_LIMITS, Limit][];
  const rows = [
    ...limits.map(([name, row]) => [PIPELINE_LIMIT_NAMES[name], formatCount(row.value), told(row)]),
    ...Object.values(PIPELINE_ACTIONS).map((row) => [
      `\`${row.name}\``,
      `${row.version}, \`${row.commit}\``,
      told(row),
    ]),
    ...CLOUDS.map((cloud) => [
      `login to ${CATALOG[cloud].title}`,
      PIPELINE_LOGINS[cloud].how,
      told(PIPELINE_LOGINS[cloud]),
    ]),
  ];
  const lines = rows.map((cells) => `| ${cells.map(cell).join(' | ')} |`);
  return ['| what | is | source |', '|---|---|---|', ...lines].join('\n');
}
