import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { OfflineError } from '../provider/errors';
import { isJsonObject, type JsonObject } from './document';

/** A synthesized stack on the disk. */
export interface SynthesizedStack {
  readonly name: string;
  /** Folder that Terraform would run in: that of its document. */
  readonly folder: string;
  readonly json: JsonObject;
  /** Stacks that are deployed before it. */
  readonly dependsOn: readonly string[];
}

const HOW_TO_SYNTH = 'synthesize first (npx cdktf synth), or name the folder that it wrote';

function readJson(file: string): JsonObject {
  try {
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isJsonObject(json)) return json;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OfflineError(`${file} cannot be read: ${reason}`, HOW_TO_SYNTH);
  }
  throw new OfflineError(`${file} holds no JSON object`, HOW_TO_SYNTH);
}

/** The Terraform stacks of a synthesized cdktf output folder, by name. */
export function readStacks(outdir: string): ReadonlyMap<string, SynthesizedStack> {
  const manifest = readJson(join(outdir, 'manifest.json'));
  const listed = isJsonObject(manifest.stacks) ? Object.entries(manifest.stacks) : [];
  const stacks = new Map<string, SynthesizedStack>();
  for (const [name, entry] of listed) {
    const file = isJsonObject(entry) ? entry.synthesizedStackPath : undefined;
    if (typeof file !== 'string') {
      throw new OfflineError(`the manifest in ${outdir} does not say where stack ${name} is`, HOW_TO_SYNTH);
    }
    const dependencies = isJsonObject(entry) ? entry.dependencies : undefined;
    const dependsOn = Array.isArray(dependencies) ? dependencies.map(String) : [];
    stacks.set(name, { name, folder: join(outdir, dirname(file)), json: readJson(join(outdir, file)), dependsOn });
  }
  return stacks;
}
