import { type Check, textAt, valueAt } from './check';

/** Only a connection that somebody approves by hand has a message for them. */
export const azurePrivateEndpoint: Check = {
  name: 'azure-private-endpoint',
  decides: 'provider',
  types: ['azurerm_private_endpoint'],
  source: 'https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview',
  checked: '2026-11',
  find: ({ values }) => {
    const at = ['private_service_connection', 0] as const;
    const isManual = valueAt(values, ...at, 'is_manual_connection');
    const message = valueAt(values, ...at, 'request_message');
    const path = [...at, 'request_message'];
    if (isManual === false && textAt(values, ...at, 'request_message') !== undefined) {
      const hint = 'take request_message away, or set is_manual_connection to true';
      return [{ path, message: 'a connection that is approved by itself has no request_message', hint }];
    }
    if (isManual === true && (message === null || (typeof message === 'string' && message.trim() === ''))) {
      return [{ path, message: 'a manual connection needs a request_message', hint: 'say who asks and why' }];
    }
    return [];
  },
};
