import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Day, dayAfter, yearsAfter } from '../estate/days';
import { planQueue } from '../estate/plan/queue/plan-queue';
import type { Plan, PlanData } from '../estate/plan/types';
import { accessRows, formatAccess } from '../estate/report/access';
import { calendarRows, formatCalendar, icalendar } from '../estate/report/calendar';
import { commitmentRows, formatDrawDown } from '../estate/report/commitments';
import { copyJobs, formatCopyJobs } from '../estate/report/copy-jobs';
import { formatCsv } from '../estate/report/csv';
import { findingRows, formatFindings } from '../estate/report/findings';
import { formatGroups, groupRows } from '../estate/report/groups';
import { formatIdentity, identityCsv, identityReport } from '../estate/report/identity';
import { formatLinks, linksCsv, linksReport } from '../estate/report/links';
import { formatOwners, ownerRows } from '../estate/report/owners';
import { formatPower, powerRows } from '../estate/report/power';
import { formatQueue, queueCsv, queueReport } from '../estate/report/queue';
import { formatQuotas, quotaRows } from '../estate/report/quotas';
import { formatReplication, replicationRows } from '../estate/report/replication';
import { focusRows, formatSpend, SPEND_KEYS, spendReport } from '../estate/report/spend';
import { formatStores, storeRows } from '../estate/report/stores';
import { formatTable } from '../estate/report/table';
import {
  addressRows,
  capacityRows,
  formatAddresses,
  formatCapacity,
  formatCommitments,
  type StackRow,
  stackRows,
} from '../estate/report/views';
import { alarmsRows, formatAlarms, formatLogs, logsRows } from '../estate/report/watched';
import type { Estate } from '../estate/spec/schema';
import { counted } from '../estate/spec/words';
import { compareKeys, groupBy } from '../estate/units';
import { resolveEstate, ToolError } from './app';
import type { StackSummary } from './assembly';
import { VIEWS } from './choices';
import { partsFor } from './link-parts';
import { queueShards } from './queue-parts';
import { dayOption, timeOption, today } from './today';

type View = (typeof VIEWS)[number];

/** Flags of `estate show`. */
export interface ShowFlags {
  readonly json?: boolean;
  readonly csv?: boolean;
  /** What spend is told by. */
  readonly by?: string;
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
  /** Parts of links, or clusters of the queue, that are lost. */
  readonly lose?: readonly string[];
  /** Whether the calendar is printed in the form that calendars take. */
  readonly ics?: boolean;
  /** Whether what clusters run is printed, as Kubernetes manifests. */
  readonly manifests?: boolean;
}

/** Synthesizes the stacks of a plan into two folders. */
export type Synthesis = (
  plan: PlanData,
  awsOutdir: string,
  terraformOutdir: string,
) => Promise<readonly StackSummary[]>;

/** One view of an estate, as text, JSON or CSV. */
export async function showReport(view: string, file: string, flags: ShowFlags, synthesize: Synthesis): Promise<string> {
  const chosen = viewOf(view);
  const forms = FORMS.filter((form) => flags[form]);
  if (forms.length > 1) {
    throw new ToolError(`${forms.map((form) => `--${form}`).join(' and ')} exclude each other`, 'choose one of them');
  }
  for (const option of OPTIONS) {
    if (flags[option.name] === undefined || option.views.some((name) => name === chosen)) continue;
    throw new ToolError(`--${option.name} is no option of show ${chosen}`, `it is one of ${option.views.join(', ')}`);
  }
  const { plan, loaded } = resolveEstate(file);
  const {
    rows,
    document = rows,
    ics,
    manifests,
    text,
  } = chosen === 'stacks' ? await stacksView(plan, synthesize) : VIEW[chosen](plan, loaded.estate, flags);
  if (flags.json) return JSON.stringify(document, undefined, 2);
  if (flags.ics && ics !== undefined) return ics();
  if (flags.manifests && manifests !== undefined) return manifests();
  return flags.csv ? formatCsv(rows) : text();
}

/** Forms besides text. */
const FORMS = ['json', 'csv', 'ics', 'manifests'] as const;

/** Options that only some views have. */
const OPTIONS: readonly {
  readonly name: 'by' | 'at' | 'from' | 'to' | 'ics' | 'lose' | 'manifests';
  readonly views: readonly View[];
}[] = [
  { name: 'by', views: ['spend'] },
  { name: 'at', views: ['spend', 'commitments'] },
  { name: 'from', views: ['spend', 'calendar'] },
  { name: 'to', views: ['spend', 'calendar'] },
  { name: 'ics', views: ['calendar'] },
  { name: 'manifests', views: ['replication'] },
  { name: 'lose', views: ['links', 'queue'] },
];

interface Shown {
  /** Rows of CSV. */
  readonly rows: readonly object[];
  /** What is printed as JSON. @default the rows */
  readonly document?: object;
  /** @default the view has no days */
  readonly ics?: () => string;
  /** @default clusters run nothing of the view */
  readonly manifests?: () => string;
  readonly text: () => string;
}

