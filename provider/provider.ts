import { type FilledResource, fillUnknowns, planHash } from './fakes';
import { blockKey, planChange } from './plan-change';
import {
  type DynamicValue,
  diagnosticMessages,
  type Method,
  type PathStep,
  type ProviderDiagnostic,
  pathMessage,
} from './protocol';
import { replacingPaths } from './replace';
import { checkUnconfigurable } from './rules/unconfigurable';
import {
  attributesOf,
  type BlockSchema,
  blocksOf,
  loadProvider,
  type ProviderName,
  type RecordedProvider,
  type ResourceSchema,
} from './schema';
import { CAPABILITIES, encodeSchema, type ServedTypes } from './schema-message';
import { conformState } from './state';
import { validateResource } from './validate';
import { decodeValue, encodeValue, isObject, type Value, type ValueObject } from './values';

/** What a provider may do: `plan` refuses every apply, `scratch` applies made-up results in a throw-away state. */
export type ProviderMode = 'plan' | 'scratch';

/** Options of a local provider. */
export interface LocalProviderOptions {
  readonly name: ProviderName;
  /**
   * Its release, one of the recorded ones, or what tells it at the first question; undefined stands for the default.
   * @default that which stacks pin by default
   */
  readonly version?: string | (() => string | undefined);
  /** @default 'plan' */
  readonly mode?: ProviderMode;
  /** Types to serve. @default every type that is recorded */
  readonly types?: ServedTypes;
}

/** A request as it was decoded: fields by their names. */
type Request = Readonly<Record<string, unknown>>;

/** An answer: a message's fields, or the message already encoded. */
export type Answer = object | Uint8Array;

function textOf(field: unknown): string {
  return typeof field === 'string' ? field : '';
}

function bytesOf(field: unknown): DynamicValue {
  if (typeof field !== 'object' || field === null) return {};
  const msgpack = 'msgpack' in field && field.msgpack instanceof Uint8Array ? field.msgpack : undefined;
  const json = 'json' in field && field.json instanceof Uint8Array ? field.json : undefined;
  return { msgpack, json };
}

function decodedValue(field: unknown): Value {
  return decodeValue(bytesOf(field).msgpack);
}

function refusal(summary: string, detail: string): ProviderDiagnostic {
  return { severity: 'error', summary, detail, path: [] };
}

const APPLY_REFUSED = refusal(
  'Applying is refused offline',
  'This is the local provider of the offline plan: it has no account and makes up every result, so nothing it ' +
    'answers may reach a state file. Run the same command without "estate offline" to use the real provider.',
);

const IMPORT_REFUSED = refusal(
  'Importing is refused offline',
  'The local provider has no account to read an existing resource from. Plan the import with the real provider.',
);

/** Empty planned data: what a data source answers before its results are made up. */
function unset({ block }: ResourceSchema, config: ValueObject): ValueObject {
  const names = [...Object.keys(attributesOf(block)), ...Object.keys(blocksOf(block))];
  return Object.fromEntries(names.map((name) => [name, config[name] ?? null]));
}

/** The local provider: answers Terraform's questions about one provider from its recorded schema. */
export class LocalProvider {
  readonly name: ProviderName;
  private readonly version: LocalProviderOptions['version'];
  private asked: RecordedProvider | undefined;
  private readonly mode: ProviderMode;
  private readonly types: ServedTypes | undefined;
  /** Configuration of the provider block that was read last: what made-up results are named after. */
  private config: Value = null;
  private readonly occurrences = new Map<string, number>();

  constructor({ name, version, mode = 'plan', types }: LocalProviderOptions) {
    this.name = name;
    this.version = version;
    this.mode = mode;
    this.types = types;
  }

  /** The answer to a request. */
  answer(method: Method, request: Request): Answer {
    switch (method) {
      case 'GetProviderSchema':
        return encodeSchema(this.recorded, this.types);
      case 'GetMetadata':
        return this.metadata();
      case 'ValidateResourceConfig':
        return this.validate(request);
      case 'ValidateDataResourceConfig':
        return this.validateData(request);
      case 'ConfigureProvider':
        this.config = decodedValue(request.config);
        return {};
      case 'UpgradeResourceState':
        return this.upgrade(request);
      case 'ReadResource':
        return { newState: bytesOf(request.currentState), private: request.private };
      case 'PlanResourceChange':
        return this.plan(request);
      case 'ApplyResourceChange':
        return this.apply(request);
      case 'ReadDataSource':
        return this.readData(request);
      case 'ImportResourceState':
        return { diagnostics: diagnosticMessages([IMPORT_REFUSED]) };
      case 'MoveResourceState':
        return {
          diagnostics: diagnosticMessages([
            refusal('Moving between resource types is not possible offline', 'Plan this move with the real provider.'),
          ]),
        };
      default:
        return {};
    }
  }

