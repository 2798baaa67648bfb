import { z } from 'zod';
import { SCANNERS } from '../../estate/catalog/findings';
import type { QuotaNeed } from '../../estate/plan/quotas';
import type { AccessRow } from '../../estate/report/access';
import type { CalendarRow } from '../../estate/report/calendar';
import type { BreakEven, CommitmentRow, RampRow } from '../../estate/report/commitments';
import type { FindingRow } from '../../estate/report/findings';
import { GROUP_KINDS, type GroupRow } from '../../estate/report/groups';
import type { OwnerRow } from '../../estate/report/owners';
import type { PowerRow } from '../../estate/report/power';
import { SPEND_KEYS, type SpendReport, type SpendRow } from '../../estate/report/spend';
import type { AddressRow, CapacityRow, StackRow } from '../../estate/report/views';
import type { AlarmsRow, LogsRow } from '../../estate/report/watched';
import { SPEND_KINDS } from '../../estate/spec/schema-money';
import type { StackSummary } from '../assembly';
import { amount, cloud, count, layer, mark, objectOf, text, texts } from './parts';

const megawatts = (meaning: string) => z.union([z.number().min(0), z.null()]).describe(meaning);

/** What `estate show capacity --json` prints: a row for each pool. */
export const capacityRows = z.array(
  objectOf<CapacityRow>()({
    cluster: text('Key of the cluster.'),
    pool: text('Key of the pool.'),
    cloud,
    site: text('Key of the site.'),
    machine: text("The provider's machine type."),
    accelerator: text('Key of the accelerator in the catalog; empty for CPU nodes.'),
    accelerators: count('Accelerators in service; of a range the most.'),
    nodes: count('Nodes in service; of a range the most.'),
    minNodes: count('Fewest nodes of a range, within which an autoscaler runs as many as pods ask for.').optional(),
    groups: count('Racks, slices or domains that it is provisioned in.'),
    shards: count('Kubernetes clusters that it lies in.'),
    capacity: text('How the machines are had.'),
    existing: text('The Kubernetes cluster that its nodes are added to, which exists already.').optional(),
    overridden: text('Where the row of the machine comes from, when the estate has added or corrected it.').optional(),
  }),
);

/** What `estate show groups --json` prints: a row for each group; what is kept after it left the estate has no sizes. */
export const groupRows = z.array(
  objectOf<GroupRow>()({
    group: text('Id of the group, as its nodes are labelled: the key of its pool, and its own.'),
    cluster: text('Key of the cluster.'),
    shard: text('Key of the Kubernetes cluster, of which growth may have made several.'),
    pool: text('Key of the pool.'),
    cloud,
    site: text('Key of the site.'),
    zone: text('Zone of its nodes, where the region has zones.').optional(),
    machine: text("The provider's machine type; empty where the catalog does not have it any more."),
    accelerator: text('Key of the accelerator in the catalog; empty for CPU nodes.'),
    kind: z.enum(GROUP_KINDS).describe('Trays of one rack, a slice of a topology, or nodes beside each other.'),
    topology: text('Topology of a slice.').optional(),
    accelerators: count('Accelerators in service; of a range the most.').optional(),
    nodes: count('Nodes in service; of a range the most.').optional(),
    minNodes: count('Fewest nodes of a range, within which an autoscaler runs as many as pods ask for.').optional(),
    trays: count('Nodes with the spares.').optional(),
    spares: count('Trays that are held back.').optional(),
    capacity: text('How the machines are had.'),
    boundTo: text('Reservation, capacity block, fabric or host group that it is bound to.').optional(),
    retired: mark('Whether it left the estate file and is kept where it runs.'),
  }),
);

/** What `estate show addresses --json` prints: a row for each range. */
export const addressRows = z.array(
  objectOf<AddressRow>()({
    key: text('Key in the lock file, or what it would be for a range that exists already.'),
    cidr: text('The range.'),
    usedPercent: amount("How much of a network's block its subnets hold.").optional(),
    supernet: text('The block that a network is cut from.').optional(),
    supernetUsedPercent: amount('How much of that block is taken.').optional(),
    existing: text('Network or subnet that exists already and has the range.').optional(),
  }),
);

