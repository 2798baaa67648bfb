import fc from 'fast-check';
import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { names } from '../../../estate/plan/ids';
import { planLayout } from '../../../estate/plan/layout';
import type { Lock } from '../../../estate/plan/lock';
import { resolve } from '../../../estate/plan/resolve';
import type { Plan } from '../../../estate/plan/types';
import { EMPTY_EXCHANGE, type Exchange, parseFragment } from '../../../estate/spec/exchange';
import { addStacks } from '../../../stacks/google';
import { linkedEstate, planOf } from '../../helpers/linked';
import { onlyResource, resourcesOf, synthStack, type TerraformJson } from '../../helpers/terraform';

const OFFICE = { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['10.240.0.0/12'] };

/** One link of each kind that the estate of the helper can have. */
const LINKS = {
  east: { between: ['ohio', 'iowa'] },
  blue: { between: ['eastus2', 'iowa'] },
  office: { between: ['iowa'], to: { onPremises: OFFICE } },
} as const;

const FAST = { between: ['oregon', 'dalles'], kind: 'interconnect', gbps: 10 } as const;
const RED = { between: ['ashburn', 'dulles'], kind: 'interconnect', gbps: 5 } as const;
const LOW = { between: ['iowa', 'dulles'] } as const;

/** The estate of the helper with more sites on Google Cloud, some of them where circuits are sold. */
function estateOf(links: object, sites: object = {}) {
  const estate = linkedEstate(links);
  const google = (region: string, more: object = {}) => ({
    ...estate.sites.iowa,
    region,
    zones: [`${region}-a`],
    ...more,
  });
  const further = {
    dalles: google('us-west1'),
    dulles: google('us-east4'),
    ashburn: { ...estate.sites.phoenix, region: 'us-ashburn-1', zones: ['Uocm:US-ASHBURN-AD-1'] },
    ...sites,
  };
  return { ...estate, sites: { ...estate.sites, ...further } } as typeof estate;
}

type Links = Readonly<Record<string, object>>;

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };

/** What clouds say of all gateways and tunnels of some links. */
function everything(links: Links, lock: Lock = planLayout(estateOf(links)).lock): Exchange {
  const plan = resolve(estateOf(links), lock, FILES);
  const gateways = Object.fromEntries(
    ['eastus2', 'iowa', 'dalles', 'dulles'].map((site, index) => [
      site,
      { addresses: [`20.0.${index}.1`, `20.0.${index}.2`] },
    ]),
  );
  const tunnels = Object.fromEntries(
    plan.links.map(({ key, tunnels }) => [
      key,
      Object.fromEntries(
        ['ohio', 'phoenix'].map((site) => [
          site,
          Object.fromEntries(tunnels.map(({ insideCidr }, index) => [insideCidr, `3.0.0.${index + 1}`])),
        ]),
      ),
    ]),
  );
  return { ...EMPTY_EXCHANGE, estate: 'atlas', gateways, tunnels };
}

/** The gateways and links of a plan, synthesized. */
function synthStacks(plan: Plan): ReadonlyMap<string, TerraformJson> {
  const app = Testing.app();
  addStacks(app, plan);
  const made = app.node.children.filter(TerraformStack.isStack).filter(({ node }) => /-(gateway|link)$/.test(node.id));
  return new Map(made.map((stack) => [stack.node.id, synthStack(stack)]));
}

function synthLinks(links: Links, sites: object = {}, exchange: Partial<Exchange> = everything(links)) {
  const plan = planOf(estateOf(links, sites), exchange);
  const app = Testing.app();
  addStacks(app, plan);
  const stacks = app.node.children.filter(TerraformStack.isStack);
  const made = stacks.filter(({ node }) => /-(gateway|link)$/.test(node.id));
  const json = new Map(made.map((stack) => [stack.node.id, synthStack(stack)]));
  const after = Object.fromEntries(made.map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id)]));
  return { plan, app, json, after };
}

function only(json: ReadonlyMap<string, TerraformJson>, stack: string): TerraformJson {
  const found = json.get(stack);
  if (found === undefined) throw new Error(`no stack ${stack}, only ${[...json.keys()].join(', ')}`);
  return found;
}

/** What the output of a stack says, with names of attributes in the place of what is known later. */
function told(json: TerraformJson): unknown {
  const text = String(Object(json.output?.exchange).value);
  const inner = /^\$\{jsonencode\((.*)\)\}$/s.exec(text)?.[1] ?? '';
  const literal = inner
    .replace(/"(\w[\w-]*)" = /g, '"$1": ')
    .replace(/values\(zipmap\([^()]*\)\)|google_[\w.-]+/g, (expression) => `"${expression}"`);
  return JSON.parse(literal);
}

