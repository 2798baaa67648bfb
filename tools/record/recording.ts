import { constants, gzipSync } from 'node:zlib';
import type { RealSchemas } from '../../provider/real/answers';
import type { RecordedProvider } from '../../provider/schema';
import type { TypeFacts } from './type-facts';

/** What a recording says beyond what the offline plan reads of it today. */
export type Recording = Omit<RecordedProvider, 'name' | 'version'>;

/** Numbers of the first bytes of a gzip file that say on which system it was made: the same everywhere. */
const SYSTEM_BYTE = 9;
const NO_SYSTEM = 255;

function section<T>(
  all: readonly TypeFacts[],
  pick: (facts: TypeFacts) => T,
  isEmpty: (value: T) => boolean,
): Record<string, T> {
  const found = all.map((facts): [string, T] => [facts.type, pick(facts)]).filter(([, value]) => !isEmpty(value));
  return Object.fromEntries(found);
}

function hasNone(value: object): boolean {
  return Object.keys(value).length === 0;
}

/** Host of the registry in which providers have their addresses. */
const REGISTRY = 'registry.terraform.io';

/** Puts together what was asked. */
export function recordingOf(source: string, schemas: RealSchemas, facts: Iterable<TypeFacts>): Recording {
  const all = [...facts].sort((one, other) => (one.type < other.type ? -1 : 1));
  return {
    source: `${REGISTRY}/${source}`,
    ...schemas,
    force_new: section(all, ({ force_new: paths }) => paths, hasNone),
    force_new_when: section(all, ({ force_new_when: paths }) => paths, hasNone),
    refused: section(all, ({ refused }) => refused, hasNone),
    rules: section(all, ({ rules }) => rules, hasNone),
    values: section(all, ({ values }) => values, hasNone),
    fractions: section(all, ({ fractions }) => fractions, hasNone),
    vanishing: section(all, ({ vanishing }) => vanishing, hasNone),
  };
}

/** Keys in order at every level, so that equal facts are equal bytes. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, ordered(inner)]));
}

/** The bytes of a recording. */
export function encodeRecording(recording: Recording): Buffer {
  const bytes = gzipSync(JSON.stringify(ordered(recording)), { level: constants.Z_BEST_COMPRESSION });
  bytes[SYSTEM_BYTE] = NO_SYSTEM;
  return bytes;
}
