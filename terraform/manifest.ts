import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OfflineError } from '../provider/errors';
import { isJsonObject, type JsonObject } from './document';

/** A synthesized stack on the disk. */
export interface SynthesizedStack {
  readonly name: string;
  /** Folder that Terraform would run in. */
  readonly folder: string;
  readonly json: JsonObject;
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
    const folder = isJsonObject(entry) ? entry.workingDirectory : undefined;
    const file = isJsonObject(entry) ? entry.synthesizedStackPath : undefined;
    if (typeof folder !== 'string' || typeof file !== 'string') {
      throw new OfflineError(`the manifest in ${outdir} does not say where stack ${name} is`, HOW_TO_SYNTH);
    }
    stacks.set(name, { name, folder: join(outdir, folder), json: readJson(join(outdir, file)) });
  }
  return stacks;
}
