import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { OfflineError } from '../../provider/errors';
import { serveProviders } from '../../provider/server';
import { runTerraform, type TerraformBinary, type TerraformRun, terraformEnvironment } from '../../terraform/binary';
import { describeDiagnostic, readReport } from '../../terraform/diagnostics';
import { type JsonObject, readDocument, relocate, statesRead } from '../../terraform/document';
import { readStacks, type SynthesizedStack } from '../../terraform/manifest';
import { placeholderEnvironment } from '../../terraform/no-credentials/environment';
import { writePlaceholderKey } from '../../terraform/no-credentials/key';
import { inOrder } from '../../terraform/schedule';
import type { Scratch } from '../../terraform/scratch';
import { LAB_CLOUDS, type LabCloud } from '../clouds';
import { echoOf } from '../echo';
import type { Certificates } from '../echo/certificates';
import { type EchoServer, type Memory, serveEcho } from '../echo/server';
import { type Changes, countsOf, NO_CHANGES, plannedChanges, type ShownPlan } from './changes';
import { type StateResource, withAnswers } from './own-reads';

/** What all runs of the lab share. */
export interface LabSetting {
  readonly binary: TerraformBinary;
  readonly scratch: Scratch;
  /** Folder to work in. */
  readonly folder: string;
  readonly certificates: Certificates;
  /** Terraform CLI configuration that names the mirror of providers, and nothing else. */
  readonly cliConfig: string;
}

/** How the plan or the apply of one stack ended. */
export interface StackOutcome {
  readonly stack: string;
  readonly changes: Changes;
  /** What stopped it. @default it was not stopped */
  readonly error?: string;
}

/** A state of the whole: of the services, and of every stack. */
export interface Snapshot {
  readonly memory: Memory;
  readonly folder: string;
}

/** Longest time that one command of Terraform may take. */
const COMMAND_MINUTES = 60;

/** Exit code of a plan that would change something. */
const HAS_CHANGES = 2;

const STATE = 'terraform.tfstate';
const PLAN = 'lab.tfplan';

/** Stacks at the same time; those of Azure mostly wait in the provider. */
const PARALLEL: Readonly<Record<LabCloud, number>> = {
  google: availableParallelism(),
  azure: 8,
  oracle: availableParallelism(),
};

/** The stacks of one cloud of an estate, the services they are applied to, and their states. */
export class Laboratory {
  private stacks: ReadonlyMap<string, SynthesizedStack> = new Map();
  /** Documents as they were applied last. */
  private readonly applied = new Map<string, string>();

  private constructor(
    private readonly cloud: LabCloud,
    private readonly setting: LabSetting,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    readonly echo: EchoServer,
  ) {}

  /** Opens a laboratory with services that remember nothing yet. */
  static async open(cloud: LabCloud, name: string, setting: LabSetting): Promise<Laboratory> {
    const folder = join(setting.folder, name, cloud);
    const home = join(folder, 'home');
    mkdirSync(home, { recursive: true });
    const echo = await serveEcho(echoOf(cloud), setting.certificates);
    const env = placeholderEnvironment({
      home,
      cliConfig: setting.cliConfig,
      loopback: { tokenUrl: `${echo.url}/token`, proxyUrl: echo.url },
      keyFile: cloud === 'oracle' ? signedInTo(home) : undefined,
    });
    const { authority } = setting.certificates;
    // The first is for providers that use what the machine trusts, the second is Oracle's.
    const trust = { SSL_CERT_FILE: authority, custom_cert_location: authority };
    return new Laboratory(cloud, setting, folder, { ...env, ...trust }, echo);
  }

  /** Takes the synthesized stacks of the cloud as what is wanted, changed where they have to be; returns their names. */
  want(outdir: string, change: (json: JsonObject) => JsonObject = (json) => json): readonly string[] {
    const provider = LAB_CLOUDS[this.cloud];
    const all = [...readStacks(outdir).values()];
    this.stacks = new Map(
      all
        .filter(({ json }) => readDocument(json).providers.includes(provider))
        .map((stack) => [stack.name, { ...stack, json: change(stack.json) }]),
    );
    this.echo.expect([...this.stacks.values()].map(({ json }) => json));
    return [...this.stacks.keys()];
  }

  /** Stacks whose documents are not as they were applied last. */
  changed(): readonly string[] {
    return [...this.stacks.keys()].filter((name) => this.documentOf(name) !== this.applied.get(name));
  }

