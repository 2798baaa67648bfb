import { Fabric } from '../../../constructs/azure';
import { onlyResource } from '../../helpers/terraform';
import { defaultType, machine, stack, synth } from './setup';

const fabric = (...types: string[]) => new Fabric(stack(), 'fabric', { machines: types.map(machine) });

describe('Fabric', () => {
  test('is mainly a provider registration that stays', () => {
    const made = fabric('Standard_ND96isr_H200_v5');
    expect(defaultType(made)).toBe('azurerm_resource_provider_registration');
    expect(onlyResource(synth(made), 'azurerm_resource_provider_registration')).toMatchObject({
      name: 'Microsoft.ContainerService',
      lifecycle: { prevent_destroy: true },
    });
  });

  test.each([
    ['Standard_ND96isr_H100_v5', true],
    ['Standard_ND96isr_H200_v5', true],
    ['Standard_ND96isr_MI300X_v5', true],
    ['Standard_ND128isr_GB300_v6', false],
    ['Standard_ND128isr_NDR_GB200_v6', false],
  ])('sets the InfiniBand feature as %s needs it', (type, registered) => {
    expect(onlyResource(synth(fabric(type)), 'azurerm_resource_provider_registration')).toMatchObject({
      feature: [{ name: 'AKSInfinibandSupport', registered }],
    });
  });

  test('keeps the registration without a feature where no machine has InfiniBand', () => {
    const made = fabric('Standard_NC40ads_H100_v5');
    expect(made.infinibandFeature).toBeUndefined();
    expect(onlyResource(synth(made), 'azurerm_resource_provider_registration')).not.toHaveProperty('feature');
  });

  test('fails when generations that need opposite states share a subscription', () => {
    expect(() => fabric('Standard_ND96isr_H200_v5', 'Standard_ND128isr_GB300_v6')).toThrow(
      /Standard_ND96isr_H200_v5 needs AKSInfinibandSupport registered, Standard_ND128isr_GB300_v6 needs it unregistered/,
    );
  });
});
