import './schemas';
import { Command, CommanderError, Option } from 'commander';
import { estateFile, report } from '../cli/app';
import type { BundleFlags } from '../cli/bundle';
import { EXCHANGES, GITOPS, GRAPH_FORMATS, GRAPH_VIEWS, PIPELINE_ENGINES, RUNBOOKS, VIEWS } from '../cli/choices';
import type { DiffFlags } from '../cli/diff-command';
import type { ExchangeFlags } from '../cli/exchange';
import type { GraphFlags } from '../cli/graph';
import type { InitFlags } from '../cli/init';
import type { JobFlags } from '../cli/job';
import type { PipelineFlags } from '../cli/pipeline';
import type { PlanFlags } from '../cli/plan-command';
import type { ReportFlags } from '../cli/report';
import type { RunbookFlags } from '../cli/runbook';
import type { SchemaFlags } from '../cli/schema';
import type { ShowFlags, Synthesis } from '../cli/show';
import type { SimulateFlags } from '../cli/simulate';
import type { ValidateFlags } from '../cli/validate';

/** What each command runs, loaded only when it does: most of the time of a short command is the loading of code. */
const COMMANDS = {
  bundle: (): typeof import('../cli/bundle') => require('../cli/bundle'),
  cache: (): typeof import('../cli/cache-command') => require('../cli/cache-command'),
  diff: (): typeof import('../cli/diff-command') => require('../cli/diff-command'),
  exchange: (): typeof import('../cli/exchange') => require('../cli/exchange'),
  explain: (): typeof import('../cli/explain') => require('../cli/explain'),
  graph: (): typeof import('../cli/graph') => require('../cli/graph'),
  init: (): typeof import('../cli/init') => require('../cli/init'),
  job: (): typeof import('../cli/job') => require('../cli/job'),
  lock: (): typeof import('../cli/lock') => require('../cli/lock'),
  offline: (): typeof import('../terraform/run-offline') => require('../terraform/run-offline'),
  pipeline: (): typeof import('../cli/pipeline') => require('../cli/pipeline'),
  plan: (): typeof import('../cli/plan-command') => require('../cli/plan-command'),
  report: (): typeof import('../cli/report') => require('../cli/report'),
  rules: (): typeof import('../cli/rules') => require('../cli/rules'),
  runbook: (): typeof import('../cli/runbook') => require('../cli/runbook'),
  schema: (): typeof import('../cli/schema') => require('../cli/schema'),
  show: (): typeof import('../cli/show') => require('../cli/show'),
  simulate: (): typeof import('../cli/simulate') => require('../cli/simulate'),
  synth: (): typeof import('../cli/synth') => require('../cli/synth'),
  validate: (): typeof import('../cli/validate') => require('../cli/validate'),
} as const;

/** Gathers the values of an option that may be repeated. */
const collect = (value: string, before: readonly string[] = []) => [...before, value];

interface CacheFlags {
  /** False when nothing is taken from earlier runs. */
  readonly cache?: boolean;
}

const cacheOf = ({ cache }: CacheFlags) => COMMANDS.cache().cacheFor(cache);

interface LockFlags {
  readonly check?: boolean;
  readonly prune?: boolean;
  readonly keep?: string;
  readonly accept?: readonly string[];
  readonly json?: boolean;
}

const noCache = () => new Option('--no-cache', 'take nothing from earlier runs, and keep nothing');

const json = () => new Option('--json', 'print one JSON document on stdout');

