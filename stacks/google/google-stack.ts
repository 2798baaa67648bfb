import { GoogleProvider } from '@cdktf/provider-google/lib/provider';
import type { TerraformStack } from '../../constructs/cdktf';
import type { StateSettings } from '../../estate/spec/schema';
import { useBackend, usePinnedProvider } from '../terraform';

/** Where a stack creates its resources and keeps its state. */
export interface GoogleStackSettings {
  /** Project of its resources. */
  readonly projectId: string;
  /** @default none: everything in the stack is global */
  readonly region?: string;
  /** Release of the provider. @default the one that stacks pin by default */
  readonly release?: string;
  /** Where the state is kept. */
  readonly state: StateSettings;
  /**
   * Whether requests say which project asks: services of billing and of organizations answer no person without one.
   * https://registry.terraform.io/providers/hashicorp/google/7.45.0/docs/guides/provider_reference#user_project_override
   * @default false
   */
  readonly asks?: boolean;
}

/**
 * Gives a stack its provider and its backend.
 *
 * The project is always said, since the provider asks Google for it otherwise. Labels are said by each resource: the
 * provider's default labels never reach node pools.
 */
export function useGoogle(
  stack: TerraformStack,
  { projectId, region, release, state, asks = false }: GoogleStackSettings,
): void {
  usePinnedProvider(stack, 'google', release);
  new GoogleProvider(stack, 'google', {
    project: projectId,
    region,
    addTerraformAttributionLabel: false,
    ...(asks && { userProjectOverride: true, billingProject: projectId }),
  });
  useBackend(stack, state);
}
