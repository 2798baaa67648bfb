import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { Construct } from 'constructs';
import { azurePrivateDns, type PrivateDnsRow } from '../../estate/catalog/azure';
import type { Tags } from '../../estate/units';
import { resourceTags } from './names';

/** Properties of PrivateDns. */
export interface PrivateDnsProps {
  readonly resourceGroupName: string;
  /** Regions that get a zone for their Kubernetes API servers. */
  readonly regions: readonly string[];
  /** @default none */
  readonly tags?: Tags;
}

/** The zone of a service, as networks of a region use it. */
export function privateDnsZoneName(service: PrivateDnsRow['service'], region: string): string {
  const row = azurePrivateDns.find((candidate) => candidate.service === service);
  if (row === undefined) throw new Error(`no private DNS zone is known for ${service}`);
  return row.zone.replace('{region}', region);
}

/**
 * The private DNS zones behind which storage, vaults and API servers are found.
 *
 * One set for all networks that should see each other's names: a network links to a zone of one name only once.
 */
export class PrivateDns extends Construct {
  readonly zones: readonly PrivateDnsZone[];

  constructor(scope: Construct, id: string, props: PrivateDnsProps) {
    super(scope, id);
    const names = azurePrivateDns.flatMap(({ service }) =>
      props.regions.map((region) => privateDnsZoneName(service, region)),
    );
    this.zones = [...new Set(names)].map(
      (name) =>
        new PrivateDnsZone(this, name.replaceAll('.', '-'), {
          name,
          resourceGroupName: props.resourceGroupName,
          tags: resourceTags(props.tags),
        }),
    );
  }
}
