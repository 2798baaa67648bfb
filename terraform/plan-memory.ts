import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import type { TerraformBinary } from './binary';
import type { SynthesizedStack } from './manifest';

/** Keeps what offline plans of earlier runs came to. */
export interface PlanMemory {
  /** What decides a plan besides the stacks and Terraform: the release of the local provider. */
  readonly tool: string;
  get(key: string): unknown;
  put(key: string, value: unknown): void;
}

/** What decides the plan of a stack besides its document and those that it reads. */
interface KeyContext {
  readonly tool: string;
  readonly binary: TerraformBinary;
  readonly details: boolean;
  readonly stacks: ReadonlyMap<string, SynthesizedStack>;
  /** What each stack reads, by the name of the data source that does. */
  readonly reads: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Everything that decides what the plan of a stack comes to; undefined where files beside its document do too. */
export function planKey(name: string, context: KeyContext): string | undefined {
  const { tool, binary, details, stacks, reads } = context;
  const stack = stacks.get(name);
  if (stack === undefined || readdirSync(stack.folder).some((file) => file !== 'cdk.tf.json')) return undefined;
  const sources = [...(reads.get(name)?.values() ?? [])].sort().map((source) => planKey(source, context));
  if (sources.includes(undefined)) return undefined;
  const parts = [tool, basename(binary.command), binary.version, details, stack.json, sources];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
