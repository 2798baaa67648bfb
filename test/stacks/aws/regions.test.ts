import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib/core';
import { CATALOG } from '../../../estate/catalog';
import type { SitePlan } from '../../../estate/plan/types';
import { ClusterStack, NetworkStack, StorageStack } from '../../../stacks/aws';
import { withFolder } from '../../helpers/synth';
import { account, datasets, onDemandPool, scratch, shard, site, subnets } from './fixture';

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

test.each(names)("passes CDK's own validation in %s", (region) =>
  withFolder((folder) => {
    const app = new App({ outdir: folder, builtinCloudFormationValidation: true });
    const at = siteIn(region);
    const { network } = new NetworkStack(app, 'network', { site: at });
    const storage = [new StorageStack(app, 'storage', { site: at, network })];
    const pool = { ...onDemandPool(8), zone: `${region}a` };
    new ClusterStack(app, 'cluster', { shard: shard([pool], at), network, storage });
    // The variable, which keeps the slow validator out of other tests, overrides the property.
    const { CDK_VALIDATION } = process.env;
    process.env.CDK_VALIDATION = 'true';
    try {
      app.synth();
    } finally {
      process.env.CDK_VALIDATION = CDK_VALIDATION;
    }
    const { pluginReports } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
    expect(pluginReports).toHaveLength(1);
    const violations: { description: string; ruleName: string }[] = pluginReports[0].violations;
    expect(violations.map(({ ruleName, description }) => `${ruleName}: ${description}`)).toEqual([]);
  }),
);
