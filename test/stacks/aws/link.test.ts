import { App } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { quotaAsks } from '../../../estate/plan/quotas';
import { parseFragment } from '../../../estate/spec/exchange';
import { estateSchema } from '../../../estate/spec/schema';
import { addStacks } from '../../../stacks/aws';
import { AWS_NETWORK } from '../../helpers/existing';
import { linkedEstate, planOf } from '../../helpers/linked';
import { unknownTypes } from '../../helpers/quotas';

interface StackTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: object }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown; readonly Export?: object }>>;
}

const TOLD = {
  gateways: {
    eastus2: { addresses: ['203.0.113.1', '203.0.113.2'] },
    iowa: { addresses: ['203.0.113.3', '203.0.113.4'] },
    ohio: { id: 'tgw-0123456789abcdef0' },
    oregon: { id: 'tgw-0fedcba9876543210' },
  },
  peerings: { coasts: { ohio: 'tgw-attach-0123456789abcdef0' } },
};

const LINKS: Readonly<Record<string, object>> = {
  azure: { between: ['ohio', 'eastus2'] },
  google: { between: ['iowa', 'ohio'] },
  coasts: { between: ['ohio', 'oregon'] },
  dublin: {
    between: ['ohio'],
    to: {
      onPremises: { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['192.168.0.0/16'] },
    },
  },
};

/** The templates of AWS of an estate with some links, by the name of their stack. */
function synth(keys: readonly string[], told: Parameters<typeof planOf>[1] = TOLD): Record<string, StackTemplate> {
  const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': false } });
  addStacks(app, planOf(linkedEstate(Object.fromEntries(keys.map((key) => [key, LINKS[key]]))), told));
  return Object.fromEntries(app.synth().stacks.map(({ stackName, template }) => [stackName, template]));
}

/** What the output of a stack says, with a word in the place of what is known later. */
function told(template: StackTemplate | undefined) {
  const { Value: value } = template?.Outputs?.Exchange ?? { Value: undefined };
  const parts: readonly unknown[] = typeof value === 'string' ? [value] : Object(value)['Fn::Join'][1];
  return parts.map((part) => (typeof part === 'string' ? part : `<${Object(part)['Fn::GetAtt'][1]}>`)).join('');
}

const ALL = synth(Object.keys(LINKS));

describe('stacks of links', () => {
  test('are a gateway for each site and a half for each link', () => {
    expect(Object.keys(ALL).filter((name) => /-(gateway|link)$/.test(name))).toEqual([
      'atlas-ohio-gateway',
      'atlas-oregon-gateway',
      'atlas-azure-ohio-link',
      'atlas-coasts-ohio-link',
      'atlas-coasts-oregon-link',
      'atlas-dublin-ohio-link',
      'atlas-google-ohio-link',
    ]);
  });

  test('tell what other stacks are made from, as the exchange file takes it', () => {
    expect(told(ALL['atlas-ohio-gateway'])).toBe('{"estate":"atlas","gateways":{"ohio":{"id":"<Id>"}}}');
    const tunnel = (number: number) => `{"inside":"<Inside${number}>","address":"<Address${number}>"}`;
    const tunnels = [1, 2, 1, 2].map(tunnel).join(',');
    expect(told(ALL['atlas-azure-ohio-link'])).toBe(`{"estate":"atlas","tunnels":{"azure":{"ohio":[${tunnels}]}}}`);
    expect(told(ALL['atlas-coasts-ohio-link'])).toBe(
      '{"estate":"atlas","peerings":{"coasts":{"ohio":"<TransitGatewayAttachmentId>"}}}',
    );
    expect(parseFragment(told(ALL['atlas-coasts-oregon-link']))).toMatchObject({
      estate: 'atlas',
      peerings: { coasts: { oregon: 'tgw-attach-0123456789abcdef0' } },
    });
    for (const [name, { Outputs = {} }] of Object.entries(ALL)) {
      expect([name, Outputs.Exchange !== undefined]).toEqual([name, /-(gateway|link)$/.test(name)]);
    }
  });

  test('leave out a half whose input is missing, and nothing else', () => {
    const without = synth(Object.keys(LINKS), { ...TOLD, gateways: { ...TOLD.gateways, eastus2: {} } });
    const { 'atlas-azure-ohio-link': gone, ...rest } = ALL;
    expect(gone).toBeDefined();
    expect(without).toEqual(rest);
  });

  test('are protected, and hold no key', () => {
    const app = new App();
    addStacks(app, planOf(linkedEstate({ azure: LINKS.azure }), TOLD));
    for (const stack of app.synth().stacks.filter(({ stackName }) => !stackName.endsWith('-foundation')))
      expect([stack.stackName, stack.terminationProtection]).toEqual([stack.stackName, true]);
    const keys = Object.values(ALL).flatMap((template) => [
      ...JSON.stringify(template).matchAll(/"PreSharedKey":"([^"]*)"/g),
    ]);
    // Azure and Google Cloud have two addresses each, Dublin one.
    expect(keys).toHaveLength(2 * 5);
    for (const [, key] of keys)
      expect(key).toMatch(/^\{\{resolve:secretsmanager:atlas\/links\/[a-z]+\/\d:SecretString:::\}\}$/);
  });

  test('lead from the network of a site to everything that is reached, and change nothing of a network without links', () => {
    const routes = Object.values(ALL['atlas-ohio-gateway']?.Resources ?? {}).filter(
      ({ Type }) => Type === 'AWS::EC2::Route',
    );
    expect(new Set(routes.map(({ Properties }) => Object(Properties).DestinationCidrBlock)).size).toBe(4);
    const bare = synth([]);
    expect(Object.keys(bare).filter((name) => /-(gateway|link)$/.test(name))).toEqual([]);
    const { Resources: resources, Outputs: outputs = {} } = bare['atlas-ohio-network'] ?? { Resources: {} };
    expect(ALL['atlas-ohio-network']?.Resources).toEqual(resources);
    const added = Object.keys(ALL['atlas-ohio-network']?.Outputs ?? {}).filter((name) => !Object.hasOwn(outputs, name));
    expect(added).toHaveLength(3);
    for (const name of added) expect(name).toContain('RouteTable');
  });
});

