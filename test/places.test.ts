import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { stringify } from 'yaml';
import { conformBlock, toValue } from '../diff/conform';
import { CATALOG, CLOUDS, type Cloud } from '../estate/catalog';
import { planLayout } from '../estate/plan/layout';
import { EMPTY_LOCK } from '../estate/plan/lock';
import { resolve } from '../estate/plan/resolve';
import type { Plan } from '../estate/plan/types';
import { parseEstate } from '../estate/spec/load';
import { machineFor, poolUnit, unitNodes } from '../estate/spec/machine';
import { starterEstate } from '../estate/spec/starter';
import { loadProvider, type ProviderName } from '../provider/schema';
import { validateResource } from '../provider/validate';
import { UNKNOWN } from '../provider/values';
import { addStacks } from '../stacks/aws';
import { isJsonObject } from '../terraform/document';
import { synthesizePlan, withFolder } from './helpers/synth';

const PROVIDER: Readonly<Record<Exclude<Cloud, 'aws'>, ProviderName>> = {
  azure: 'azurerm',
  google: 'google',
  oracle: 'oci',
};
/** Clouds whose stacks are Terraform's; the networks of AWS have a test of their own, with CDK's validation. */
const TERRAFORM = ['azure', 'google', 'oracle'] as const;

/** What an estate resolves to; throws with everything that is found in its text, warnings too. */
function planOf(text: string): Plan {
  const { estate, warnings } = parseEstate(text, 'estate.yaml');
  expect(warnings).toEqual([]);
  const { lock } = planLayout(estate, EMPTY_LOCK);
  return resolve(estate, lock, { estate: 'estate.yaml', lock: 'estate.lock.json' });
}

/** Accelerators that `estate init` offers on a cloud. */
function acceleratorsOf(cloud: Cloud): readonly string[] {
  const named = Object.values(CATALOG[cloud].machines).flatMap(({ accelerator }) => accelerator ?? []);
  return [...new Set(named)].filter((accelerator) => {
    const { machine } = machineFor(CATALOG[cloud], { accelerator });
    return machine !== undefined && machine.unpublished === undefined;
  });
}

/** What `estate init` writes for an accelerator, with a name of its own. */
function initOf(cloud: Cloud, accelerator: string): Plan {
  const { machine } = machineFor(CATALOG[cloud], { accelerator });
  if (machine === undefined) throw new Error(`${cloud} has no ${accelerator}`);
  const count = poolUnit(machine) === 'node' ? 8 : (unitNodes(machine, machine.topologies?.[0]) ?? 1);
  const text = starterEstate({
    name: accelerator.replace(/[^a-z0-9]/g, '').slice(0, 16),
    clusters: [{ cloud, accelerator, size: { unit: 'nodes', count } }],
  });
  return planOf(text ?? '');
}

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
  test("passes CDK's own validation for every accelerator of AWS", () =>
    withFolder((folder) => {
      const { CDK_VALIDATION } = process.env;
      process.env.CDK_VALIDATION = 'true';
      try {
        const app = new App({ outdir: folder, builtinCloudFormationValidation: true });
        for (const accelerator of acceleratorsOf('aws')) addStacks(app, initOf('aws', accelerator));
        app.synth();
      } finally {
        process.env.CDK_VALIDATION = CDK_VALIDATION;
      }
      const report = readFileSync(join(folder, 'validation-report.json'), 'utf8');
      const { pluginReports } = JSON.parse(report) as {
        pluginReports: { violations: { ruleName: string; description: string }[] }[];
      };
      expect(pluginReports).toHaveLength(1);
      expect(pluginReports.flatMap(({ violations }) => violations)).toEqual([]);
    }));

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
