import type { IConstruct } from 'constructs';
import { PROVIDERS, type ProviderName } from '../estate/terraform-providers';
import { ConstructError } from './errors';

const keyOf = (provider: ProviderName) => `training-estate:${provider}`;

/**
 * Tells the constructs of a stack which release of a provider they are applied with.
 *
 * @throws ConstructError with `VersionInvalid` when the release is not recorded, or constructs of the stack have been
 * made for another one
 */
export function chooseRelease(stack: IConstruct, provider: ProviderName, release: string): void {
  const { releases } = PROVIDERS[provider];
  if (!releases.includes(release)) {
    const what = `release ${release} of ${provider} is not recorded; recorded: ${releases.join(', ')}`;
    throw new ConstructError(stack, 'VersionInvalid', what);
  }
  if (releaseOf(stack, provider) === release) return;
  if (stack.node.children.length > 0) {
    const what = `constructs have been made for ${provider} ${releaseOf(stack, provider)}; choose ${release} before the first of them`;
    throw new ConstructError(stack, 'VersionInvalid', what);
  }
  stack.node.setContext(keyOf(provider), release);
}

/** The release of a provider that a construct is applied with: the one of its stack, or else the default one. */
export function releaseOf(construct: IConstruct, provider: ProviderName): string {
  const chosen: unknown = construct.node.tryGetContext(keyOf(provider));
  return typeof chosen === 'string' ? chosen : PROVIDERS[provider].version;
}