  /** Stacks that were applied and are not wanted any more: no command of Terraform reaches them. */
  gone(): readonly string[] {
    return [...this.applied.keys()].filter((name) => !this.stacks.has(name));
  }

  /** Plans stacks and applies what was planned, those first whose outputs others read. */
  async apply(names: readonly string[]): Promise<readonly StackOutcome[]> {
    return this.each(names, async (name) => {
      const planned = await this.plan(name);
      if (planned.error !== undefined) return planned;
      const run = await this.terraform(name, 'apply', '-json', '-lock=false', '-parallelism=20', PLAN);
      this.applied.set(name, this.documentOf(name));
      const error = this.errorOf(name, run);
      return { ...planned, ...(error !== undefined && { error }) };
    });
  }

  /** Plans stacks and applies nothing. */
  async planAgain(names: readonly string[]): Promise<readonly StackOutcome[]> {
    return this.each(names, (name) => this.plan(name));
  }

  /** Keeps everything as it is now, to go back to. */
  save(label: string): Snapshot {
    const folder = join(this.folder, `.${label}`);
    mkdirSync(folder, { recursive: true });
    for (const name of this.applied.keys()) {
      copyFileSync(join(this.folder, name, STATE), join(folder, `${name}.tfstate`));
    }
    return { memory: this.echo.save(), folder };
  }

  /** Goes back to what was kept. */
  load({ memory, folder }: Snapshot, documents: ReadonlyMap<string, string>): void {
    this.echo.load(memory);
    this.applied.clear();
    for (const [name, text] of documents) {
      this.applied.set(name, text);
      copyFileSync(join(folder, `${name}.tfstate`), join(this.folder, name, STATE));
    }
  }

  /** Documents as they were applied last, by stack. */
  documents(): ReadonlyMap<string, string> {
    return new Map(this.applied);
  }

  /**
   * Applies stacks with the local provider, which makes all results up, and plans the states with the real one, which is
   * not to ask a service for what exists.
   */
  async planMadeUp(names: readonly string[]): Promise<readonly StackOutcome[]> {
    return this.each(names, async (name) => {
      this.layOut(name);
      const { binary, scratch } = this.setting;
      const { providers, types } = readDocument(this.stackOf(name).json);
      const servers = await serveProviders({ providers, mode: 'scratch', types });
      try {
        const env = terraformEnvironment({
          TF_REATTACH_PROVIDERS: servers.reattach,
          // Of its own: the real run installs its provider into the usual one.
          TF_DATA_DIR: '.terraform-made-up',
          TF_CLI_CONFIG_FILE: scratch.cliConfig,
        });
        const options = { cwd: join(this.folder, name), env, onStart: scratch.follow };
        const run = await runTerraform(binary, ['apply', '-json', '-lock=false', '-auto-approve'], options);
        const error = this.errorOf(name, run);
        if (error !== undefined) return { stack: name, changes: NO_CHANGES, error };
      } finally {
        servers.close();
      }
      const stack = this.stackOf(name);
      this.stacks = new Map([...this.stacks, [name, { ...stack, json: withAnswers(stack.json, this.stateOf(name)) }]]);
      return this.plan(name, '-refresh=false');
    });
  }

  /** Resources in the state of a stack. */
  resourcesIn(name: string): number {
    return this.stateOf(name).reduce(
      (sum, { mode, instances }) => sum + (mode === 'managed' ? instances.length : 0),
      0,
    );
  }

  private stateOf(name: string): readonly StateResource[] {
    const file = join(this.folder, name, STATE);
    if (!existsSync(file)) return [];
    const { resources }: { readonly resources: readonly StateResource[] } = JSON.parse(readFileSync(file, 'utf8'));
    return resources;
  }

  close(): Promise<void> {
    return this.echo.close();
  }

  private async each(
    names: readonly string[],
    task: (name: string) => Promise<StackOutcome>,
  ): Promise<readonly StackOutcome[]> {
    const outcomes: StackOutcome[] = [];
    const sources = new Map(
      names.map((name) => [
        name,
        names.filter((other) => this.sourcesOf(name).includes(other) || isBefore(other, name)),
      ]),
    );
    await inOrder(sources, PARALLEL[this.cloud], async (name) => {
      outcomes.push(await task(name));
    });
    return outcomes.sort((a, b) => (a.stack < b.stack ? -1 : 1));
  }

  private stackOf(name: string): SynthesizedStack {
    const stack = this.stacks.get(name);
    if (stack === undefined) throw new OfflineError(`there is no stack ${name}`, 'synthesize it first');
    return stack;
  }

