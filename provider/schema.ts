import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PROVIDERS, type ProviderName, type ProviderRelease, recordingOf } from '../estate/terraform-providers';
import { OfflineError } from './errors';
import { lazySections } from './sections';

export {
  holdsFor,
  PROVIDER_NAMES,
  PROVIDERS,
  type ProviderName,
  type ProviderRelease,
  type ReleaseRange,
  recordedReleases,
} from '../estate/terraform-providers';

/** A type of Terraform's type system, in its JSON form. */
export type TypeConstraint =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', TypeConstraint]
  | readonly ['object', Readonly<Record<string, TypeConstraint>>]
  | readonly ['tuple', readonly TypeConstraint[]];

/** An argument or a result of a resource. */
export interface AttributeSchema {
  readonly type: TypeConstraint;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
  readonly write_only?: boolean;
}

/** A block inside a block. */
export interface NestedBlockSchema {
  readonly nesting_mode: 'single' | 'list' | 'set' | 'map' | 'group';
  readonly block: BlockSchema;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** Attributes and nested blocks of a resource or of one of its blocks. */
export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedBlockSchema>>;
  /** The provider warns of it. */
  readonly deprecated?: boolean;
}

/** A resource type, data source or provider configuration. */
export interface ResourceSchema {
  readonly version: number;
  readonly block: BlockSchema;
}

/** What the schema cannot say and the real provider checks: dotted paths without list positions. */
export interface ResourceRules {
  readonly conflicts_with?: Readonly<Record<string, readonly string[]>>;
  readonly required_with?: Readonly<Record<string, readonly string[]>>;
  readonly exactly_one_of?: readonly (readonly string[])[];
  readonly at_least_one_of?: readonly (readonly string[])[];
  readonly defaults?: Readonly<Record<string, string | number | boolean>>;
}

/** What the real provider's own validator accepts for an attribute. */
export interface AcceptedValues {
  readonly one_of?: readonly (string | number)[];
  readonly ignore_case?: boolean;
  readonly empty_ok?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly multiple_of?: number;
  readonly min_length?: number;
  readonly max_length?: number;
  /** Number of elements of a list or set that is no block. */
  readonly min_items?: number;
  readonly max_items?: number;
  /** Only the provider gives it a value, which the type of an attribute of objects does not say. */
  readonly unconfigurable?: boolean;
  readonly pattern?: string;
  /** The pattern was inferred from behaviour, not read. */
  readonly learned?: boolean;
  /** Shape of an Azure resource id; `*` is any segment. */
  readonly id?: string;
  readonly format?: string;
  readonly kind?: string;
  /** The provider checks it; alone, it is not known how. */
  readonly checked?: boolean;
}

/** How an argument changes. */
export type ChangeKind = 'larger' | 'smaller' | 'set' | 'unset' | 'longer' | 'shorter' | 'reordered';

/** The recorded schema of a release of a provider. */
export interface RecordedProvider extends ProviderRelease {
  readonly source: string;
  readonly provider: ResourceSchema;
  readonly resource_schemas: Readonly<Record<string, ResourceSchema>>;
  readonly data_source_schemas: Readonly<Record<string, ResourceSchema>>;
  readonly force_new: Readonly<Record<string, readonly string[]>>;
  /** Paths of which only some changes replace the resource, as the provider's code decides when it plans. */
  readonly force_new_when?: Readonly<Record<string, Readonly<Record<string, readonly ChangeKind[]>>>>;
  /** Changes that the provider refuses to plan. */
  readonly refused?: Readonly<Record<string, Readonly<Record<string, readonly ChangeKind[]>>>>;
  /** Numbers that may be fractions. */
  readonly fractions?: Readonly<Record<string, readonly string[]>>;
  /** Arguments that are gone from the plan. */
  readonly vanishing?: Readonly<Record<string, readonly string[]>>;
  readonly rules: Readonly<Record<string, ResourceRules>>;
  readonly values: Readonly<Record<string, Readonly<Record<string, AcceptedValues>>>>;
}

const loaded = new Map<string, RecordedProvider>();

/** Where recordings lie. */
export const RECORDINGS = { folder: join(__dirname, '../provider/schemas') };

/** The recorded schema of a release of a provider, read from the disk once per process. */
export function loadProvider(
  name: ProviderName,
  version: string = PROVIDERS[name].version,
  folder: string = RECORDINGS.folder,
): RecordedProvider {
  const file = join(folder, recordingOf({ name, version }));
  let recorded = loaded.get(file);
  if (recorded === undefined) {
    recorded = read(file, { name, version });
    loaded.set(file, recorded);
  }
  return recorded;
}

function read(file: string, release: ProviderRelease): RecordedProvider {
  try {
    const recorded: Partial<RecordedProvider> = Object.assign(lazySections(gunzipSync(readFileSync(file))), release);
    if (!isRecorded(recorded)) throw new Error('it holds no resource schemas');
    return recorded;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OfflineError(
      `the recorded provider schema ${file} cannot be read: ${reason}`,
      'restore the file from the repository (git checkout -- provider/schemas)',
    );
  }
}

function isRecorded(read: Partial<RecordedProvider>): read is RecordedProvider {
  return typeof read.resource_schemas === 'object';
}

const NO_ATTRIBUTES: Readonly<Record<string, AttributeSchema>> = {};
const NO_BLOCKS: Readonly<Record<string, NestedBlockSchema>> = {};

/** The attributes of a block, by name. */
export function attributesOf(block: BlockSchema): Readonly<Record<string, AttributeSchema>> {
  return block.attributes ?? NO_ATTRIBUTES;
}

/** The nested blocks of a block, by name. */
export function blocksOf(block: BlockSchema): Readonly<Record<string, NestedBlockSchema>> {
  return block.block_types ?? NO_BLOCKS;
}
