import { loadProvider, type ProviderName } from '../../provider/schema';
import { validateResource } from '../../provider/validate';
import type { ValueObject } from '../../provider/values';
import { isObject } from '../../provider/values';
import { isJsonObject, type JsonObject } from '../../terraform/document';
import { generate } from '../../tools/fuzz/generate';
import { Random } from '../../tools/fuzz/random';
import { configuration, normalized, refusedByCore } from './configuration';
import { type Subject, subjectOf } from './subject';

/** A valid configuration that mutations start from. */
export interface Base {
  readonly subject: Subject;
  readonly config: ValueObject;
  /** Whether constructs emit it, or it was made up from the recording. */
  readonly source: 'emitted' | 'made up';
}

/** Resources of one type that differ in which arguments they give, at most. */
const SHAPES_PER_TYPE = 8;

/** Attempts at a configuration of a type that is valid, each with fewer arguments. */
const ATTEMPTS = 12;

function shapeOf(json: JsonObject): string {
  return JSON.stringify(json, (key, value) => (key === '//' || typeof value !== 'object' ? 0 : value));
}

/** Configurations that constructs emit into Terraform documents, those of one shape once. */
export function emittedBases(provider: ProviderName, documents: readonly JsonObject[]): Base[] {
  const shapes = new Map<string, Set<string>>();
  const bases: Base[] = [];
  for (const document of documents) {
    for (const [type, byName] of Object.entries(isJsonObject(document.resource) ? document.resource : {})) {
      const subject = type.startsWith('terraform_') ? undefined : subjectOf(provider, type);
      if (subject === undefined || !isJsonObject(byName)) continue;
      const known = shapes.get(type) ?? new Set();
      shapes.set(type, known);
      for (const json of Object.values(byName).filter(isJsonObject)) {
        const shape = shapeOf(json);
        if (known.has(shape) || known.size >= SHAPES_PER_TYPE) continue;
        known.add(shape);
        bases.push({ subject, config: configuration(subject.block, json), source: 'emitted' });
      }
    }
  }
  return bases;
}

function seedOf(text: string): number {
  let hash = 2_166_136_261;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  return hash;
}

/** Configurations of a type that the recording calls valid, those with more arguments first. */
export function* madeUpBases(provider: ProviderName, type: string, seed: number): Generator<Base> {
  const subject = subjectOf(provider, type);
  if (subject === undefined) return;
  const recorded = loadProvider(provider);
  const random = new Random(seedOf(type) + seed);
  const { block, rules, values, takesFraction } = subject;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const density = 0.5 * (1 - (attempt + 1) / ATTEMPTS);
    const json = generate(random, { block, rules, values, takesFraction, references: [], density });
    const config = normalized(block, configuration(block, json));
    if (!isObject(config) || refusedByCore(block, config).length > 0) continue;
    const findings = validateResource(provider, recorded, type, { version: 0, block }, config);
    if (findings.some(({ severity }) => severity === 'error')) continue;
    yield { subject, config, source: 'made up' };
  }
}
