import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from '../../../constructs/cdktf';
import { addStacks } from '../../../stacks/oracle';
import type { TerraformJson } from '../../helpers/terraform';
import { type FixtureOptions, planFixture } from './fixture';

/** The stacks of the fixture. */
export interface Stacks {
  readonly foundation: TerraformJson;
  readonly network: TerraformJson;
  readonly storage?: TerraformJson;
  readonly cluster: TerraformJson;
}

const folder = mkdtempSync(join(tmpdir(), 'oracle-stacks-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Synthesizes the stacks of a plan as an app does, so that they read each other's state. */
export function stacksOf(options: FixtureOptions = {}): Stacks {
  const outdir = mkdtempSync(join(folder, 'out-'));
  const app = new App({ outdir });
  addStacks(app, planFixture(options));
  app.synth();
  const file = (stack: string) => join(outdir, 'stacks', stack, 'cdk.tf.json');
  const json = (stack: string): TerraformJson => {
    const text = readFileSync(file(stack), 'utf8');
    expect(text).not.toContain(outdir);
    return JSON.parse(text);
  };
  return {
    foundation: json('atlas-main-foundation'),
    network: json('atlas-phoenix-network'),
    cluster: json('atlas-gpu-cluster'),
    ...(existsSync(file('atlas-phoenix-storage')) && { storage: json('atlas-phoenix-storage') }),
  };
}

/** Everything in a stack by its address. */
export function addresses(json: TerraformJson): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(json.resource ?? {}).flatMap(([type, byId]) =>
      Object.entries(byId).map(([id, attributes]) => [`${type}.${id}`, attributes]),
    ),
  );
}