const VIEW: Readonly<Record<Exclude<View, 'stacks'>, (plan: Plan, estate: Estate, flags: ShowFlags) => Shown>> = {
  capacity: (plan) => ({ rows: capacityRows(plan), text: () => formatCapacity(plan) }),
  groups: (plan) => ({ rows: groupRows(plan), text: () => formatGroups(plan) }),
  addresses: (plan) => ({ rows: addressRows(plan), text: () => formatAddresses(plan) }),
  access: (plan) => ({ rows: accessRows(plan), text: () => formatAccess(plan) }),
  owners: (plan) => ({ rows: ownerRows(plan), text: () => formatOwners(plan) }),
  logs: (plan) => ({ rows: logsRows(plan), text: () => formatLogs(plan) }),
  alarms: (plan) => ({ rows: alarmsRows(plan), text: () => formatAlarms(plan) }),
  links: (plan, estate, { lose = [] }) => {
    const report = linksReport(plan, partsFor(lose, plan.links, estate));
    return { rows: linksCsv(report), document: report, text: () => formatLinks(report) };
  },
  identity: (plan) => {
    const report = identityReport(plan);
    return { rows: identityCsv(report), document: report, text: () => formatIdentity(report) };
  },
  quotas: (plan) => ({ rows: quotaRows(plan), text: () => formatQuotas(plan) }),
  queue: (plan, estate, { lose = [] }) => {
    const queue = planQueue(estate, plan);
    const report = queueReport(queue, queueShards(lose, queue, estate));
    return { rows: queueCsv(report), document: report, text: () => formatQueue(report) };
  },
  power: (plan) => ({ rows: powerRows(plan), text: () => formatPower(plan) }),
  spend: (_plan, estate, flags) => spendView(estate, flags),
  commitments: (plan, estate, flags) => {
    const at = dayOption('at', flags.at) ?? today();
    const text = () => [formatCommitments(plan), formatDrawDown(estate, at)].filter((part) => part !== '').join('\n\n');
    return { rows: commitmentRows(estate, at), text };
  },
  calendar: (plan, estate, flags) => {
    const rows = calendarRows(
      estate,
      timeOption(flags.from, flags.to, { from: '0000-01-01', until: () => '9999-12-31' }),
    );
    // The last line of a calendar ends as the others do.
    return { rows, ics: () => `${icalendar(plan.name, rows)}\r`, text: () => formatCalendar(rows) };
  },
  stores: (plan, estate) => {
    const rows = storeRows(estate, plan);
    return { rows, text: () => formatStores(rows) };
  },
  replication: (plan) => ({
    rows: replicationRows(plan),
    manifests: () => formatCopyJobs(copyJobs(plan)),
    text: () => formatReplication(plan),
  }),
  findings: ({ clouds }) => {
    const rows = findingRows(clouds);
    return { rows, text: () => formatFindings(rows) };
  },
};

/** Nobody plans for longer; a slip of the year would be reckoned for minutes. */
const LONGEST_YEARS = 100;

function spendView(estate: Estate, flags: ShowFlags): Shown {
  const by = SPEND_KEYS.find((key) => key === (flags.by ?? 'cloud'));
  if (by === undefined) throw new ToolError(`spend is not told by "${flags.by}"`, `--by ${SPEND_KEYS.join(', ')}`);
  const at = dayOption('at', flags.at);
  const yearFrom = (day: Day) => dayAfter(yearsAfter(day, 1), -1);
  const given = timeOption(flags.from, flags.to, { from: at ?? today(), until: yearFrom });
  // Months are of a time: of the coming year, where none is given.
  const from = at ?? today();
  const time = given ?? (by === 'month' ? { from, until: yearFrom(from) } : undefined);
  if (time && time.until > yearsAfter(time.from, LONGEST_YEARS)) {
    throw new ToolError(
      `from ${time.from} to ${time.until} are more than ${LONGEST_YEARS} years`,
      'give a shorter time',
    );
  }
  const query = { by, ...(at && { at }), ...(time && { time }) };
  const report = spendReport(estate, query);
  return { rows: focusRows(report), document: report, text: () => formatSpend(estate, query) };
}

function viewOf(view: string): View {
  const found = VIEWS.find((name) => name === view);
  if (found === undefined) {
    const order = /\.(ya?ml|json)$/.test(view)
      ? `; the view comes before the file: npx estate show capacity ${view}`
      : '';
    throw new ToolError(`there is no view "${view}"`, `views: ${VIEWS.join(', ')}${order}`);
  }
  return found;
}

type StackDetail = StackRow & StackSummary;

/** The stacks with what they hold, which only a synthesis can tell. */
async function stacksView(plan: Plan, synthesize: Synthesis): Promise<Shown> {
  const scratch = mkdtempSync(join(tmpdir(), 'estate-show-'));
  try {
    const made = await synthesize(plan.data, join(scratch, 'cdk.out'), join(scratch, 'cdktf.out'));
    const found = new Map(made.map((row) => [row.stack, row]));
    const rows = stackRows(plan).map((row): StackDetail => {
      const stack = found.get(row.stack);
      if (stack === undefined) throw new ToolError(`the synthesis did not write ${row.stack}, which the estate has`);
      const { resources, dependsOn } = stack;
      return { ...row, resources, dependsOn };
    });
    return { rows, text: () => formatStacks(rows) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function formatStacks(rows: readonly StackDetail[]): string {
  const table = formatTable(rows, [
    { title: 'stack', value: (row) => row.stack },
    { title: 'cloud', value: (row) => row.cloud },
    { title: 'layer', value: (row) => row.layer },
    { title: 'resources', value: (row) => row.resources },
    { title: 'depends on', value: (row) => row.dependsOn.join(', ') },
  ]);
  const total = (own: readonly StackDetail[]) => own.reduce((sum, { resources }) => sum + resources, 0);
  const clouds = [...groupBy(rows, ({ cloud }) => cloud)]
    .sort(([one], [other]) => compareKeys(one, other))
    .map(([cloud, own]) => `${cloud}: ${counted(own.length, 'stack')} with ${counted(total(own), 'resource')}`);
  const all = `all: ${counted(rows.length, 'stack')} with ${counted(total(rows), 'resource')}`;
  return `${table}\n\n${[...clouds, all].join('\n')}`;
}