/** The command line, ready to be parsed; the version is told by the launcher, which lies beside the manifest. */
export function commandLine(version = ''): Command {
  const program = new Command('estate')
    .description('Describes, checks and plans an AI-training estate on AWS, Azure, Google Cloud and Oracle Cloud')
    .version(version, '--version')
    .enablePositionalOptions()
    .showHelpAfterError('(run "npx estate --help" for all commands)')
    .exitOverride();

  program
    .command('validate')
    .description('check an estate file: every problem at once, exit 2 when there is an error')
    .argument('[file]', 'estate file (default: $ESTATE, else estate.yaml)')
    .option('--strict', 'warnings that are not acknowledged fail too')
    .option('--sarif', 'print SARIF, for code scanning services')
    .option('--at <date>', 'day on which waivers of policy have to hold (default: today)')
    .addOption(json())
    .action((file: string | undefined, flags: ValidateFlags) => COMMANDS.validate().validate(estateFile(file), flags));

  program
    .command('lock')
    .description('write the lock file: addresses and shards, decided once')
    .argument('[file]', 'estate file')
    .option('--check', 'only check that the lock file is up to date, exit 2 when it is not')
    .option('--prune', 'forget what left the estate: its ranges, and what was kept because it is protected')
    .option('--keep <rev>', 'what this revision has stays where two branches clash (default: the upstream side)')
    .option(
      '--accept <key>',
      'let what is recorded for this key or entry move, or what is protected there go (repeatable; * for all)',
      collect,
      [],
    )
    .addOption(json())
    .action((file: string | undefined, { check, prune, json, ...flags }: LockFlags) => {
      const { formatLockReport, updateLock } = COMMANDS.lock();
      const done = updateLock(estateFile(file), { check: check === true, prune: prune === true, ...flags });
      print(json ? JSON.stringify({ ok: !done.refused, ...done }, undefined, 2) : formatLockReport(done));
      if (done.refused) process.exitCode = 3;
    });

  program
    .command('show')
    .description('print what the estate resolves to')
    .argument('[view]', VIEWS.join(', '), 'capacity')
    .argument('[file]', 'estate file')
    .addOption(json())
    .option('--csv', 'print comma-separated values, for spreadsheets')
    .option('--by <key>', 'spend by cloud, account, site, cluster, pool or month (default: cloud)')
    .option('--at <date>', 'spend of what stands on this day, draw-down until then (default: all that stands; today)')
    .option('--from <date>', 'spend or calendar from this day (default: spend of one moment; the whole calendar)')
    .option('--to <date>', 'to this day (default: spend of a year; the whole calendar)')
    .option(
      '--lose <part>',
      'links without aws, SITE, SITE/gateway, LINK, LINK/tunnel-1, …; queue without CLUSTER (repeatable)',
      collect,
    )
    .option('--ics', 'print the calendar as iCalendar, for calendars')
    .option('--manifests', 'print what clusters run to copy data, as Kubernetes manifests')
    .addOption(noCache())
    .action(async (view: string, file: string | undefined, flags: ShowFlags & CacheFlags) => {
      const made: Synthesis = (...options) => COMMANDS.synth().synthesize(...options, cacheOf(flags));
      print(await COMMANDS.show().showReport(view, estateFile(file), flags, made));
    });

  program
    .command('synth')
    .description('synthesize all stacks into cdk.out and cdktf.out, without the stock tools')
    .argument('[file]', 'estate file')
    .addOption(noCache())
    .action((file: string | undefined, flags: CacheFlags) => COMMANDS.synth().synth(estateFile(file), cacheOf(flags)));

  program
    .command('plan')
    .description('synthesize and plan the stacks of all clouds')
    .argument('[glob]', 'names of stacks, with * and ?; or an estate file, as in the other commands')
    .option('--file <file>', 'estate file')
    .option('--stack <name>', 'plan only this stack')
    .option('--details', "print Terraform's own text of each plan")
    .option('--offline', 'against the local provider: no account, no credentials, no network')
    .addOption(
      new Option('--no-credentials', 'with the real providers, for their own checks, but no account').conflicts(
        'offline',
      ),
    )
    .option('--shard <n/of>', 'plan only this part of the stacks, such as 3/8, and write its result to --out')
    .option('--out <file>', 'where the result of --shard goes')
    .option('--merge [files...]', 'put the results of all parts together: one table, one exit code')
    .addOption(noCache())
    .addOption(json())
    .action((glob: string | undefined, options: PlanFlags) => COMMANDS.plan().runPlan(glob, options, version));

  program
    .command('offline')
    .description('run a command, such as "npx cdktf plan STACK", against the local provider')
    .argument('<command...>', 'the command and its arguments, after --')
    .passThroughOptions()
    .action(async (command: string[]) => {
      process.exitCode = await COMMANDS.offline().runOffline(command);
    });

  program
    .command('runbook')
    .description(
      'print what somebody does by hand, in order: the first apply, one pool from bring-up to its end, or the queue over clusters',
    )
    .argument('<runbook>', `${RUNBOOKS.join(', ')}, or a pool as CLUSTER.POOL`)
    .argument('[file]', 'estate file')
    .option('--cloud <cloud>', 'of the first apply, only this cloud of the estate')
    .option('--gitops <tool>', `${GITOPS.join(', ')} (default: that of the bundle in gitops, else flux)`)
    .addOption(json())
    .action((runbook: string, file: string | undefined, flags: RunbookFlags) =>
      print(COMMANDS.runbook().runbookReport(runbook, estateFile(file), flags)),
    );

  program
    .command('pipeline')
    .description(
      'write the pipeline of an estate for an engine: checks, offline plan in parts, plan and apply by layer',
    )
    .argument('[file]', 'estate file')
    .option('--for <engine>', PIPELINE_ENGINES.join(', '))
    .option('--out <file>', 'write it there instead of printing it')
    .option('--branch <name>', 'branch that is applied (default: main)')
    .option('--shards <count>', 'parts of the offline plan (default: one for each 40 stacks, at most 32)')
    .action((file: string | undefined, flags: PipelineFlags) =>
      print(COMMANDS.pipeline().pipelineReport(estateFile(file), flags)),
    );

  program
    .command('bundle')
    .description('write what GitOps applies inside of clusters: queue, software, stores, policies and acceptance')
    .argument('[file]', 'estate file')
    .option('--out <folder>', 'folder that it is written into; files of an earlier bundle go, others stay')
    .option('--gitops <tool>', `what applies it: ${GITOPS.join(', ')} (default: as the last time; none the first)`)
    .option('--path <folder>', 'where the folder is in its repository (default: as the last time; first where it is)')
    .option('--repository <name>', 'flux: GitRepository that it is in (default: flux-system); argo: its URL')
    .option('--branch <name>', 'argo: branch that is applied (default: main)')
    .addOption(json())
    .action((file: string | undefined, flags: BundleFlags) =>
      print(COMMANDS.bundle().bundleReport(estateFile(file), flags)),
    );

  program
    .command('diff')
    .description('what an edit does to the resources of all clouds; exit 3 when something protected is lost')
    .argument('<base>', 'estate file, git:REV for the same file at a revision, or git:REV:PATH')
    .argument('[file]', 'estate file')
    .option('--assembly', 'compare two output folders of "estate synth", such as those of two versions of the tool')
    .option('--accept <key>', 'let protected resources of this entry be lost (repeatable; * for all)', collect, [])
    .addOption(noCache())
    .addOption(json())
    .addOption(new Option('--markdown', 'print Markdown for a pull request').conflicts('json'))
    .option('--html <file>', 'also write a page of the change there: one HTML file, for reviews')
    .action((base: string, file: string | undefined, flags: DiffFlags) =>
      COMMANDS.diff().runDiff(base, flags.assembly ? (file ?? '.') : estateFile(file), flags, version),
    );

  program
    .command('report')
    .description('write a page of the whole estate that anybody can open, print and attach: one HTML file')
    .argument('[file]', 'estate file')
    .option('--html <file>', 'where it goes; what is there is replaced')
    .option('--at <date>', 'day that it is as of (default: today)')
    .action((file: string | undefined, flags: ReportFlags) =>
      print(COMMANDS.report().writeReport(estateFile(file), flags, version)),
    );

  program
    .command('graph')
    .description('draw networks, stacks in order of apply, or racks, for documents and pull requests')
    .argument('[file]', 'estate file')
    .option('--view <view>', `${GRAPH_VIEWS.join(', ')} (default: ${GRAPH_VIEWS[0]})`)
    .option('--format <format>', `${GRAPH_FORMATS.join(', ')} (default: ${GRAPH_FORMATS[0]})`)
    .option('--out <file>', 'write it there instead of printing it')
    .action((file: string | undefined, flags: GraphFlags) =>
      print(COMMANDS.graph().graphReport(estateFile(file), flags)),
    );

  program
    .command('exchange')
    .description(
      'import what stacks of links told once they were applied, show what is known, or print how keys are made',
    )
    .argument('<what>', EXCHANGES.join(', '))
    .argument('[names...]', 'import: files of outputs; show: estate file; keys: a link, and estate file')
    .option('--file <file>', 'estate file')
    .option('--prune', 'import: also remove what the estate has no place for any more')
    .addOption(json())
    .action((what: string, names: string[], { file, ...flags }: ExchangeFlags & { file?: string }) =>
      print(COMMANDS.exchange().exchangeReport(what, names, (named) => estateFile(named ?? file), flags)),
    );

  program
    .command('simulate')
    .description('what goes with a provider, region, site or machine, what is left, and which limits are broken then')
    .argument('[file]', 'estate file')
    .option(
      '--lose <what>',
      'aws, account:KEY, region:NAME, site:KEY, cluster:KEY, machine:TYPE, commitment:KEY, "any 2 sites" (repeatable)',
      collect,
      [],
    )
    .option('--at <date>', 'of what stands on this day (default: everything)')
    .addOption(json())
    .action((file: string | undefined, flags: SimulateFlags) =>
      print(COMMANDS.simulate().simulateReport(estateFile(file), flags)),
    );

  program
    .command('init')
    .description('write a commented estate file to start from; asks for what is not given')
    .argument('[file]', 'estate file to write (default: $ESTATE, else estate.yaml)')
    .option('--name <name>', 'name of the estate')
    .option('--cloud <cloud...>', 'aws, azure, google, oracle: a cluster on each')
    .option('--accelerator <accelerator...>', 'accelerator of all clouds, or of each in turn')
    .option('--region <region...>', 'region of each cloud in turn')
    .option('--nodes <count>', 'size of each cluster in nodes')
    .option('--racks <count>', 'size of each cluster in racks')
    .option('--accelerators <count>', 'size of each cluster in accelerators')
    .action(async (file: string | undefined, flags: InitFlags) => {
      const { init, terminal } = COMMANDS.init();
      const asking = flags.cloud === undefined ? terminal() : undefined;
      try {
        print(await init(estateFile(file), flags, asking?.ask));
      } finally {
        asking?.close();
      }
    });

  program
    .command('job')
    .description(
      'say of the jobs of a manifest whether and where they would start, and print it completed; exit 3 if one never does',
    )
    .argument('<manifest>', 'file with Jobs, JobSets and the like; - for standard input')
    .argument('[file]', 'estate file')
    .option('--check', 'only the verdict, without the manifest')
    .option('--namespace <namespace>', 'namespace of jobs that name none (default: default)')
    .addOption(json())
    .action((manifest: string, file: string | undefined, flags: JobFlags) =>
      COMMANDS.job().runJob(manifest, estateFile(file), flags),
    );

  program
    .command('explain')
    .description('say what a key means, its value, what it was resolved to and what decided it')
    .argument('<path>', 'a key, such as clusters.ohio.pools.train.accelerator, written in the file or not')
    .argument('[file]', 'estate file')
    .addOption(json())
    .action((path: string, file: string | undefined, options: { json?: boolean }) =>
      print(COMMANDS.explain().explainReport(path, estateFile(file), options.json === true)),
    );

  program
    .command('rules')
    .description('list the rules that an estate is checked with, or explain one')
    .argument('[code]', 'a rule, such as StoreSize')
    .addOption(json())
    .action((code: string | undefined, options: { json?: boolean }) =>
      print(COMMANDS.rules().rulesReport(code, options.json === true)),
    );

  program
    .command('schema')
    .description('print the JSON Schema of estate files, or of what a command prints with --json')
    .argument('[document]', 'plan, diff, show-quotas, …: a command that knows --json, with its view')
    .option('--variant', 'of files that extend another one: nothing is required, and null removes')
    .action((document: string | undefined, flags: SchemaFlags) =>
      print(COMMANDS.schema().schemaReport(document, flags)),
    );

  program
    .command('cache')
    .description('tell where what earlier runs have made is kept and how much, or remove it')
    .argument('[what]', 'clear: remove it all', 'show')
    .addOption(json())
    .action((what: string, options: { json?: boolean }) =>
      print(COMMANDS.cache().cacheReport(what, options.json === true)),
    );

  for (const command of program.commands) {
    command.showHelpAfterError(`(run "npx estate ${command.name()} --help" for its arguments and options)`);
  }
  return program;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Runs the command line and sets the exit code. */
export async function run(argv: readonly string[], version: string): Promise<void> {
  try {
    await commandLine(version).parseAsync(argv);
  } catch (error) {
    process.exitCode = error instanceof CommanderError ? error.exitCode : report(error);
  }
}