test('as much is asked for as the stacks of links make', () => {
  const asked = (key: string) =>
    quotaAsks(planOf(linkedEstate(LINKS), TOLD))
      .filter((ask) => ask.key === key && ask.site.account.key === 'aws')
      .reduce((sum, { count, each }) => sum + count * each, 0);
  const made = (type: string) =>
    Object.values(ALL).flatMap(({ Resources: all }) => Object.values(all).filter(({ Type }) => Type === type)).length;
  expect(asked('aws-transit-gateways')).toBe(made('AWS::EC2::TransitGateway'));
  expect(asked('aws-customer-gateways')).toBe(made('AWS::EC2::CustomerGateway'));
  expect(asked('aws-vpn-connections')).toBe(made('AWS::EC2::VPNConnection'));
  expect(asked('aws-roles')).toBe(made('AWS::IAM::Role'));
  expect([made('AWS::EC2::TransitGateway'), made('AWS::EC2::VPNConnection')]).toEqual([2, 5]);
  for (const { Resources: all } of Object.values(ALL))
    expect(unknownTypes(Object.values(all).map(({ Type }) => Type))).toEqual([]);
});

describe('a gateway of a network that exists', () => {
  const at = (existing: object) => {
    const estate = linkedEstate({ google: LINKS.google });
    const { ohio } = estate.sites;
    const changed = estateSchema.parse({
      ...estate,
      sites: { ...estate.sites, ohio: { ...ohio, network: { egress: { via: 'tgw-0a1b2c3d4e5f60718' }, existing } } },
    });
    const app = new App();
    addStacks(app, planOf(changed, TOLD));
    const { template } = app.synth().getStackByName('atlas-ohio-gateway');
    const resources: StackTemplate['Resources'] = template.Resources;
    const of = (type: string) =>
      Object.values(resources).flatMap((each) => (each.Type === type ? [Object(each.Properties)] : []));
    return { routes: of('AWS::EC2::Route'), attachments: of('AWS::EC2::TransitGatewayVpcAttachment') };
  };
  const { accountId: _owner, ...NETWORK } = AWS_NETWORK;
  const ohio = { ...NETWORK, subnets: { 'nodes-a': NETWORK.subnets['nodes-a'], 'pods-a': NETWORK.subnets['pods-a'] } };

  test('adds routes to the tables that are named, each once, beside the way out that there is', () => {
    const { routes, attachments } = at({
      ...ohio,
      routeTables: ['rtb-0b', 'rtb-0a', 'rtb-0b'].map((id) => `${id}1b2c3d`),
    });
    expect(routes.map(({ RouteTableId: table, DestinationCidrBlock: block }) => [table, block])).toEqual([
      ['rtb-0a1b2c3d', expect.stringMatching(/^10\.\d+\.0\.0\/\d+$/)],
      ['rtb-0b1b2c3d', expect.stringMatching(/^10\.\d+\.0\.0\/\d+$/)],
    ]);
    expect(attachments).toMatchObject([{ VpcId: ohio.id, SubnetIds: [ohio.subnets['nodes-a'].id] }]);
  });

  test('adds none where none is named', () => {
    expect(at(ohio).routes).toEqual([]);
  });
});

test('a link changes nothing of the halves of others', () => {
  const keys = fc.shuffledSubarray(Object.keys(LINKS), { minLength: 1 });
  fc.assert(
    fc.property(keys, (some) => {
      const made = synth(some);
      for (const [name, template] of Object.entries(made).filter(([name]) => name.endsWith('-link'))) {
        // Numbers come from the lock, which this test writes anew for each: ids are what may not move.
        expect(Object.keys(template.Resources)).toEqual(Object.keys(ALL[name]?.Resources ?? {}));
      }
    }),
    { numRuns: 6 },
  );
});
