import { checkId, checkName, checkNodeCount, checkTags } from '../../../constructs/azure/checks';
import { TerraformVariable } from '../../../constructs/cdktf';
import { checkRange } from '../../../constructs/terraform-checks';
import { stack } from './setup';

const VAULT = '/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v';
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`t${index}`, 'x']));
const text = () => new TerraformVariable(stack(), 'text', { type: 'string' }).stringValue;
const number = () => new TerraformVariable(stack(), 'number', { type: 'number' }).numberValue;

describe('checks', () => {
  test('let pass what is right, or known only when it is applied', () => {
    const scope = stack();
    expect(() => checkName(scope, 'a pool', 'train')).not.toThrow();
    expect(() => checkNodeCount(scope, 'a pool', 0)).not.toThrow();
    expect(() => checkNodeCount(scope, 'a pool', number())).not.toThrow();
    expect(() => checkTags(scope, 'a pool', tags(50))).not.toThrow();
    expect(checkRange(scope, 'a block', '10.0.0.0/16')).toEqual({ base: 10 * 2 ** 24, prefix: 16 });
    expect(checkRange(scope, 'a block', text())).toBeUndefined();
    expect(checkId(scope, 'a vault', 'Microsoft.KeyVault/vaults', VAULT)).toEqual({
      subscriptionId: 's',
      resourceGroupName: 'g',
      names: ['v'],
    });
    expect(checkId(scope, 'a vault', 'Microsoft.KeyVault/vaults', text())).toBeUndefined();
  });

  test.each([
    [
      () => checkName(stack(), 'a pool', ''),
      'test: the name of a pool is empty: give it letters that are known now [NameInvalid]',
    ],
    [() => checkName(stack(), 'a pool', text()), 'the name of a pool is known only when it is applied'],
    [
      () => checkNodeCount(stack(), 'pool p', 1.5),
      'pool p has 1.5 nodes: it takes a whole number, 0 or more [CountInvalid]',
    ],
    [
      () => checkNodeCount(stack(), 'pool p', 0, 1),
      'pool p has 0 nodes: it takes a whole number, 1 or more [CountInvalid]',
    ],
    [() => checkTags(stack(), 'pool p', tags(51)), 'pool p has 51 tags: Azure takes 50; leave some out [TagInvalid]'],
    [() => checkRange(stack(), 'a block', '10.0.0.1/16'), 'a block is "10.0.0.1/16"; use a range such as'],
    [() => checkId(stack(), 'a vault', 'Microsoft.KeyVault/vaults', `${VAULT}/keys/k`), 'is not the id of a vault'],
    [() => checkId(stack(), 'a vault', 'Microsoft.KeyVault/vaults', VAULT.replace('vaults', 'locks')), '[IdInvalid]'],
    [
      () => checkId(stack(), 'a vault', 'Microsoft.KeyVault/vaults', VAULT.replace('/v', '/')),
      'vaults/NAME [IdInvalid]',
    ],
  ])('refuse the rest (%#)', (check, message) => {
    expect(check).toThrow(message);
  });
});