  private read(name: string): ReadonlyMap<string, string> {
    return statesRead(this.stackOf(name).json, new Map([...this.stacks].map(([key, { json }]) => [key, json])));
  }

  private sourcesOf(name: string): readonly string[] {
    return [...this.read(name).values()];
  }

  /** The document of a stack, with its state and those it reads in the lab's folders. */
  private documentOf(name: string): string {
    const states = new Map([...this.read(name)].map(([data, source]) => [data, join(this.folder, source, STATE)]));
    return JSON.stringify(relocate(this.stackOf(name).json, states), undefined, 1);
  }

  private layOut(name: string): void {
    const folder = join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.tf.json'), this.documentOf(name));
  }

  private async plan(name: string, ...more: readonly string[]): Promise<StackOutcome> {
    this.layOut(name);
    const folder = join(this.folder, name);
    if (!existsSync(join(folder, '.terraform'))) {
      const init = await this.terraform(name, 'init', '-no-color');
      if (init.exitCode !== 0) return { stack: name, changes: NO_CHANGES, error: init.stderr.trim() };
    }
    rmSync(join(folder, PLAN), { force: true });
    const options = ['-lock=false', '-parallelism=20', `-out=${PLAN}`, ...more];
    const run = await this.terraform(name, 'plan', '-json', '-detailed-exitcode', ...options);
    if (run.exitCode === 0) return { stack: name, changes: NO_CHANGES };
    const error = run.exitCode === HAS_CHANGES ? undefined : this.errorOf(name, run);
    if (error !== undefined) return { stack: name, changes: NO_CHANGES, error };
    const shown = await this.terraform(name, 'show', '-json', PLAN);
    const plan: ShownPlan = JSON.parse(shown.stdout);
    return { stack: name, changes: plannedChanges(plan) };
  }

  private errorOf(name: string, run: TerraformRun): string | undefined {
    if (run.exitCode === 0) return undefined;
    const { json } = this.stackOf(name);
    const errors = readReport(run.stdout, json, this.documentOf(name)).diagnostics.filter(
      ({ severity }) => severity === 'error',
    );
    if (errors.length === 0) return `terraform ended with ${run.signal ?? run.exitCode}: ${run.stderr.slice(-400)}`;
    return errors.map(describeDiagnostic).join('\n');
  }

  private terraform(name: string, ...args: readonly string[]): Promise<TerraformRun> {
    const { binary, scratch } = this.setting;
    let timer: NodeJS.Timeout | undefined;
    const run = runTerraform(binary, args, {
      cwd: join(this.folder, name),
      env: this.env,
      onStart: (child) => {
        scratch.follow(child);
        timer = setTimeout(() => child.kill('SIGINT'), COMMAND_MINUTES * 60_000);
      },
    });
    return run.finally(() => clearTimeout(timer));
  }
}

/**
 * Whether a stack is applied before another one although that reads nothing of it, as the steps of the first apply say:
 * foundations first, and the network of a site before what lies in it.
 */
export function isBefore(name: string, other: string): boolean {
  const [isFoundation, isNetwork] = [/-foundation$/.test(name), /-network$/.test(name)];
  if (isFoundation) return !/-foundation$/.test(other);
  return isNetwork && name !== other && other.startsWith(name.slice(0, -'network'.length));
}

/** Gives stacks whose provider names no user one in the usual place; returns the file of its key. */
function signedInTo(home: string): string {
  const keyFile = writePlaceholderKey(home);
  const profile = {
    user: 'ocid1.user.oc1..placeholder',
    fingerprint: Array.from({ length: 16 }, () => '00').join(':'),
    tenancy: 'ocid1.tenancy.oc1..placeholder',
    region: 'us-phoenix-1',
    key_file: keyFile,
  };
  const lines = Object.entries(profile).map(([name, value]) => `${name}=${value}`);
  mkdirSync(join(home, '.oci'));
  writeFileSync(join(home, '.oci', 'config'), `[DEFAULT]\n${lines.join('\n')}\n`);
  return keyFile;
}

/** What differs, in one line for a stack; undefined when nothing does. */
export function differenceOf({ stack, changes, error }: StackOutcome): string | undefined {
  if (error !== undefined) return `${stack}: ${error.split('\n').slice(0, 3).join(' ')}`;
  const counts = countsOf(changes);
  if (counts === countsOf(NO_CHANGES)) return undefined;
  const addresses = [...changes.replaced, ...changes.destroyed, ...changes.updated, ...changes.created];
  return `${stack}: ${counts} ${addresses.slice(0, 6).join(', ')}`;
}
