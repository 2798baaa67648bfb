import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CloudFormationValidatePlugin } from 'aws-cdk-lib/core';
import { CATALOG } from '../../../estate/catalog';
import type { SitePlan } from '../../../estate/plan/types';
import { addStacks, ClusterStack, NetworkStack, StorageStack } from '../../../stacks/aws';
import { lockAndResolve } from '../../helpers/estates';
import { grantedAws } from '../../helpers/granted';
import { linkedAws } from '../../helpers/linked';
import { replicatedPlan } from '../../helpers/replicated';
import { acceleratorsOf, initOf } from '../../helpers/starter';
import { governed } from '../governed';
import { account, datasets, onDemandPool, plan, RACKS, rackPool, scratch, shard, site, subnets } from './fixture';

const { names, rows } = CATALOG.aws.regions;

/** A site with a cluster and two stores in any region; its file system is left out where there is none. */
function siteIn(region: string): SitePlan<'aws'> {
  const zones = [`${region}a`, `${region}b`];
  const lustre = rows[region]?.lacks?.includes('AWS::FSx::FileSystem') ? [] : [{ ...scratch, zone: `${region}a` }];
  return site({
    key: region,
    region,
    zones,
    account: { ...account, regions: [region] },
    network: { egress: 'nat' as const, cidrs: ['10.64.0.0/16'], subnets: subnets(zones) },
    stores: [datasets, ...lustre],
  });
}

function addSite(app: App, region: string): void {
  const at = siteIn(region);
  const { network } = new NetworkStack(app, 'network', { site: at });
  const storage = [new StorageStack(app, 'storage', { site: at, network })];
  const pool = { ...onDemandPool(8), zone: `${region}a` };
  new ClusterStack(app, 'cluster', { shard: shard([pool], at), network, storage });
}

/** Programs whose templates are checked, by name. */
const PROGRAMS: readonly (readonly [string, (app: App) => void])[] = [
  ...names.map((region) => [`a site in ${region}`, (app: App) => addSite(app, region)] as const),
  ['a foundation with a budget and limits', (app) => addStacks(app, lockAndResolve(governed()).plan)],
  ['sites with links', (app) => addStacks(app, linkedAws())],
  ['sites with grants', (app) => addStacks(app, grantedAws())],
  ['sites with replications', (app) => addStacks(app, replicatedPlan())],
  ['a site with racks', (app) => addStacks(app, plan([shard([rackPool(RACKS), onDemandPool(8)])]))],
  ...acceleratorsOf('aws').map(
    (accelerator) =>
      [`what estate init writes for ${accelerator}`, (app: App) => addStacks(app, initOf('aws', accelerator))] as const,
  ),
];

/**
 * Warnings that CDK itself acknowledges in an app: zones are written down because the estate says them, and the resources
 * of an encryption are what its construct of the cluster writes.
 */
const ACKNOWLEDGED = /^(W3010|W9009): /;

describe("CDK's own validation", () => {
  const area = mkdtempSync(join(tmpdir(), 'validated-'));
  const found = new Map<string, string[]>();

  // All in one run: the validator takes seconds to start, and once more for each type that it has not seen.
  beforeAll(() => {
    const stacks = PROGRAMS.flatMap(([name, addTo]) => {
      const app = new App({ outdir: join(area, name.replace(/ /g, '-')), builtinCloudFormationValidation: false });
      addTo(app);
      return app.synth().stacks.map((stack) => ({ name, stack }));
    });
    const stackTemplates = stacks.map(({ stack }) => {
      const { account: accountId, region } = stack.environment;
      return { stackConstructPath: stack.id, templatePath: stack.templateFullPath, accountId, region };
    });
    const { violations } = new CloudFormationValidatePlugin().validate({
      stackTemplates,
      templatePaths: stackTemplates.map(({ templatePath }) => templatePath),
      appConstruct: new App({ outdir: join(area, 'none') }),
    });
    const programs = new Map(stacks.map(({ name, stack }) => [stack.templateFullPath, name]));
    for (const { ruleName, description, violatingResources } of violations)
      for (const { templatePath = '' } of violatingResources) {
        const name = programs.get(templatePath) ?? templatePath;
        found.set(name, [...(found.get(name) ?? []), `${ruleName}: ${description}`]);
      }
  });
  afterAll(() => rmSync(area, { recursive: true }));

  test.each(PROGRAMS.map(([name]) => name))('passes %s', (name) => {
    expect((found.get(name) ?? []).filter((text) => !ACKNOWLEDGED.test(text))).toEqual([]);
  });

  test('does look at what it is given', () => {
    expect([...found.values()].flat().some((text) => text.startsWith('W3010: '))).toBe(true);
    expect(PROGRAMS.length).toBeGreaterThan(30);
  });
});
