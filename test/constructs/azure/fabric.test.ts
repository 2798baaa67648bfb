import { AzurermProvider } from '@cdktf/provider-azurerm/lib/provider';
import { Fabric } from '../../../constructs/azure';
import { onlyResource, resourceCount, synthStack } from '../../helpers/terraform';
import { defaultType, machine, stack, synth } from './setup';

const fabric = (...types: string[]) => new Fabric(stack(), 'fabric', { machines: types.map(machine) });

describe('Fabric', () => {
  test.each(['Standard_ND96isr_H100_v5', 'Standard_ND96isr_H200_v5', 'Standard_ND96isr_MI300X_v5'])(
    'is mainly the registration of the InfiniBand feature, and of nothing else, for %s',
    (type) => {
      const made = fabric(type);
      expect(defaultType(made)).toBe('azurerm_resource_provider_feature_registration');
      expect(made).toMatchObject({ infinibandFeature: 'registered' });
      expect(resourceCount(synth(made))).toBe(1);
      expect(onlyResource(synth(made), 'azurerm_resource_provider_feature_registration')).toMatchObject({
        provider_name: 'Microsoft.ContainerService',
        name: 'AKSInfinibandSupport',
        lifecycle: { prevent_destroy: true },
      });
    },
  );

  test('registers with the provider that it is given, such as one that takes over what is registered already', () => {
    const scope = stack();
    const provider = new AzurermProvider(scope, 'azurerm-features', { alias: 'features', features: [{}] });
    new Fabric(scope, 'fabric', { machines: [machine('Standard_ND96isr_H200_v5')], registrationProvider: provider });
    expect(onlyResource(synthStack(scope), 'azurerm_resource_provider_feature_registration')).toMatchObject({
      provider: 'azurerm.features',
    });
    expect(
      onlyResource(synth(fabric('Standard_ND96isr_H200_v5')), 'azurerm_resource_provider_feature_registration'),
    ).not.toHaveProperty('provider');
  });

  test.each(['Standard_ND128isr_GB300_v6', 'Standard_ND128isr_NDR_GB200_v6'])(
    'declares nothing for %s, which needs the feature off',
    (type) => {
      const made = fabric(type);
      expect(made).toMatchObject({ infinibandFeature: 'unregistered' });
      expect(made.dependables).toEqual([]);
      expect(resourceCount(synth(made))).toBe(0);
    },
  );

  test('declares nothing where no machine has InfiniBand', () => {
    const made = fabric('Standard_NC40ads_H100_v5');
    expect([made.infinibandFeature, made.dependables]).toEqual([undefined, []]);
    expect(resourceCount(synth(made))).toBe(0);
  });

  test('may be declared elsewhere, and then makes nothing', () => {
    const scope = stack();
    const found = Fabric.fromFabricAttributes(scope, 'fabric', { infinibandFeature: 'registered' });
    expect(found).toMatchObject({ infinibandFeature: 'registered', dependables: [] });
    expect(resourceCount(synth(scope))).toBe(0);
  });

  test('fails when generations that need opposite states share a subscription', () => {
    expect(() => fabric('Standard_ND96isr_H200_v5', 'Standard_ND128isr_GB300_v6')).toThrow(
      /Standard_ND96isr_H200_v5 needs AKSInfinibandSupport registered, Standard_ND128isr_GB300_v6 needs it unregistered.*\[MachineUnsuitable\]/,
    );
  });
});
