import { AzureEcho } from '../../lab/echo/azure';

const HUB = '/subscriptions/s/resourceGroups/hub';
const ask = (echo: AzureEcho, method: string, path: string, body = {}) =>
  echo.answer({ method, host: 'management.azure.com', path, query: new URLSearchParams(), body });

describe('what the echo of Azure finds there already', () => {
  test.each([
    `${HUB}/providers/Microsoft.Network/virtualNetworks/v/subnets/aks`,
    `${HUB}/providers/Microsoft.ContainerService/managedClusters/prod`,
    `${HUB}/providers/Microsoft.KeyVault/vaults/corp`,
  ])('is %s, in a resource group that no stack has made, and stays as it is', (path) => {
    const echo = new AzureEcho();
    const first = ask(echo, 'GET', path);
    expect(first.body).toMatchObject({ id: path });
    expect(ask(echo, 'GET', path).body).toEqual(first.body);
  });

  test('is nothing that a stack makes, nor a type of which stacks ask before they make one', () => {
    const echo = new AzureEcho();
    echo.expect([{ resource: { azurerm_resource_group: { site: { name: 'mine' } } } }]);
    const path = '/subscriptions/s/resourceGroups/Mine/providers/Microsoft.Network/virtualNetworks/v';
    expect(ask(echo, 'GET', path)).toMatchObject({ status: 404 });
    const group = `${HUB}/providers/Microsoft.Network/networkSecurityGroups/g/securityRules/r`;
    expect(ask(echo, 'GET', group)).toMatchObject({ status: 404 });
  });

  test('has any key in a vault that was there, and none in others', () => {
    const echo = new AzureEcho();
    const read = (vault: string) =>
      echo.answer({
        method: 'GET',
        host: `${vault}.vault.azure.net`,
        path: '/keys/training',
        query: new URLSearchParams(),
        body: {},
      });
    expect(read('corp')).toMatchObject({ status: 404 });
    ask(echo, 'GET', `${HUB}/providers/Microsoft.KeyVault/vaults/corp`);
    expect(read('corp').body).toMatchObject({
      key: { kid: expect.stringMatching(/^https:\/\/corp\.vault\.azure\.net\/keys\/training\/[0-9a-f]{32}$/) },
    });
    expect(read('other')).toMatchObject({ status: 404 });
  });
});
