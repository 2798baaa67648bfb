import { CHECKS } from '../../provider/checks';
import { LocalProvider } from '../../provider/provider';
import type { RealDiagnostic } from '../../provider/real/answers';
import type { RealProvider } from '../../provider/real/provider';
import type { ProviderName } from '../../provider/schema';
import { encodeValue, type Value } from '../../provider/values';
import { REFUSAL } from '../../terraform/no-credentials/loopback';

export { NoAnswer } from '../../provider/real/provider';

/** What a provider says of a configuration. */
export interface Verdict {
  /** Errors, in the provider's words; none where it accepts. */
  readonly errors: readonly string[];
  /** Which question was answered with them. */
  readonly stage: 'validate' | 'plan';
  /** Whether the plan could not be had without a network, so that only validation counts. @default false */
  readonly isHalf?: boolean;
  /** Whether it is said only once everything is known, which for a real stack is when it is applied. @default false */
  readonly isLate?: boolean;
}

/** A provider that is asked; it throws `NoAnswer` where it gives no answer. */
export interface Respondent {
  validate(type: string, config: Value): Promise<readonly string[]>;
  /** Plans a configuration from nothing; `undefined` where it would need a network. */
  plan(type: string, config: Value): Promise<readonly string[] | undefined>;
}

/** Asks as `terraform plan` does: first whether a configuration is valid, then what it becomes. */
export async function ask(respondent: Respondent, type: string, config: Value): Promise<Verdict> {
  const invalid = await respondent.validate(type, config);
  if (invalid.length > 0) return { errors: invalid, stage: 'validate' };
  const planned = await respondent.plan(type, config);
  if (planned === undefined) return { errors: [], stage: 'validate', isHalf: true };
  return { errors: planned, stage: 'plan' };
}

interface Diagnostic {
  readonly severity: number;
  readonly summary: string;
  readonly detail: string;
}

function isDiagnostics(value: unknown): value is readonly Diagnostic[] {
  return Array.isArray(value);
}

const ERROR = 1;

function errorsIn(answer: object): string[] {
  const { diagnostics } = { diagnostics: [], ...answer };
  if (!isDiagnostics(diagnostics)) return [];
  return diagnostics.filter(({ severity }) => severity === ERROR).map(({ summary, detail }) => `${summary}: ${detail}`);
}

/** What checks of the service say, which the real provider leaves to it: its own answers do not show them. */
function ofService(type: string, config: Value): string[] {
  return CHECKS.filter(({ types, decides }) => decides === 'service' && types.includes(type)).flatMap((check) =>
    check
      .find({ type, address: '', values: config })
      .filter(({ severity = 'error' }) => severity === 'error')
      .map(({ message, hint }) => `${message}; ${hint}`),
  );
}

/** The local provider; what it refuses for the service only is no refusal of a provider. */
export function localRespondent(name: ProviderName): Respondent {
  const provider = new LocalProvider({ name });
  return {
    validate: async (typeName, config) => {
      const request = { typeName, config: { msgpack: encodeValue(config) } };
      const errors = errorsIn(provider.answer('ValidateResourceConfig', request));
      const others = new Set(ofService(typeName, config));
      return errors.filter((error) => ![...others].some((other) => error.endsWith(other)));
    },
    plan: async (typeName, config) => {
      const value = { msgpack: encodeValue(config) };
      const request = { typeName, config: value, proposedNewState: value, priorState: { msgpack: encodeValue(null) } };
      return errorsIn(provider.answer('PlanResourceChange', request));
    },
  };
}

/** The real provider; a plan for which it asked outside of this machine is no answer. */
export function realRespondent(provider: RealProvider): Respondent {
  return {
    validate: async (type, config) => textsOf(await provider.validate(type, config)),
    plan: async (type, config) => {
      const { diagnostics } = await provider.plan(type, { prior: null, proposed: config, config });
      const errors = textsOf(diagnostics);
      return errors.some((error) => error.includes(REFUSAL)) ? undefined : errors;
    },
  };
}

function textsOf(diagnostics: readonly RealDiagnostic[]): string[] {
  return diagnostics
    .filter(({ isError }) => isError)
    .map(({ summary, detail }) => (detail === '' ? summary : `${summary}: ${detail}`));
}
