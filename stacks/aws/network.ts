import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { type IEncryptionKey, Network } from '../../constructs/aws';
import { ids, names } from '../../estate/plan/ids';
import type { SitePlan } from '../../estate/plan/types';
import { keyOf } from './existing';
import { siteStackProps } from './site-stack-props';

/** Options of a {@link NetworkStack}. */
export interface NetworkStackProps {
  /** The site, whose network is to be made. */
  readonly site: SitePlan<'aws'>;
}

/** The network of one site, and the key of its flow logs. */
export class NetworkStack extends Stack {
  /** Encrypts its flow logs: one of its own, or the one that exists already for the site. */
  readonly encryptionKey: IEncryptionKey;
  /** The network. */
  readonly network: Network;

  constructor(scope: Construct, id: string, { site }: NetworkStackProps) {
    super(scope, id, { ...siteStackProps(site), terminationProtection: true });
    const { name, tags, zones } = site;
    this.encryptionKey = keyOf(this, site, { name: names.networkKey(site), tags });
    this.network = new Network(this, ids.network, {
      name,
      zones,
      cidrs: site.network.cidrs,
      subnets: site.network.subnets,
      egress: site.network.egress,
      storeRoleArns: site.storeRoles,
      dnsServers: site.network.dnsServers,
      encryptionKey: this.encryptionKey,
      tags,
    });
    // Whether a stack uses them or not: an export in use cannot go, and this stack is deployed before those that let go.
    for (const id of [this.network.networkId, ...this.network.subnetIds]) this.exportValue(id);
    // Their tables take the routes of a gateway, which is a stack of its own.
    if (site.gateway === undefined) return;
    for (const { routeTableId } of this.network.routeTables) this.exportValue(routeTableId);
  }
}