  private get recorded(): RecordedProvider {
    this.asked ??= loadProvider(this.name, typeof this.version === 'function' ? this.version() : this.version);
    return this.asked;
  }

  private schemaOf(schemas: Readonly<Record<string, ResourceSchema>>, typeName: string): ResourceSchema {
    const schema = schemas[typeName];
    if (schema === undefined) throw new Error(`${this.name} has no recorded schema of ${typeName}`);
    return schema;
  }

  private metadata(): Answer {
    const { recorded } = this;
    const named = (names: readonly string[]) => names.map((typeName) => ({ typeName }));
    return {
      serverCapabilities: CAPABILITIES,
      resources: named(this.types?.resources ?? Object.keys(recorded.resource_schemas)),
      dataSources: named(this.types?.dataSources ?? Object.keys(recorded.data_source_schemas)),
    };
  }

  private validate(request: Request): Answer {
    const typeName = textOf(request.typeName);
    const schema = this.schemaOf(this.recorded.resource_schemas, typeName);
    const config = decodedValue(request.config);
    return { diagnostics: diagnosticMessages(validateResource(this.name, this.recorded, typeName, schema, config)) };
  }

  private validateData(request: Request): Answer {
    const schema = this.schemaOf(this.recorded.data_source_schemas, textOf(request.typeName));
    return { diagnostics: diagnosticMessages(checkUnconfigurable(schema.block, decodedValue(request.config))) };
  }

  private upgrade(request: Request): Answer {
    const schema = this.schemaOf(this.recorded.resource_schemas, textOf(request.typeName));
    const json = bytesOf(request.rawState).json ?? Buffer.from('null');
    return { upgradedState: { json: conformState(schema.block, json) } };
  }

  private plan(request: Request): Answer {
    const typeName = textOf(request.typeName);
    const { block } = this.schemaOf(this.recorded.resource_schemas, typeName);
    const proposed = decodedValue(request.proposedNewState);
    const plannedPrivate = request.priorPrivate;
    if (proposed === null) return { plannedState: bytesOf(request.proposedNewState), plannedPrivate };
    const prior = decodedValue(request.priorState);
    const planned = planChange(block, this.recorded.rules[typeName], prior, proposed, decodedValue(request.config));
    if (prior !== null && blockKey(block, prior) === blockKey(block, planned)) {
      return { plannedState: bytesOf(request.priorState), plannedPrivate, legacyTypeSystem: true };
    }
    return {
      plannedState: { msgpack: encodeValue(planned) },
      requiresReplace: this.replacing(typeName, block, prior, planned).map(pathMessage),
      plannedPrivate,
      // Defaults are planned for arguments that are not computed, as the real providers do; Terraform allows that
      // only to providers which say that they use the older plugin SDK, and these do.
      legacyTypeSystem: true,
    };
  }

  private replacing(typeName: string, block: BlockSchema, prior: Value, planned: Value): PathStep[][] {
    const { force_new: always, force_new_when: sometimes } = this.recorded;
    return replacingPaths(block, always[typeName] ?? [], prior, planned, sometimes?.[typeName]);
  }

  private apply(request: Request): Answer {
    if (this.mode !== 'scratch') {
      return { newState: bytesOf(request.priorState), diagnostics: diagnosticMessages([APPLY_REFUSED]) };
    }
    const typeName = textOf(request.typeName);
    const planned = decodedValue(request.plannedState);
    if (planned === null) return { newState: bytesOf(request.plannedState) };
    const { block } = this.schemaOf(this.recorded.resource_schemas, typeName);
    const filled = fillUnknowns(this.filled(typeName, block, this.occurrence(typeName, planned)), planned);
    return { newState: { msgpack: encodeValue(filled) }, legacyTypeSystem: true };
  }

  /** Equal resources get results of their own: their ids may end up in one set. */
  private occurrence(typeName: string, planned: Value): number {
    const hash = planHash(typeName, planned);
    const count = this.occurrences.get(hash) ?? 0;
    this.occurrences.set(hash, count + 1);
    return count;
  }

  private readData(request: Request): Answer {
    const typeName = textOf(request.typeName);
    const schema = this.schemaOf(this.recorded.data_source_schemas, typeName);
    const config = decodedValue(request.config);
    const proposed = isObject(config) ? unset(schema, config) : config;
    const planned = planChange(schema.block, undefined, null, proposed, config);
    return { state: { msgpack: encodeValue(fillUnknowns(this.filled(typeName, schema.block, 0), planned)) } };
  }

  private filled(typeName: string, block: BlockSchema, occurrence: number): FilledResource {
    return { provider: this.name, typeName, block, config: this.config, occurrence };
  }
}
