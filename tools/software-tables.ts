import { CATALOG, CLOUDS, type Cloud } from '../estate/catalog';
import {
  ABSENT,
  COMPONENTS,
  type ComponentRow,
  type ComponentSource,
  JOB_FRAMEWORKS,
  MANAGED,
  type NodeSelector,
} from '../estate/catalog/software';
import { table } from './grant-tables';

const IN: Readonly<Record<'made' | 'existing' | 'with-alarms', string>> = {
  made: ' (clusters that a stack makes)',
  existing: ' (clusters that exist)',
  'with-alarms': ' (clusters with alarms)',
};

/** What GitOps installs, as a Markdown table. */
export function componentsTable(): string {
  const rows = Object.values(COMPONENTS).map((row) => [
    `\`${row.name}\``,
    versionOf(row.from),
    `\`${row.namespace}\``,
    cloudsOf(row),
    nodesOf(row.nodes, row.store),
    row.gives.map(({ capability }) => `\`${capability}\``).join(', ') || 'helps others',
    row.kubernetes.to === undefined ? `${row.kubernetes.from} on` : `${row.kubernetes.from} to ${row.kubernetes.to}`,
  ]);
  return table(['component', 'version', 'namespace', 'clouds', 'for', 'gives', 'Kubernetes'], rows);
}

/** What clouds bring by themselves, as a Markdown table. */
export function managedTable(): string {
  const brought = MANAGED.map((row) => [
    CATALOG[row.cloud].title,
    row.gives.map((capability) => `\`${capability}\``).join(', '),
    nodesOf(row.nodes, row.store),
    `${row.because}${row.in === undefined ? '' : IN[row.in]}`,
  ]);
  const absent = ABSENT.map((row) => [CATALOG[row.cloud].title, `\`${row.capability}\``, 'nobody', row.reason]);
  const order = (title: string) => CLOUDS.findIndex((cloud) => CATALOG[cloud].title === title);
  const rows = [...brought, ...absent].toSorted(([one = ''], [other = '']) => order(one) - order(other));
  return table(['cloud', 'gives', 'for', 'by whom'], rows);
}

/** Kinds of jobs that the queue takes, as a Markdown table. */
export function jobKindsTable(): string {
  const rows = JOB_FRAMEWORKS.kinds.map(({ kind, group, version, component }) => [
    kind,
    `\`${group === '' ? version : `${group}/${version}`}\``,
    component === undefined ? 'Kubernetes' : `\`${component}\``,
  ]);
  return table(['kind', 'API', 'comes with'], rows);
}

function versionOf(from: ComponentSource): string {
  return from.kind === 'git' ? `commit \`${from.ref.slice(0, 12)}\`` : `\`${from.version}\``;
}

function cloudsOf({ clouds, mayRunOn = [] }: ComponentRow): string {
  const titles = (list: readonly Cloud[]) => list.map((cloud) => CATALOG[cloud].title).join(', ');
  const asked = mayRunOn.length === 0 ? '' : `if asked for: ${titles(mayRunOn)}`;
  if (clouds.length === CLOUDS.length) return 'all';
  return [titles(clouds), asked].filter((part) => part !== '').join('; ');
}

function nodesOf(nodes: NodeSelector | undefined, store: string | undefined): string {
  if (store !== undefined) return `clusters that mount ${store === 'lustre' ? 'Lustre' : 'object stores'}`;
  if (nodes === undefined) return 'every cluster';
  const { vendors, architectures, drivers, networks, sharesMemory, hasLocalDisks } = nodes;
  const parts = [
    ...(vendors === undefined ? [] : [`accelerators of ${vendors.map((vendor) => VENDORS[vendor]).join(' and ')}`]),
    ...(drivers === undefined ? [] : ['accelerators']),
    ...(networks === undefined ? [] : [`network ${networks.map((network) => `\`${network}\``).join(', ')}`]),
    ...(architectures === undefined ? [] : architectures.map((architecture) => `\`${architecture}\``)),
    ...(sharesMemory === undefined ? [] : ['racks that share memory']),
    ...(hasLocalDisks === undefined ? [] : ['local drives']),
  ];
  return parts.length === 0 ? 'every node' : parts.join(', ');
}

const VENDORS = { nvidia: 'NVIDIA', amd: 'AMD', google: 'Google', aws: 'AWS', own: 'the estate’s own' } as const;
