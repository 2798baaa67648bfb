import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from '../../../constructs/cdktf';
import type { StacksPlan } from '../../../estate/plan/types';
import type { Exchange } from '../../../estate/spec/exchange';
import { type Estate, estateSchema } from '../../../estate/spec/schema';
import { addStacks } from '../../../stacks/oracle';
import { linkedEstate, planOf } from '../../helpers/linked';
import type { TerraformJson } from '../../helpers/terraform';

const folder = mkdtempSync(join(tmpdir(), 'oracle-links-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The Oracle stacks of an estate, by their names. */
export function stacksOf(estate: Estate, exchange: Partial<Exchange> = {}): Readonly<Record<string, TerraformJson>> {
  return stacksOfPlan(planOf(estate, exchange));
}

/** The Oracle stacks of a plan, by their names. */
export function stacksOfPlan(plan: StacksPlan): Readonly<Record<string, TerraformJson>> {
  const outdir = mkdtempSync(join(folder, 'out-'));
  const app = new App({ outdir });
  addStacks(app, plan);
  app.synth();
  const stacks = join(outdir, 'stacks');
  if (!existsSync(stacks)) return {};
  const read = (name: string) => JSON.parse(readFileSync(join(stacks, name, 'cdk.tf.json'), 'utf8'));
  return Object.fromEntries(readdirSync(stacks).map((name) => [name, read(name)]));
}

const ASHBURN = { account: 'oracle', region: 'us-ashburn-1', zones: ['Uocm:US-ASHBURN-AD-1'] };

/** The estate with other sites, or other ones instead of its own. */
export function withSites(estate: Estate, sites: object): Estate {
  return estateSchema.parse({ ...estate, sites: { ...estate.sites, ...sites } });
}

/** The estate with a second site on Oracle Cloud, and one on Azure near it. */
export function withAshburn(links: object): Estate {
  const estate = linkedEstate({});
  const eastus = { ...estate.sites.eastus2, region: 'eastus' };
  return estateSchema.parse({ ...withSites(estate, { ashburn: ASHBURN, eastus }), links });
}
