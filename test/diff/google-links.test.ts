import { TerraformStack, Testing } from '../../constructs/cdktf';
import { planLayout } from '../../estate/plan/layout';
import type { Lock } from '../../estate/plan/lock';
import { resolve } from '../../estate/plan/resolve';
import { EMPTY_EXCHANGE, type Exchange } from '../../estate/spec/exchange';
import { estateSchema } from '../../estate/spec/schema';
import { addStacks } from '../../stacks/google';
import { linkedEstate } from '../helpers/linked';
import { synthStack } from '../helpers/terraform';
import { diffDocuments } from './documents';

const ADDRESSES = ['198.51.100.1', '198.51.100.2'];
const LINKED = linkedEstate({
  blue: { between: ['eastus2', 'iowa'] },
  fast: { between: ['oregon', 'dalles'], kind: 'interconnect', gbps: 1 },
});
const ESTATE = estateSchema.parse({
  ...LINKED,
  sites: { ...LINKED.sites, dalles: { account: 'google', region: 'us-west1', zones: ['us-west1-a'] } },
});

/** An estate with its lock file and what other sites have told. */
interface Scene {
  readonly estate: typeof ESTATE;
  readonly lock: Lock;
  readonly gateways: Exchange['gateways'];
}

const BASE: Scene = { estate: ESTATE, lock: planLayout(ESTATE).lock, gateways: { eastus2: { addresses: ADDRESSES } } };

function documents({ estate, lock, gateways }: Scene) {
  const files = { estate: 'estate.yaml', lock: 'estate.lock.json' };
  const app = Testing.app();
  addStacks(app, resolve(estate, lock, files, { ...EMPTY_EXCHANGE, estate: 'atlas', gateways }));
  const stacks = app.node.children.filter(TerraformStack.isStack);
  return Object.fromEntries(stacks.map((stack) => [stack.node.id, synthStack(stack)]));
}

/** What a change does, by stack: to which types, and why where they are made anew. */
function outlineOf(changed: Partial<Scene>): string[] {
  const found = diffDocuments(documents(BASE), documents({ ...BASE, ...changed })).flatMap(({ stack, changes }) =>
    changes.map(({ action, type, because }) =>
      [stack.replace('atlas-', ''), action, type.replace('google_', ''), ...because.map(({ path }) => path)].join(' '),
    ),
  );
  return [...new Set(found)].sort();
}

const locked = (change: Partial<Lock>) => ({ lock: { ...BASE.lock, ...change } });
const asns = (change: object) => locked({ asns: { ...BASE.lock.asns, ...change } });

describe('what an edit of links does on Google Cloud', () => {
  test('another public address of a peer makes its gateway anew, and all tunnels of the link with it', () => {
    const addresses = ['198.51.100.1', '198.51.100.77'];
    expect(outlineOf({ gateways: { eastus2: { addresses } } })).toEqual([
      'blue-iowa-link replaced compute_external_vpn_gateway interface.1.ip_address',
      'blue-iowa-link replaced compute_router_interface vpn_tunnel',
      'blue-iowa-link replaced compute_router_peer lifecycle.replace_triggered_by',
      'blue-iowa-link replaced compute_vpn_tunnel peer_external_gateway',
    ]);
  });

  test('another inside range makes the session of its tunnel anew, and not the tunnel', () => {
    const insideRanges = { ...BASE.lock.insideRanges, 'links.blue.2': '169.254.22.100/30' };
    expect(outlineOf(locked({ insideRanges }))).toEqual([
      'blue-iowa-link replaced compute_router_interface ip_range',
      'blue-iowa-link replaced compute_router_peer lifecycle.replace_triggered_by',
    ]);
  });

  test('another number of the own system is told to the router, in place, and one of a peer to its sessions', () => {
    expect(outlineOf(asns({ iowa: 64999 }))).toEqual(['iowa-gateway updated compute_router']);
    expect(outlineOf(asns({ eastus2: 64999 }))).toEqual(['blue-iowa-link updated compute_router_peer']);
  });

  test('more bandwidth makes a transport larger in place', () => {
    const fast = { ...ESTATE.links.fast, gbps: 10 };
    const estate = estateSchema.parse({ ...ESTATE, links: { ...ESTATE.links, fast } });
    expect(outlineOf({ estate })).toEqual(['fast-dalles-link updated network_connectivity_transport']);
  });

  test('another link changes nothing that there is', () => {
    const office = {
      between: ['iowa'],
      to: { onPremises: { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['10.240.0.0/12'] } },
    };
    const estate = estateSchema.parse({ ...ESTATE, links: { ...ESTATE.links, office } });
    const { lock } = planLayout(estate, BASE.lock);
    expect(outlineOf({ estate, lock }).filter((line) => !line.startsWith('office-'))).toEqual([]);
  });
});
