import { azureLustreTiers } from '../../estate/catalog/azure';
import { type Check, numberAt, textAt } from './check';
import { checkLustreSize } from './lustre-size';

/** Azure Managed Lustre is sold in steps that its SKU decides; the real provider says so at plan, not before. */
export const azureLustreSize: Check = {
  name: 'azure-lustre-size',
  decides: 'provider',
  types: ['azurerm_managed_lustre_file_system'],
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.81.0/internal/services/storagecache',
  checked: '2026-11',
  find: ({ values }) => {
    const tier = azureLustreTiers.find(({ skuName }) => skuName === textAt(values, 'sku_name'));
    const size = numberAt(values, 'storage_capacity_in_tb');
    if (tier === undefined || size === undefined) return [];
    return checkLustreSize(size, { tier, tierName: tier.skuName, unit: 'TiB', largest: 'raised' }, [
      'storage_capacity_in_tb',
    ]);
  },
};
