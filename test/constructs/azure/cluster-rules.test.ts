import { clusterRulePaths, Network } from '../../../constructs/azure';
import { AZURE_CLUSTER_RULES } from '../../../estate/catalog/azure-rules';
import { resourcesOf } from '../../helpers/terraform';
import { cluster, network, SUBSCRIPTION, stack, synth } from './setup';

type Rule = Record<string, unknown>;

/** One line for each rule of a group: `name priority access protocol from -> to : ports`. */
function lines(rules: readonly Rule[]): string[] {
  return [...rules]
    .sort((one, other) => Number(one.priority) - Number(other.priority))
    .map((rule) => {
      const from = rule.source_address_prefix ?? (rule.source_address_prefixes as string[]).join(' ');
      const to = rule.destination_address_prefix ?? (rule.destination_address_prefixes as string[]).join(' ');
      const ports = rule.destination_port_range ?? (rule.destination_port_ranges as string[]).join(' ');
      return `${rule.priority} ${rule.name} ${rule.access} ${rule.protocol} ${from} -> ${to} : ${ports}`;
    });
}

function rulesOf(json: ReturnType<typeof synth>, group: string): Rule[] {
  const rules = Object.values(resourcesOf(json, 'azurerm_network_security_rule'));
  return rules.filter(({ network_security_group_name }) => network_security_group_name === group);
}

describe('rules of a cluster', () => {
  const json = synth(cluster(stack(), { apiAccessCidrs: ['10.8.0.0/16', '10.9.0.0/24'] }));

  test('let in whom its nodes need, and nobody else of the network and its peers', () => {
    const to = '10.128.0.0/19 100.64.0.0/10';
    expect(lines(rulesOf(json, 'lab-nodes-nsg'))).toEqual([
      `764 lab-nodes-to-nodes Allow * 10.128.0.0/19 -> ${to} : *`,
      `765 lab-pods-to-nodes Allow * 100.64.0.0/10 -> ${to} : *`,
      `766 lab-control-plane-to-nodes Allow * 10.128.33.0/27 -> ${to} : *`,
      `767 lab-load-balancers-to-nodes Allow * AzureLoadBalancer -> ${to} : *`,
      `768 lab-lustre-to-nodes Allow Tcp VirtualNetwork -> ${to} : 988 1019-1023`,
      '3583 lab-others-to-nodes Deny * VirtualNetwork -> * : *',
    ]);
  });

  test('let in whom its API server needs and who is named, and nobody else of the network and its peers', () => {
    expect(lines(rulesOf(json, 'lab-control-plane-nsg'))).toEqual([
      '764 lab-nodes-to-api Allow Tcp 10.128.0.0/19 -> 10.128.33.0/27 : 443 4443',
      '765 lab-load-balancers-to-api Allow * AzureLoadBalancer -> 10.128.33.0/27 : *',
      '766 lab-control-plane-to-api Allow * 10.128.33.0/27 -> 10.128.33.0/27 : *',
      '767 lab-clients-to-api Allow Tcp 10.8.0.0/16 10.9.0.0/24 -> 10.128.33.0/27 : 443',
      '3583 lab-others-to-control-plane Deny * VirtualNetwork -> * : *',
    ]);
  });

  test('name no range that lies in another one, which Azure refuses in one rule', () => {
    const ranges = ['10.8.0.0/16', '10.8.4.0/24', '10.9.0.0/24', '10.8.0.0/16', '10.9.0.0/24'];
    const rules = Object.values(
      resourcesOf(synth(cluster(stack(), { apiAccessCidrs: ranges })), 'azurerm_network_security_rule'),
    );
    const clients = rules.find(({ name }) => String(name).includes('clients-to-api'));
    expect(clients?.source_address_prefixes).toEqual(['10.8.0.0/16', '10.9.0.0/24']);
  });

  test('name no clients where there are none, and leave the others as they are', () => {
    const [with_, without] = [json, synth(cluster(stack()))].map((made) =>
      lines(rulesOf(made, 'lab-control-plane-nsg')),
    );
    expect(without).toEqual(with_?.filter((line) => !line.includes('clients')));
    expect(without).toHaveLength(4);
  });

  test('deny only after they have let in, and only what comes from outside', () => {
    for (const rule of Object.values(resourcesOf(json, 'azurerm_network_security_rule'))) {
      expect(rule).toMatchObject({ direction: 'Inbound', source_port_range: '*', resource_group_name: 'lab' });
    }
    const others = rulesOf(json, 'lab-nodes-nsg').find(({ access }) => access === 'Deny');
    expect(others?.depends_on).toHaveLength(5);
  });

  test('stand in a group of somebody else only where he writes them', () => {
    const scope = stack();
    const VNET = `/subscriptions/${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/virtualNetworks/hub`;
    const NSG = `/subscriptions/${SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/networkSecurityGroups/nodes`;
    const at = Network.fromNetworkAttributes(scope, 'network', {
      name: 'lab',
      subscriptionId: SUBSCRIPTION,
      resourceGroupName: 'lab',
      networkId: VNET,
      region: 'eastus2',
      zones: ['1'],
      subnets: [
        { key: 'nodes', role: 'nodes', cidr: '10.128.0.0/19', subnetId: `${VNET}/subnets/nodes`, securityGroupId: NSG },
        { key: 'api', role: 'control-plane', cidr: '10.128.33.0/27', subnetId: `${VNET}/subnets/api` },
        { key: 'pe', role: 'endpoints', cidr: '10.128.34.0/27', subnetId: `${VNET}/subnets/pe` },
      ],
    });
    const made = synth(cluster(scope, { network: at, apiAccessCidrs: ['10.8.0.0/16'] }));
    expect(resourcesOf(made, 'azurerm_network_security_rule')).toEqual({});
  });

  test('of two clusters in one subnet have names and priorities of their own', () => {
    const scope = stack();
    const at = network(scope);
    cluster(scope, { network: at });
    const second = stack();
    const shared = network(second);
    cluster(second, { network: shared, name: 'other' });
    const [one, other] = [synth(at), synth(shared)].map((made) =>
      Object.values(resourcesOf(made, 'azurerm_network_security_rule')).flatMap(({ name, priority }) => [
        String(name),
        String(priority),
      ]),
    );
    expect(one?.filter((word) => other?.includes(word))).toEqual([]);
  });

  test('are found again below the cluster, for what lets go of them', () => {
    const paths = Object.keys(resourcesOf(json, 'azurerm_network_security_rule')).map((id) =>
      id.replace(/^cluster_(.*)_[0-9A-F]{8}$/, '$1'),
    );
    expect(
      clusterRulePaths()
        .map((path) => path.join('_'))
        .sort(),
    ).toEqual(paths.sort());
  });

  test('have a reason and a name of their own each', () => {
    const ids = AZURE_CLUSTER_RULES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { why, source } of AZURE_CLUSTER_RULES) expect([why, source]).not.toContain('');
  });
});
