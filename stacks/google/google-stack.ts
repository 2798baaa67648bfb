import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import type { Construct } from 'constructs';
import type { TerraformStack } from '../../constructs/cdktf';
import { type INetwork, Network } from '../../constructs/google';
import type { SitePlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { useBackend, usePinnedProvider } from '../terraform';

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

/** The network of a site as later stacks know it: built from names, so that no plan waits for another one. */
export function siteNetwork(scope: Construct, site: SitePlan<'google'>): INetwork {
  return Network.fromNetworkAttributes(scope, 'network', {
    name: site.name,
    projectId: site.account.ids.projectId,
    region: site.region,
    zones: site.zones,
    subnets: site.network.subnets,
  });
}