/** What `estate show quotas --json` prints: a row for each quota, account, region and zone. */
export const quotaRows = z.array(
  objectOf<QuotaNeed>()({
    cloud,
    account: text('Key of the account.'),
    region: text('Region that it is needed in; `global` for quotas of the whole account.'),
    zone: text('Zone that it is needed in, for quotas of zones.').optional(),
    quota: text("The provider's own name."),
    code: text("The provider's code.").optional(),
    dimension: text('What tells it from others of the same name besides the region.').optional(),
    unit: text('What it counts.'),
    needed: amount('For everything of the estate; what else the account runs comes on top.'),
    default: amount('What an account has without asking, or what the estate says was granted.').optional(),
    because: text('What needs it, and how the number comes about.'),
    key: text('Key under which an estate states what was granted: `catalog.quotas`.'),
    source: text('Where the quota is described.'),
    unverified: text('What is assumed about the quota or the need.').optional(),
  }),
);

/** What `estate show power --json` prints: a row for each site. */
export const powerRows = z.array(
  objectOf<PowerRow>()({
    site: text('Key of the site.'),
    cloud,
    megawatts: megawatts('With cooling and losses of the building; null where nothing at the site has a figure.'),
    itMegawatts: megawatts('Of the machines alone.'),
    pue: amount('Facility power over machine power.'),
    accelerators: count('Accelerators that draw power, spare trays included.'),
    unknownAccelerators: count('Those of them that no figure is known for, which the megawatts leave out.'),
    pueSource: text('Where the PUE comes from.'),
    source: text('Where all figures come from.'),
  }),
);

/** What `estate show access --json` prints: a row for each Kubernetes cluster that stacks make. */
export const accessRows = z.array(
  objectOf<AccessRow>()({
    cluster: text('Key of the cluster.'),
    shard: text('Key of the Kubernetes cluster, of which growth may have made several.'),
    cloud,
    administrators: texts('Who administers it.'),
    viewers: texts('Who views it.'),
    ranges: texts('Address ranges that reach its API server.'),
    otherWay: text('How it is reached besides; absent where there is no other way.').optional(),
  }),
);

/** What `estate show owners --json` prints: a row for each entry that stacks make something of. */
export const ownerRows = z.array(
  objectOf<OwnerRow>()({
    entry: text('Path of the entry.'),
    cloud,
    team: text('Team that answers for it.'),
    costCenter: text('Cost center that it is charged to.').optional(),
    tags: texts('Tags that are written for it and for what it lies in, as `key=value`.'),
  }),
);

/** What `estate show logs --json` prints: a row for each cluster and object store that stacks make. */
export const logsRows = z.array(
  objectOf<LogsRow>()({
    entry: text('Path of the entry.'),
    cloud,
    stack: text('Stack that keeps them.'),
    what: text('What stands in them.'),
    days: count('Days for which they are kept; absent where none are, or nobody says for how long.').optional(),
    where: text('Where they lie; empty where none are kept.'),
    key: text('What encrypts them; empty where none are kept.'),
  }),
);

/** What `estate show alarms --json` prints: a row for each entry that stacks make and that alarms can watch. */
export const alarmsRows = z.array(
  objectOf<AlarmsRow>()({
    entry: text('Path of the entry.'),
    cloud,
    stack: text('Stack that watches it.'),
    tells: texts('What is told of, a text for each alarm; none where nothing watches it.'),
    owner: text('Key of the owner who is told; absent for who answers for the estate, and for nobody.').optional(),
    email: text('Address that it is mailed to; absent where nobody is told.').optional(),
  }),
);

const decimal = (meaning: string) =>
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .describe(meaning);
const decimalOrNull = (meaning: string) => z.union([decimal(meaning), z.null()]).describe(meaning);

