import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { reportOf } from '../../cli/diff';
import { compareCloudFormation, compareTerraform, type DiffReport } from '../../diff';
import { CLOUDS, type Cloud } from '../../estate/catalog';
import { planLayout } from '../../estate/plan/layout';
import { type Lock, parseLock } from '../../estate/plan/lock';
import { resolve } from '../../estate/plan/resolve';
import type { Plan } from '../../estate/plan/types';
import { type LoadedEstate, parseEstate } from '../../estate/spec/load';
import { partOf } from '../diff/scene';
import { synthesizePlan } from '../helpers/synth';
import { Clouds } from './clouds';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };

/** One state of the estate: what is written, what it resolves to, and where it is synthesized. */
interface Revision {
  readonly text: string;
  readonly loaded: LoadedEstate;
  readonly lock: Lock;
  readonly plan: Plan;
  /** Folder of the synthesized stacks of each cloud; two revisions whose plans agree about a cloud share it. */
  readonly outdirs: Readonly<Record<Cloud, string>>;
}

/** How an edit is made. */
export interface Writing {
  /** Losses that `estate diff` is told to accept. @default none */
  readonly accept?: readonly string[];
  /** Protected entries that `estate lock` is told to give up. @default none */
  readonly giveUp?: readonly string[];
  /** Lock to build on, such as that of a merge. @default the last one */
  readonly lock?: Lock;
}

/** A step of a year: an edit, locked and compared, and applied where nothing refuses it. */
export interface Step {
  readonly report: DiffReport;
  /** What the apply took away, by stack, type and address; nothing where the diff refuses the edit. */
  readonly destroyed: readonly string[];
}

/** An estate that lives: each edit is locked on top of the last lock, compared with the last state and applied. */
export class History {
  readonly clouds = new Clouds();
  private readonly folder = mkdtempSync(join(tmpdir(), 'estate-year-'));
  private now: Revision;
  private count = 0;

  constructor(text: string, lock: string) {
    this.now = this.revision(text, parseLock(lock, FILES.lock), []);
    for (const cloud of CLOUDS) this.clouds.apply(this.now.outdirs[cloud]);
  }

  get text(): string {
    return this.now.text;
  }

  get lock(): Lock {
    return this.now.lock;
  }

  /** Writes another estate; what the diff refuses is taken back, as a pull request would be. */
  write(text: string, { accept = [], giveUp = [], lock = this.now.lock }: Writing = {}): Step {
    const before = this.now;
    const next = this.revision(text, lock, giveUp, before);
    const changed = CLOUDS.filter((cloud) => before.outdirs[cloud] !== next.outdirs[cloud]);
    const changes = changed.flatMap((cloud) => {
      const [old, now] = [before.outdirs[cloud], next.outdirs[cloud]];
      return cloud === 'aws'
        ? compareCloudFormation(join(old, 'cdk.out'), join(now, 'cdk.out'))
        : compareTerraform(join(old, 'cdktf.out'), join(now, 'cdktf.out'));
    });
    const report = reportOf(before, next, changes, { accept, base: 'git:HEAD' });
    if (report.ok) this.now = next;
    return { report, destroyed: report.ok ? changed.flatMap((cloud) => this.clouds.apply(next.outdirs[cloud])) : [] };
  }

  /** What another estate would be locked to, without becoming it: a branch. */
  branch(text: string): Lock {
    return planLayout(parseEstate(text, FILES.estate).estate, this.now.lock).lock;
  }

  /** Removes what was synthesized. */
  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private revision(text: string, held: Lock, accept: readonly string[], before?: Revision): Revision {
    const loaded = parseEstate(text, FILES.estate);
    const { lock } = planLayout(loaded.estate, held, accept);
    const plan = resolve(loaded.estate, lock, FILES);
    const outdirs = CLOUDS.map((cloud) => {
      if (before !== undefined && partOf(before.plan, cloud) === partOf(plan, cloud))
        return [cloud, before.outdirs[cloud]];
      const outdir = join(this.folder, String(++this.count));
      mkdirSync(outdir);
      synthesizePlan({ ...plan, clouds: plan.clouds.filter((each) => each === cloud) }, outdir);
      return [cloud, outdir];
    });
    return { text, loaded, lock, plan, outdirs: Object.fromEntries(outdirs) };
  }
}
