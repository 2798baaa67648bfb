import { OfflineError } from '../../provider/errors';
import type { RealDiagnostic, RealPlan } from '../../provider/real/answers';
import { NoAnswer, type ProposedChange, type RealProvider } from '../../provider/real/provider';
import type { ResourceSchema } from '../../provider/schema';
import type { Value } from '../../provider/values';

/** A question that a provider died of or never answered; what was asked is not kept. */
export interface Skipped {
  readonly type: string;
  readonly kind: 'validate' | 'plan';
  readonly reason: 'died' | 'hung';
}

/** Questions of one kind about a type that may go without an answer; after them no more of that kind are asked about it. */
const MOST_WITHOUT_ANSWER = 3;

/** A plan that takes longer waits for a service, which it does not reach: as good as none. */
const SLOW_MS = 2500;

/** Asks a provider about one type of resource. */
export interface Asker {
  readonly type: string;
  readonly schema: ResourceSchema;
  /** Findings of a configuration; undefined where the provider gave no answer. */
  validate(config: Value): Promise<readonly RealDiagnostic[] | undefined>;
  /** A plan; undefined where the provider gave no answer or failed. */
  plan(change: ProposedChange): Promise<RealPlan | undefined>;
}

/** Asks a provider about many types at a time; questions that it died of are asked once more with no other one beside them. */
export class Questions {
  readonly skipped: Skipped[] = [];
  asked = 0;
  private running = 0;
  private alone: Promise<void> = Promise.resolve();
  private readonly idle: (() => void)[] = [];

  constructor(private readonly provider: RealProvider) {}

  /** An asker for one type. */
  about(type: string, schema: ResourceSchema): Asker {
    return {
      type,
      schema,
      validate: (config) => this.ask({ type, kind: 'validate' }, () => this.provider.validate(type, config)),
      plan: (change) => this.ask({ type, kind: 'plan' }, () => this.provider.plan(type, change)),
    };
  }

  private async ask<T>(what: Omit<Skipped, 'reason'>, question: () => Promise<T>): Promise<T | undefined> {
    const without = this.skipped.filter(({ type, kind }) => type === what.type && kind === what.kind).length;
    if (without >= MOST_WITHOUT_ANSWER) return undefined;
    this.asked += 1;
    const begun = performance.now();
    try {
      const answer = await this.beside(question);
      if (what.kind === 'plan' && performance.now() - begun > SLOW_MS) this.skipped.push({ ...what, reason: 'hung' });
      return answer;
    } catch (error) {
      if (error instanceof NoAnswer) return this.asAlone(what, question);
      return withoutAnswer(error);
    }
  }

  private async beside<T>(question: () => Promise<T>): Promise<T> {
    await this.alone;
    this.running += 1;
    try {
      return await question();
    } finally {
      this.running -= 1;
      if (this.running === 0) for (const wake of this.idle.splice(0)) wake();
    }
  }

  /** Lets the questions that run end, asks this one, and then lets others go on. */
  private async asAlone<T>(what: Omit<Skipped, 'reason'>, question: () => Promise<T>): Promise<T | undefined> {
    const before = this.alone;
    let done = () => {};
    this.alone = new Promise((resolve) => {
      done = resolve;
    });
    await before;
    while (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
    try {
      return await question();
    } catch (error) {
      if (error instanceof NoAnswer) this.skipped.push({ ...what, reason: error.reason });
      return withoutAnswer(error);
    } finally {
      done();
    }
  }
}

/** What a failed question is answered with: nothing, unless no other one can be asked either. */
function withoutAnswer(error: unknown): undefined {
  if (error instanceof OfflineError) throw error;
  return undefined;
}
