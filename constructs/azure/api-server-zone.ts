import { PrivateDnsZone } from '@cdktf/provider-azurerm/lib/private-dns-zone';
import { PrivateDnsZoneVirtualNetworkLink } from '@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import type { ITerraformDependable } from '../cdktf';
import { Grant } from '../grant';
import { setSuccessors } from '../newer-arguments';
import { LIMITS, physicalName, resourceId, resourceTags } from './names';
import type { INetwork } from './network-attributes';
import { privateDnsZoneName } from './private-dns';
import { assignRole } from './role-assignment';

/** Options of an {@link ApiServerZone}. */
export interface ApiServerZoneProps {
  /** First part of every physical name. */
  readonly name: string;
  /** Network that resolves the name. */
  readonly network: INetwork;
  /** Whether Terraform refuses to destroy the zone, which a cluster needs for as long as it lives. */
  readonly deletionProtection: boolean;
  /**
   * Tags of zone and link.
   * @default - none
   */
  readonly tags?: Tags;
}

/** The private DNS zone of one API server, linked to its network: a part of the zone that clusters of a region may share. */
export class ApiServerZone extends Construct {
  /** Id of the zone. */
  readonly zoneId: string;
  /** What must exist before a name is written into it. */
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { name: first, network, deletionProtection, tags }: ApiServerZoneProps) {
    super(scope, id);
    const { resourceGroupName, region } = network;
    const shared = privateDnsZoneName(this, 'kubernetes', region);
    const name = `${physicalName([first], LIMITS.dnsSubzone)}.${shared}`;
    const common = {
      resourceGroupName,
      tags: resourceTags(tags),
      lifecycle: deletionProtection ? ({ preventDestroy: true } as const) : undefined,
    };
    const zone = new PrivateDnsZone(this, 'Resource', { name, ...common });
    const link = new PrivateDnsZoneVirtualNetworkLink(this, 'link', {
      name: physicalName([first], LIMITS.networkResource),
      privateDnsZoneName: zone.name,
      virtualNetworkId: network.networkId,
      registrationEnabled: false,
      ...common,
    });
    const zoneId = (zoneName: string) => resourceId(network, 'Microsoft.Network/privateDnsZones', zoneName);
    this.zoneId = zoneId(name);
    // The name of the zone itself, so that it comes first.
    setSuccessors(link, 'azurerm_private_dns_zone_virtual_network_link', { private_dns_zone_id: zoneId(zone.name) });
    this.dependables = [zone, link];
  }

  /** Lets a cluster write the name of its API server (`Private DNS Zone Contributor` on the zone). */
  writeNames(scope: Construct, id: string, principalId: string): Grant {
    const role = { role: 'Private DNS Zone Contributor', on: this.zoneId, principalId, dependsOn: this.dependables };
    return new Grant([assignRole(scope, id, role)]);
  }
}
