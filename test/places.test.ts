import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { toValue } from '../diff/conform';
import { CATALOG, CLOUDS, type Cloud } from '../estate/catalog';
import type { Plan } from '../estate/plan/types';
import { parseEstate } from '../estate/spec/load';
import { starterEstate } from '../estate/spec/starter';
import { conformBlock } from '../provider/conform';
import { loadProvider, type ProviderName } from '../provider/schema';
import { validateResource } from '../provider/validate';
import { UNKNOWN } from '../provider/values';
import { isJsonObject } from '../terraform/document';
import { acceleratorsOf, initOf, planOf } from './helpers/starter';
import { synthesizePlan, withFolder } from './helpers/synth';

const PROVIDER: Readonly<Record<Exclude<Cloud, 'aws'>, ProviderName>> = {
  azure: 'azurerm',
  google: 'google',
  oracle: 'oci',
};
/** Clouds whose stacks are Terraform's; the networks of AWS have a test of their own, with CDK's validation. */
const TERRAFORM = ['azure', 'google', 'oracle'] as const;

/** An estate with the sites that `estate init` writes in every region of a cloud. */
function everyRegion(cloud: Exclude<Cloud, 'aws'>): Plan {
  const size = { unit: 'nodes', count: 8 } as const;
  const started = CATALOG[cloud].regions.names.map((region) => {
    const text = starterEstate({ name: 'all', clusters: [{ cloud, accelerator: 'h200', region, size }] }) ?? '';
    return { region, ...parseEstate(text, `${region}.yaml`).estate };
  });
  return planOf(
    stringify({
      estate: 'v1',
      name: 'all',
      owner: started[0]?.owner,
      accounts: started[0]?.accounts,
      sites: Object.fromEntries(started.map(({ region, sites }) => [region.replace(/-/g, ''), sites[cloud]])),
      addressing: { supernets: { aws: '10.0.0.0/10', [cloud]: '10.64.0.0/10' } },
      acknowledge: [{ rule: 'UnusedEntry', path: 'sites', reason: 'only their networks are looked at' }],
    }),
  );
}

/** What the recorded provider would refuse of the stacks of a plan, and how many resources it was asked about. */
async function refusals(cloud: Exclude<Cloud, 'aws'>, plan: Plan): Promise<{ found: string[]; resources: number }> {
  const recorded = loadProvider(PROVIDER[cloud]);
  return withFolder((folder) => {
    synthesizePlan(plan, folder);
    const stacks = join(folder, 'cdktf.out/stacks');
    const resources = readdirSync(stacks).flatMap((stack) => {
      const { resource = {} } = JSON.parse(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8')) as {
        resource?: Record<string, Record<string, unknown>>;
      };
      return Object.entries(resource).flatMap(([type, members]) =>
        Object.entries(members).map(([name, written]) => ({ stack, type, name, written })),
      );
    });
    const found = resources.flatMap(({ stack, type, name, written }) => {
      if (type.startsWith('terraform_')) return [];
      const schema = recorded.resource_schemas[type];
      if (schema === undefined || !isJsonObject(written)) return [`${stack}: ${type} is not recorded`];
      const value = conformBlock(
        schema.block,
        toValue(written, (text) => (text.includes('${') ? UNKNOWN : text)),
      );
      return validateResource(PROVIDER[cloud], recorded, type, schema, value)
        .filter(({ severity }) => severity === 'error')
        .map(({ summary, detail }) => `${stack}: ${type}.${name}: ${summary}: ${detail}`);
    });
    return { found, resources: resources.length };
  });
}

describe('what estate init writes', () => {
  test.each(TERRAFORM.flatMap((cloud) => acceleratorsOf(cloud).map((accelerator) => [cloud, accelerator] as const)))(
    'passes the checks of the recorded provider on %s with %s',
    async (cloud, accelerator) => {
      const { found, resources } = await refusals(cloud, initOf(cloud, accelerator));
      expect(found).toEqual([]);
      expect(resources).toBeGreaterThan(20);
    },
  );

  test('is for many accelerators on each cloud', () => {
    for (const cloud of CLOUDS) expect(acceleratorsOf(cloud).length).toBeGreaterThan(5);
  });
});

describe('the default network', () => {
  test.each(TERRAFORM)('passes the checks of the recorded provider in every region of %s', async (cloud) => {
    const plan = everyRegion(cloud);
    expect(plan.sites(cloud)).toHaveLength(CATALOG[cloud].regions.names.length);
    const { found, resources } = await refusals(cloud, plan);
    expect(found).toEqual([]);
    expect(resources).toBeGreaterThan(5 * plan.sites(cloud).length);
  });
});
