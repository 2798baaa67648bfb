import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import type { Construct } from 'constructs';
import type { TerraformStack } from '../../constructs/cdktf';
import { EncryptionKey, type IEncryptionKey, type INetwork, Network, type ServiceAgent } from '../../constructs/google';
import { ids } from '../../estate/plan/ids';
import type { SitePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import type { Tags } from '../../estate/units';
import { type FormerResource, useBackend, usePinnedProvider } from '../terraform';

/** Where a stack creates its resources and keeps its state. */
export interface GoogleStackSettings {
  readonly projectId: string;
  /** @default none: everything in the stack is global */
  readonly region?: string;
  readonly state: StateSettings;
}

/**
 * Gives a stack its provider and its backend.
 *
 * The project is always said, since the provider asks Google for it otherwise. Labels are said by each resource: the
 * provider's default labels never reach node pools.
 */
export function useGoogle(stack: TerraformStack, { projectId, region, state }: GoogleStackSettings): void {
  new GoogleProvider(stack, 'google', { project: projectId, region, addTerraformAttributionLabel: false });
  usePinnedProvider(stack, 'google');
  useBackend(stack, state);
}

/** The network of a site as later stacks know it: by names, so that no plan waits for another one. */
export function siteNetwork(scope: Construct, { name, account, region, zones, network }: SitePlan<'google'>): INetwork {
  const { existing, subnets } = network;
  return Network.fromNetworkAttributes(scope, ids.network, {
    name: existing?.id ?? name,
    projectId: existing?.projectId ?? account.ids.projectId,
    region,
    zones,
    subnets: existing?.subnets.map(({ id, ...subnet }) => ({ ...subnet, subnetName: id })) ?? subnets,
  });
}

/** The key of a site that exists already, or one that the stack makes. */
export function keyOf(scope: Construct, name: string, tags: Tags, site: SitePlan<'google'>): IEncryptionKey {
  if (site.encryptionKey !== undefined) return EncryptionKey.fromKeyId(scope, ids.key, site.encryptionKey.id);
  const { projectId, projectNumber } = site.account.ids;
  return new EncryptionKey(scope, ids.key, { name, projectId, projectNumber, region: site.region, tags });
}

/** The key that a stack made before it got one that exists: what it encrypted needs it on. */
export function formerKey({ encryptionKey }: SitePlan<'google'>, users: readonly ServiceAgent[]): FormerResource[] {
  if (encryptionKey === undefined) return [];
  return [
    { type: 'google_kms_key_ring', path: [ids.key, 'key-ring'] },
    { type: 'google_kms_crypto_key', path: [ids.key, 'Resource'] },
    ...users.map((user) => ({ type: 'google_kms_crypto_key_iam_member', path: [ids.key, `used-by-${user}`] })),
  ];
}
