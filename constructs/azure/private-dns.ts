import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { Construct, type IConstruct } from 'constructs';
import { azurePrivateDns, type PrivateDnsRow } from '../../estate/catalog/azure';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { checkTags } from './checks';
import { resourceTags } from './names';

/** A service that is found through a private DNS zone. */
export type PrivateDnsService = PrivateDnsRow['service'];

/** Options of a {@link PrivateDns}. */
export interface PrivateDnsProps {
  /** Resource group that the zones lie in. */
  readonly resourceGroupName: string;
  /** Regions that get a zone for their Kubernetes API servers. */
  readonly regions: readonly string[];
  /**
   * Services that get a zone.
   * @default - all that the constructs use
   */
  readonly services?: readonly PrivateDnsService[];
  /**
   * Tags of the zones.
   * @default - none
   */
  readonly tags?: Tags;
}

/**
 * The zone of a service, as networks of a region use it.
 *
 * @throws ConstructError with `NameInvalid` when no zone is known for the service
 */
export function privateDnsZoneName(scope: IConstruct, service: PrivateDnsService, region: string): string {
  const row = azurePrivateDns.find((candidate) => candidate.service === service);
  if (row === undefined) {
    const known = azurePrivateDns.map((candidate) => candidate.service).join(', ');
    throw new ConstructError(scope, 'NameInvalid', `no private DNS zone is known for ${service}; there is ${known}`);
  }
  return row.zone.replace('{region}', region);
}

/**
 * The private DNS zones behind which storage, vaults and API servers are found.
 *
 * One set for all networks that should see each other's names: a network links to a zone of one name only once.
 */
export class PrivateDns extends Construct {
  /** The zones, one for each name. */
  readonly zones: readonly PrivateDnsZone[];

  /** @throws ConstructError with `TagInvalid` when there are more tags than Azure takes */
  constructor(scope: Construct, id: string, props: PrivateDnsProps) {
    super(scope, id);
    checkTags(this, 'a private DNS zone', props.tags);
    const services = props.services ?? azurePrivateDns.map(({ service }) => service);
    const names = services.flatMap((service) =>
      props.regions.map((region) => privateDnsZoneName(this, service, region)),
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