describe('links of Google Cloud', () => {
  test('come after the gateway, which comes after the network', () => {
    const { after } = synthLinks({ ...LINKS, low: LOW });
    expect(after).toEqual({
      'atlas-iowa-gateway': ['atlas-iowa-network'],
      'atlas-blue-iowa-link': ['atlas-iowa-gateway'],
      'atlas-east-iowa-link': ['atlas-iowa-gateway'],
      'atlas-low-iowa-link': ['atlas-iowa-gateway'],
      'atlas-low-dulles-link': ['atlas-dulles-network'],
      'atlas-office-iowa-link': ['atlas-iowa-gateway'],
    });
  });

  test('are not made while something is missing, and the others are', () => {
    const { json } = synthLinks(LINKS, {}, {});
    expect([...json.keys()].sort()).toEqual(['atlas-iowa-gateway', 'atlas-office-iowa-link']);
  });

  test('tell what stacks of other clouds are made from', () => {
    const { json } = synthLinks({ ...LINKS, fast: FAST, red: RED });
    const gateway = expect.stringMatching(
      /^values\(zipmap\((google_compute_ha_vpn_gateway\.[\w-]+)\.vpn_interfaces\.\*\.id, \1\.vpn_interfaces\.\*\.ip_address\)\)$/,
    );
    expect(told(only(json, 'atlas-iowa-gateway'))).toEqual({
      estate: 'atlas',
      gateways: { iowa: { addresses: gateway } },
    });
    expect(told(only(json, 'atlas-dulles-gateway'))).toEqual({ estate: 'atlas', gateways: { dulles: {} } });
    expect(told(only(json, 'atlas-east-iowa-link'))).toEqual({ estate: 'atlas' });
    expect(told(only(json, 'atlas-fast-dalles-link'))).toEqual({
      estate: 'atlas',
      circuits: { fast: { dalles: [expect.stringMatching(/^google_network_connectivity_transport\.[\w-]+\.id$/)] } },
    });
    const attachment = expect.stringMatching(/^google_compute_interconnect_attachment\.[\w-]+\.id$/);
    expect(told(only(json, 'atlas-red-dulles-link'))).toEqual({
      estate: 'atlas',
      circuits: { red: { dulles: [attachment, attachment] } },
    });
  });

  test('tell it in the words of the exchange file', () => {
    for (const stack of synthLinks({ ...LINKS, fast: FAST, red: RED }).json.values()) {
      const text = JSON.stringify(told(stack))
        .replace(/"values[^"]*"/g, '["203.0.113.1", "203.0.113.2"]')
        .replace(/"google_[^"]*"/g, '"projects/atlas-train/locations/us-west1/transports/atlas-fast-dalles"');
      expect(parseFragment(text)).toMatchObject({ estate: 'atlas' });
    }
  });

  test('take keys by sensitive variables, and no document holds one', () => {
    const { json } = synthLinks(LINKS);
    for (const [name, stack] of json) {
      const variables = Object.entries(Object((stack as { variable?: object }).variable));
      const used = Object.values(resourcesOf(stack, 'google_compute_vpn_tunnel')).map(
        ({ shared_secret }) => shared_secret,
      );
      expect([name, used.sort()]).toEqual([name, variables.map(([key]) => `\${var.${key}}`).sort()]);
      for (const [, variable] of variables) {
        expect(variable).toMatchObject({ type: 'string', sensitive: true, nullable: false });
        expect(variable).not.toHaveProperty('default');
      }
    }
    expect(Object.keys(Object(Object(only(json, 'atlas-blue-iowa-link')).variable))).toEqual([
      'preshared_key_blue_1',
      'preshared_key_blue_2',
    ]);
  });

  test('keep what circuits are accepted with out of the exchange, in outputs that are not shown', () => {
    const { json } = synthLinks({ fast: FAST, red: RED });
    const { exchange: fast, ...secret } = Object(only(json, 'atlas-fast-dalles-link').output);
    expect(secret).toEqual({
      'circuit-key-1': {
        value: expect.stringContaining('.generated_activation_key'),
        sensitive: true,
        description: 'Accepts circuit 1 of link fast at its other end. A secret.',
      },
    });
    expect(JSON.stringify(fast)).not.toMatch(/_key/);
    const { exchange: red, ...secrets } = Object(only(json, 'atlas-red-dulles-link').output);
    expect(Object.keys(secrets)).toEqual(['circuit-key-1', 'circuit-key-2']);
    for (const output of Object.values(secrets)) expect(output).toMatchObject({ sensitive: true });
    expect(JSON.stringify(red)).not.toMatch(/_key/);
  });

  test('order circuits by the account, region and bandwidth of the link', () => {
    const { json } = synthLinks({ fast: FAST, red: RED });
    expect(onlyResource(only(json, 'atlas-fast-dalles-link'), 'google_network_connectivity_transport')).toMatchObject({
      remote_profile: 'projects/atlas-train/locations/us-west1/remoteTransportProfiles/aws-us-west-2',
      remote_account_id: '111122223333',
      bandwidth: 'BPS_10G',
    });
    const routers = Object.values(resourcesOf(only(json, 'atlas-dulles-gateway'), 'google_compute_router'));
    expect(routers.map(({ bgp }) => Object(bgp).asn)).toEqual([16550]);
  });

  test('enable the API of transports where there are circuits', () => {
    const apis = (links: Links) => {
      const stack = synthLinks(links).app.node.tryFindChild('atlas-google-foundation');
      const json = stack instanceof TerraformStack ? synthStack(stack) : {};
      return Object.values(resourcesOf(json, 'google_project_service')).map(({ service }) => service);
    };
    expect(apis({ fast: FAST })).toContain('networkconnectivity.googleapis.com');
    expect(apis(LINKS)).not.toContain('networkconnectivity.googleapis.com');
  });

  test('between sites of Google Cloud are halves of a peering of their networks', () => {
    const { json } = synthLinks({ low: LOW });
    const ids = ['iowa', 'dulles'].map((site) => `projects/atlas-train/global/networks/atlas-${site}`);
    const halves = ['iowa', 'dulles'].map((site) =>
      onlyResource(only(json, `atlas-low-${site}-link`), 'google_compute_network_peering'),
    );
    expect(halves.map(({ network, peer_network }) => [network, peer_network])).toEqual([ids, [...ids].reverse()]);
  });

  test('by tunnels between them name the gateway of each other', () => {
    const { json, plan } = synthLinks({ low: { ...LOW, kind: 'vpn' } });
    const dulles = plan.sites('google').find(({ key }) => key === 'dulles');
    expect(dulles?.gateway?.name).toBe(names.gateway(dulles ?? { name: '' }));
    const tunnels = Object.values(resourcesOf(only(json, 'atlas-low-iowa-link'), 'google_compute_vpn_tunnel'));
    expect(tunnels.map(({ peer_gcp_gateway }) => peer_gcp_gateway)).toEqual(
      Array.from({ length: 2 }, () => 'projects/atlas-train/regions/us-east4/vpnGateways/atlas-dulles-gateway'),
    );
  });

  test('of a site in a shared VPC lie in the project of the network, and peers find them there', () => {
    const { dulles } = estateOf({}).sites;
    const existing = { id: 'corp-vpc', projectId: 'corp-host', cidrs: ['10.8.0.0/16'], subnets: [] };
    const sites = { dulles: { ...dulles, network: { ...dulles?.network, existing } } };
    const { json, after } = synthLinks(
      { low: { ...LOW, kind: 'vpn' }, plain: { between: ['dalles', 'dulles'] } },
      sites,
    );
    for (const stack of ['atlas-dulles-gateway', 'atlas-low-dulles-link', 'atlas-plain-dulles-link']) {
      const projects = [...JSON.stringify(only(json, stack).resource).matchAll(/"project":"([^"]+)"/g)].map(
        ([, id]) => id,
      );
      expect([stack, [...new Set(projects)]]).toEqual([stack, stack.includes('plain') ? [] : ['corp-host']]);
    }
    const [tunnel] = Object.values(resourcesOf(only(json, 'atlas-low-iowa-link'), 'google_compute_vpn_tunnel'));
    expect(tunnel?.peer_gcp_gateway).toBe('projects/corp-host/regions/us-east4/vpnGateways/atlas-dulles-gateway');
    const half = onlyResource(only(json, 'atlas-plain-dalles-link'), 'google_compute_network_peering');
    expect(half.peer_network).toBe('projects/corp-host/global/networks/corp-vpc');
    expect(after['atlas-dulles-gateway']).toEqual(['atlas-google-foundation']);
  });

  test('change nothing of each other, whichever there are', () => {
    const all: Links = { ...LINKS, fast: FAST, red: RED, low: LOW };
    const keys = Object.keys(all);
    const pick = (chosen: readonly string[]) =>
      Object.fromEntries(Object.entries(all).filter(([key]) => chosen.includes(key)));
    fc.assert(
      fc.property(fc.subarray(keys, { minLength: 1 }), fc.constantFrom(...keys), (chosen, added) => {
        const few = pick(chosen);
        const { lock } = planLayout(estateOf(few));
        const more = pick([...chosen, added]);
        const grown = planLayout(estateOf(more), lock).lock;
        const said = everything(more, grown);
        const before = synthStacks(resolve(estateOf(few), lock, FILES, said));
        const after = synthStacks(resolve(estateOf(more), grown, FILES, said));
        for (const [name, json] of before) {
          // A first circuit at a site brings another router to its gateway.
          if (name.endsWith('-link')) expect([name, after.get(name)]).toEqual([name, json]);
        }
      }),
      { numRuns: 8 },
    );
  });
});
