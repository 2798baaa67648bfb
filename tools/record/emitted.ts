import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolveEstate } from '../../cli/app';
import { synthesizeTerraform } from '../../cli/synthesize';
import { isJsonObject, type JsonObject } from '../../terraform/document';
import { ROOT } from '../documents';

function visit(type: string, value: unknown, path: string, found: Set<string>): void {
  if (Array.isArray(value)) for (const element of value) visit(type, element, path, found);
  if (!isJsonObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`;
    found.add(`${type} ${at}`);
    visit(type, inner, at, found);
  }
}

/** Types, and arguments as `TYPE PATH`, that a synthesized Terraform document gives. */
export function givenIn({ resource }: JsonObject, found: Set<string> = new Set()): Set<string> {
  for (const [type, resources] of Object.entries(isJsonObject(resource) ? resource : {})) {
    found.add(type);
    for (const each of Object.values(isJsonObject(resources) ? resources : {})) visit(type, each, '', found);
  }
  return found;
}

/** The default estate and all examples. */
export function exampleEstates(): string[] {
  const examples = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml'));
  return ['estate.yaml', ...examples.map((name) => join('examples', name))].map((file) => join(ROOT, file));
}

/** Everything that the constructs give in some estates. */
export async function emitted(estates: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  for (const file of estates) {
    const folder = mkdtempSync(join(tmpdir(), 'estate-record-'));
    try {
      const outdir = join(folder, 'out');
      await synthesizeTerraform({ plan: resolveEstate(file).plan.data, awsOutdir: outdir, terraformOutdir: outdir });
      const stacks = join(outdir, 'stacks');
      for (const stack of existsSync(stacks) ? readdirSync(stacks) : []) {
        givenIn(JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8')), found);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return found;
}
