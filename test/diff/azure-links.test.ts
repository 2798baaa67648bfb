import { planLayout } from '../../estate/plan/layout';
import type { Lock } from '../../estate/plan/lock';
import { type Estate, estateSchema } from '../../estate/spec/schema';
import { ALL, CIRCUIT, estateOf, stacksOf, toldTo } from '../stacks/azure/linked';
import { diffDocuments } from './documents';

/** An estate with its lock file and what other sites have told. */
interface Scene {
  readonly estate: Estate;
  readonly lock: Lock;
  readonly told: ReturnType<typeof toldTo>;
}

const ESTATE = estateOf({ ...ALL, ...CIRCUIT });
const BASE: Scene = { estate: ESTATE, lock: planLayout(ESTATE).lock, told: toldTo(ESTATE) };

const documents = ({ estate, lock, told }: Scene) =>
  Object.fromEntries([...stacksOf(estate, told, lock)].map(([id, { json }]) => [id, json]));

/** What a change does, by stack: how many resources of a type, and why where they are made anew. */
function outlineOf(changed: Partial<Scene>): string[] {
  const found = diffDocuments(documents(BASE), documents({ ...BASE, ...changed })).flatMap(({ stack, changes }) =>
    changes.map(({ action, type, because, refused }) =>
      [
        stack.replace('atlas-', ''),
        action,
        type.replace('azurerm_', ''),
        ...because.map(({ path }) => path),
        ...refused.map(({ who }) => `refused by ${who}`),
      ].join(' '),
    ),
  );
  return [...new Set(found)].sort();
}

const withRange = (key: string, range: string): Lock => ({
  ...BASE.lock,
  insideRanges: { ...BASE.lock.insideRanges, [key]: range },
});
const links = (change: object) => estateSchema.parse({ ...ESTATE, links: { ...ESTATE.links, ...change } });

describe('what an edit of links does on Azure', () => {
  test('another public address of a peer is told in place', () => {
    const gateways = { iowa: { addresses: ['198.51.100.1', '198.51.100.77'] } };
    expect(outlineOf({ told: { ...BASE.told, gateways } })).toEqual([
      'google-eastus2-link updated local_network_gateway',
    ]);
  });

  test('another inside range is told to the gateway and the link, in place', () => {
    expect(outlineOf({ lock: withRange('links.google.2', '169.254.22.100/30') })).toEqual([
      'eastus2-gateway updated virtual_network_gateway',
      'google-eastus2-link updated local_network_gateway',
      'google-eastus2-link updated virtual_network_gateway_connection',
    ]);
  });

  test('another number of the own system is told to the gateway, in place, and one of a peer to the link', () => {
    const asns = (change: object) => ({ lock: { ...BASE.lock, asns: { ...BASE.lock.asns, ...change } } });
    expect(outlineOf(asns({ eastus2: 64999 }))).toEqual(['eastus2-gateway updated virtual_network_gateway']);
    expect(outlineOf(asns({ iowa: 64999 }))).toEqual(['google-eastus2-link updated local_network_gateway']);
  });

  test('more bandwidth makes gateways and circuits larger in place', () => {
    expect(
      outlineOf({
        estate: links({ west: { ...ESTATE.links.west, gbps: 6 }, circuit: { ...CIRCUIT.circuit, gbps: 5 } }),
      }),
    ).toEqual([
      'circuit-westus3-link updated express_route_circuit',
      'eastus2-gateway updated virtual_network_gateway',
      'westus3-gateway updated virtual_network_gateway',
    ]);
  });

  test('less bandwidth of a circuit is another circuit, with another key', () => {
    expect(outlineOf({ estate: links({ circuit: { ...CIRCUIT.circuit, gbps: 1 } }) })).toEqual([
      'circuit-westus3-link replaced express_route_circuit bandwidth_in_mbps',
      'westus3-gateway updated virtual_network_gateway',
    ]);
  });

  test('another link changes the gateway that it shares, in place, and no other link', () => {
    const added = { home: { between: ['eastus2', 'london'], kind: 'vpn' } };
    const estate = links(added);
    const { lock } = planLayout(estate, BASE.lock);
    const changed = outlineOf({ estate, lock, told: BASE.told });
    expect(changed.filter((line) => /-link/.test(line) && !/home/.test(line))).toEqual([]);
    expect(changed).toContain('eastus2-gateway updated virtual_network_gateway');
  });
});
