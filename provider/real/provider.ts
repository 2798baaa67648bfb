import { conformBlock } from '../conform';
import { OfflineError } from '../errors';
import { encodeValue, type Value, type ValueObject } from '../values';
import {
  diagnosticsOf,
  planOf,
  type RealDiagnostic,
  type RealPlan,
  type RealSchemas,
  schemasOfAnswer,
} from './answers';
import { connect, NoAnswer, type ProviderConnection } from './client';
import { type ProviderProgram, startProgram } from './program';

export { NoAnswer } from './client';

/** A change to plan; a prior state of null is a resource that is to be made. */
export interface ProposedChange {
  readonly prior: Value;
  readonly proposed: Value;
  readonly config: Value;
  readonly priorPrivate?: Uint8Array;
}

/** A provider's own program, which is asked as Terraform asks it, and started anew when a question was too much for it. */
export interface RealProvider {
  schemas(): Promise<RealSchemas>;
  /** What the provider says of a configuration of a resource. */
  validate(typeName: string, config: Value): Promise<readonly RealDiagnostic[]>;
  /** What the provider plans for a change. */
  plan(typeName: string, change: ProposedChange): Promise<RealPlan>;
  end(): void;
}

/** How to start and configure a provider. */
export interface RealProviderOptions {
  /** Its program. */
  readonly file: string;
  /** Environment of it: with placeholder credentials, never with those of a user. */
  readonly env: NodeJS.ProcessEnv;
  /** Values of its configuration; everything else is unset. */
  readonly configuration: ValueObject;
  /** Longest time for an answer. @default 30 seconds */
  readonly timeoutMs?: number;
}

/** Longest time for the schemas of all types. */
const SCHEMA_MS = 120_000;

/** Release that real providers are told to be asked by; some look at it. */
const TERRAFORM_VERSION = '1.11.4';

function dynamic(value: Value): { readonly msgpack: Uint8Array } {
  return { msgpack: encodeValue(value) };
}

const ALLOWED = { writeOnlyAttributesAllowed: true } as const;

/** A provider that can no longer be started: nothing more can be asked. */
class NotOpened extends OfflineError {
  constructor(reason: string) {
    super(reason, 'try again; what was answered until now is kept');
  }
}

/** Starts a real provider and asks it for its schemas; it is configured when the first plan is asked for. */
export async function openRealProvider(options: RealProviderOptions): Promise<RealProvider> {
  const { file, env, configuration, timeoutMs } = options;
  let program: ProviderProgram | undefined;
  let connection: ProviderConnection | undefined;
  let schemas: RealSchemas | undefined;
  let opening: Promise<ProviderConnection> | undefined;

  const stop = () => {
    connection?.close();
    program?.end();
    program = undefined;
    connection = undefined;
    opening = undefined;
  };
  const open = async (): Promise<ProviderConnection> => {
    program = await startProgram(file, env);
    connection = connect(program);
    schemas ??= schemasOfAnswer(await connection.ask('GetProviderSchema', {}, SCHEMA_MS));
    const config = dynamic(conformBlock(schemas.provider.block, configuration));
    const answer = await connection.ask('ConfigureProvider', { terraformVersion: TERRAFORM_VERSION, config });
    const refused = diagnosticsOf(answer).filter(({ isError }) => isError);
    if (refused.length > 0) throw new Error(`the provider cannot be configured: ${refused[0]?.summary}`);
    return connection;
  };
  const opened = (): Promise<ProviderConnection> => {
    opening ??= open().catch((error: unknown) => {
      stop();
      // What is told with what to do about it stays so.
      if (error instanceof OfflineError) throw error;
      throw new NotOpened(error instanceof Error ? error.message : String(error));
    });
    return opening;
  };
  const ask: ProviderConnection['ask'] = async (method, request) => {
    const current = await opened();
    try {
      return await current.ask(method, request, timeoutMs);
    } catch (error) {
      // Questions that were under way beside the one that it died of find a new program, or none.
      if (error instanceof NoAnswer && current === connection) stop();
      throw error;
    }
  };
  await opened();
  return {
    schemas: async () => {
      await opened();
      if (schemas === undefined) throw new Error('a provider that is open has schemas');
      return schemas;
    },
    validate: async (typeName, config) =>
      diagnosticsOf(
        await ask('ValidateResourceConfig', { typeName, config: dynamic(config), clientCapabilities: ALLOWED }),
      ),
    plan: async (typeName, { prior, proposed, config, priorPrivate }) =>
      planOf(
        await ask('PlanResourceChange', {
          typeName,
          priorState: dynamic(prior),
          proposedNewState: dynamic(proposed),
          config: dynamic(config),
          priorPrivate: priorPrivate ?? new Uint8Array(),
          clientCapabilities: ALLOWED,
        }),
      ),
    end: stop,
  };
}