/** What `estate show spend --json` prints. */
export const spendDocument = objectOf<SpendReport>()({
  currency: z.union([z.string(), z.null()]).describe('Currency of all sums; null where the estate has no prices.'),
  rows: z
    .array(
      objectOf<SpendRow>()({
        key: text(
          'The cloud, account, site, cluster, pool or month; stores stand for themselves where they have none.',
        ),
        perHour: decimal('Of an hour; of a time the average.'),
        perDay: decimal('Of a day; of a time the average.'),
        perMonth: decimal('Of 730 hours; of a time the average.'),
        total: decimal('Of the whole time.').optional(),
      }),
    )
    .describe('What costs something.'),
  unpriced: z
    .array(z.strictObject({ path: text('Entry of the estate file.'), why: text('Why it has no price.') }))
    .describe('What has no price, and is in no sum.'),
  by: z.enum(SPEND_KEYS).describe('What the keys are.'),
  from: text('First day of the time.').optional(),
  until: text('Last day of the time.').optional(),
});

/** What `estate show commitments --json` prints. */
export const commitmentRows = z.array(
  objectOf<CommitmentRow>()({
    key: text('Key of the commitment.'),
    cloud,
    amount: text('Sum with its currency, or `undisclosed`.'),
    years: amount('Term in years.').optional(),
    start: text('First day of the term, YYYY-MM-DD.').optional(),
    end: text('Last day of the term, YYYY-MM-DD.').optional(),
    ramp: z
      .array(z.strictObject({ by: text('Day.'), amount: text('What has to be spent by then.') }))
      .optional()
      .describe('Steps, as they are written.'),
    counts: z.array(z.enum(SPEND_KINDS)).optional().describe('What spend draws it down, as it is written.'),
    accounts: texts('Keys of the accounts whose spend draws it down, as they are written.').optional(),
    currency: text('Currency of the following sums; they are there where the estate has prices.').optional(),
    spent: decimalOrNull('Expected to be spent before the day; null without a term.').optional(),
    remaining: decimalOrNull('What is left then; null where the amount or the term is not known.').optional(),
    runsDry: z
      .union([z.string(), z.null()])
      .optional()
      .describe('Day on which all is spent; null where that is not in the term, or not known.'),
    shortfall: decimalOrNull('What is left at the end of the term; null where that is not known.').optional(),
    steps: z
      .array(
        objectOf<RampRow>()({
          by: text('Day.'),
          amount: text('What has to be spent by then.'),
          expected: decimal('What is expected to be.'),
          shortfall: decimal('What is missing.'),
        }),
      )
      .optional()
      .describe('Steps with what is expected.'),
    breakEven: z
      .array(
        objectOf<BreakEven>()({
          path: text('Pool of held capacity.'),
          held: decimal('What it costs in an hour.'),
          onDemand: decimal('What its machines cost in an hour on demand.'),
          percent: decimal('Share of hours above which holding it is cheaper, in percent.'),
        }),
      )
      .optional()
      .describe('Pools that have both prices.'),
  }),
);

/** What `estate show calendar --json` prints: a row for each thing that begins or ends. */
export const calendarRows = z.array(
  objectOf<CalendarRow>()({
    date: text('Day, YYYY-MM-DD.'),
    path: text('Entry of the estate file.'),
    event: text('What begins or ends on it.'),
  }),
);

/** What `estate show findings --json` prints: a row for each finding of a tool that stays, with the reason. */
export const findingRows = z.array(
  objectOf<FindingRow>()({
    name: text('Its name in the list of findings.'),
    tool: z.enum(SCANNERS).describe('Who finds it.'),
    rule: text('What the tool calls its rule.'),
    cloud,
    asks: text('What the rule asks for.'),
    where: texts(
      'Places in which it stays: type of the resource, last ids of its construct, and what else holds there.',
    ),
    reason: text('Why it stays.'),
    source: text('What the reason rests on, where it is a fact.').optional(),
  }),
);

/** What `estate show stacks --json` prints: a row for each stack. */
export const stackRows = z.array(
  objectOf<StackRow & StackSummary>()({
    stack: text('Name of the stack.'),
    cloud,
    layer,
    resources: count('Resources in it.'),
    dependsOn: texts('Stacks that it is applied after.'),
  }),
);
