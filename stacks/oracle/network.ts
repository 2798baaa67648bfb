import type { Construct } from 'constructs';
import { TerraformOutput, TerraformStack } from '../../constructs/cdktf';
import { type IGateway, Network } from '../../constructs/oracle';
import { ids, outputs } from '../../estate/plan/ids';
import type { SitePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { useBackend } from '../terraform';
import { costTags } from './cost-tags';
import { useProvider } from './provider';

/** Options of a {@link NetworkStack}. */
export interface NetworkStackProps {
  /** The site. */
  readonly site: SitePlan<'oracle'>;
  /** Gateway of the links of the site. @default - there are no links */
  readonly gateway?: IGateway;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/** The network of a site. */
export class NetworkStack extends TerraformStack {
  /** The network. */
  readonly network: Network;

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id);
    const { site } = props;
    useProvider(this, site.account, site.region);
    useBackend(this, props.state);
    this.network = new Network(this, ids.network, {
      name: site.name,
      compartmentId: site.account.ids.compartmentId,
      zones: site.zones,
      cidrs: site.network.cidrs,
      egress: site.network.egress,
      dnsServers: site.network.dnsServers,
      subnets: site.network.subnets,
      rdmaCidr: site.fabricCidr,
      gateway: props.gateway,
      serviceGateway: site.serviceGateway,
      tags: site.tags,
      costTags: costTags(site.account),
    });
    new TerraformOutput(this, outputs.networkId, { value: this.network.networkId });
  }
}
