import { type Check, textAt, valueAt } from './check';

/** A subnet that is shared with other tenants has no default way out, which a subnet has unless it says otherwise. */
export const azureSubnetSharing: Check = {
  name: 'azure-subnet-sharing',
  decides: 'provider',
  types: ['azurerm_subnet'],
  source: 'https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.81.0/website/docs/r/subnet.html.markdown',
  checked: '2026-11',
  find: ({ values }) => {
    const hasOutbound = valueAt(values, 'default_outbound_access_enabled');
    if (textAt(values, 'sharing_scope') === undefined || (hasOutbound !== true && hasOutbound !== null)) return [];
    return [
      {
        path: ['sharing_scope'],
        message: 'a subnet with default outbound access cannot be shared',
        hint: 'set default_outbound_access_enabled to false',
      },
    ];
  },
};
