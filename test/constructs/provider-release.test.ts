import { TerraformElement, TerraformStack, Testing } from '../../constructs/cdktf';
import { chooseRelease, releaseOf } from '../../constructs/provider-release';
import { PROVIDERS } from '../../estate/terraform-providers';
import { usePinnedProvider } from '../../stacks/terraform';
import { synthStack } from '../helpers/terraform';

const stackOf = (id = 'network') => new TerraformStack(Testing.app(), id);

const pinned = (stack: TerraformStack) => synthStack(stack).terraform?.required_providers;

test('a stack has the default release until it chooses another one', () => {
  const stack = stackOf();
  expect(releaseOf(stack, 'azurerm')).toBe('4.81.0');
  usePinnedProvider(stack, 'azurerm', '5.2.0');
  const child = new TerraformElement(stack, 'child');
  expect([releaseOf(child, 'azurerm'), releaseOf(child, 'google')]).toEqual(['5.2.0', '7.45.0']);
  expect(pinned(stack)).toEqual({ azurerm: { source: 'hashicorp/azurerm', version: '5.2.0' } });
});

test('two stacks of an app have releases of their own', () => {
  const app = Testing.app();
  const [one, other] = [new TerraformStack(app, 'one'), new TerraformStack(app, 'other')];
  usePinnedProvider(one, 'azurerm', '5.2.0');
  usePinnedProvider(other, 'azurerm');
  expect([one, other].map((stack) => releaseOf(stack, 'azurerm'))).toEqual(['5.2.0', '4.81.0']);
  expect(pinned(other)).toEqual({ azurerm: { source: 'hashicorp/azurerm', version: '4.81.0' } });
});

test('fails when the release is not recorded, naming those that are', () => {
  expect(() => usePinnedProvider(stackOf(), 'azurerm', '5.9.0')).toThrow(
    'network: release 5.9.0 of azurerm is not recorded; recorded: 4.81.0, 5.2.0 [VersionInvalid]',
  );
});

test('fails when constructs of the stack were made for another release', () => {
  const stack = stackOf();
  new TerraformElement(stack, 'child');
  expect(() => usePinnedProvider(stack, 'azurerm', '5.2.0')).toThrow(
    'network: constructs have been made for azurerm 4.81.0; choose 5.2.0 before the first of them [VersionInvalid]',
  );
  expect(() => chooseRelease(stack, 'azurerm', '4.81.0')).not.toThrow();
});

test.each(['google', 'oci'] as const)('a second release of %s can be chosen as well', (name) => {
  const { version, releases } = PROVIDERS[name];
  const replaced = jest.replaceProperty(PROVIDERS, name, { ...PROVIDERS[name], releases: [...releases, '99.0.0'] });
  try {
    const stack = stackOf();
    usePinnedProvider(stack, name, '99.0.0');
    expect(pinned(stack)).toMatchObject({ [name]: { version: '99.0.0' } });
    expect(releaseOf(stackOf(), name)).toBe(version);
  } finally {
    replaced.restore();
  }
});
