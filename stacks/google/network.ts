import type { Construct } from 'constructs';
import { TerraformStack } from '../../constructs/cdktf';
import { Network } from '../../constructs/google';
import { ids } from '../../estate/plan/ids';
import type { SitePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { useGoogle } from './google-stack';

/** Options of a {@link NetworkStack}. */
export interface NetworkStackProps {
  /** The site. */
  readonly site: SitePlan<'google'>;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/** The VPC network of one site, with a node subnet for each of its shards; there is none where it exists already. */
export class NetworkStack extends TerraformStack {
  /** The network. */
  readonly network: Network;

  constructor(scope: Construct, id: string, { site, state }: NetworkStackProps) {
    super(scope, id);
    const { projectId } = site.account.ids;
    useGoogle(this, { projectId, region: site.region, release: site.account.providerRelease, state });
    this.network = new Network(this, ids.network, {
      name: site.name,
      projectId,
      region: site.region,
      zones: site.zones,
      cidrs: site.network.cidrs,
      subnets: site.network.subnets,
      egress: site.network.egress,
      dnsServers: site.network.dnsServers,
      tags: site.tags,
    });
  }
}
