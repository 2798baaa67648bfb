import type { Construct } from 'constructs';
import { TerraformStack } from '../../constructs/cdktf';
import { Gateway, type GatewayKind } from '../../constructs/google';
import { ids } from '../../estate/plan/ids';
import type { SitePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { tellExchange } from '../terraform';
import { siteNetwork } from './existing';
import { useGoogle } from './google-stack';

/** Kinds of links that a gateway of this cloud serves: networks are peered without one. */
const KINDS: readonly GatewayKind[] = ['vpn', 'interconnect'];

/** Options of a {@link GatewayStack}. */
export interface GatewayStackProps {
  /** The site. */
  readonly site: SitePlan<'google'>;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/**
 * The gateway of the links of one site, in the project of its network: where that is another one than the site's, who
 * applies has to have `roles/compute.networkAdmin` there.
 */
export class GatewayStack extends TerraformStack {
  /** The gateway. */
  readonly gateway: Gateway;

  constructor(scope: Construct, id: string, { site, state }: GatewayStackProps) {
    super(scope, id);
    const { account, region, gateway: plan } = site;
    if (plan === undefined) throw new Error(`site ${site.key} has no gateway: the plan has no stack for one`);
    useGoogle(this, { projectId: account.ids.projectId, region, release: account.providerRelease, state });
    this.gateway = new Gateway(this, ids.gateway, {
      name: plan.name,
      network: siteNetwork(this, site),
      asn: plan.asn,
      kinds: KINDS.filter((kind) => plan.kinds.includes(kind)),
      advertised: plan.advertised,
      tags: site.tags,
    });
    const { addresses } = this.gateway;
    tellExchange(this, site, { gateways: { [site.key]: addresses.length > 0 ? { addresses: [...addresses] } : {} } });
  }
}
