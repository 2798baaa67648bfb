import { planLayout } from '../../estate/plan/layout';
import { resolve } from '../../estate/plan/resolve';
import { EMPTY_EXCHANGE, type Exchange } from '../../estate/spec/exchange';
import { linkedEstate } from '../helpers/linked';
import { stacksOf, stacksOfPlan, withAshburn } from '../stacks/oracle/linked';
import { diffDocuments } from './documents';

const ESTATE = linkedEstate({ pair: { between: ['phoenix', 'eastus2'] } });
const HALF = 'atlas-pair-phoenix-link';
const gatewaysAt = (...addresses: readonly string[]): Partial<Exchange> => ({
  gateways: { eastus2: { addresses: [...addresses] } },
});
const BEFORE = gatewaysAt('198.51.100.20', '198.51.100.21');

/** What happens to each part of a half, by the id of its construct. */
function changesOf(before: object, after: object): Readonly<Record<string, string>> {
  const stacks = diffDocuments({ ...before }, { ...after }).filter(({ changes }) => changes.length > 0);
  expect(stacks.map(({ stack }) => stack)).toEqual([HALF]);
  const changes = stacks.flatMap((stack) => stack.changes);
  return Object.fromEntries(changes.map(({ path, action }) => [String(path).replace('link/', ''), action]));
}

describe('a link that ends at Oracle Cloud', () => {
  test('replaces the connection to an address of the peer that changed, with its tunnels, and no other one', () => {
    const after = gatewaysAt('198.51.100.22', '198.51.100.21');
    expect(changesOf(stacksOf(ESTATE, BEFORE), stacksOf(ESTATE, after))).toEqual({
      'connection-0': 'replaced',
      'device-0': 'replaced',
      'tunnel-1': 'replaced',
      'tunnel-1-id/Resource': 'replaced',
      'tunnel-2': 'replaced',
      'tunnel-2-id/Resource': 'replaced',
    });
  });

  test('says an inside range and the number of the peer again, which keeps tunnels and their public addresses', () => {
    const { lock } = planLayout(ESTATE);
    const files = { estate: 'estate.yaml', lock: 'estate.lock.json' };
    const exchange = { ...EMPTY_EXCHANGE, ...BEFORE, estate: 'atlas' };
    const planWith = (changes: object) => stacksOfPlan(resolve(ESTATE, { ...lock, ...changes }, files, exchange));
    const moved = { ...lock.insideRanges, 'links.pair.3': '169.254.22.0/30' };
    expect(changesOf(planWith({}), planWith({ insideRanges: moved }))).toEqual({ 'tunnel-3': 'updated' });
    const all = Object.fromEntries([1, 2, 3, 4].map((number) => [`tunnel-${number}`, 'updated']));
    expect(changesOf(planWith({}), planWith({ asns: { eastus2: 64600 } }))).toEqual(all);
  });

  test('asks for a peering anew where the other end is another one', () => {
    const estate = withAshburn({ twin: { between: ['phoenix', 'ashburn'] } });
    const knowing = (mark: string) =>
      stacksOf(estate, { peerings: { twin: { phoenix: `ocid1.remotepeeringconnection.oc1.phx.${mark}` } } });
    const changes = diffDocuments({ ...knowing('a') }, { ...knowing('b') }).flatMap((stack) => stack.changes);
    expect(changes.map(({ path, action }) => [path, action])).toEqual([['link/Resource', 'replaced']]);
  });

  test('takes its routes out of the network before that is detached, when it goes', () => {
    const gone = diffDocuments({ ...stacksOf(ESTATE, BEFORE) }, { ...stacksOf(linkedEstate({})) });
    const network = gone.find(({ stack }) => stack === 'atlas-phoenix-network');
    expect(network?.changes.map(({ path, action }) => [path, action])).toEqual([
      ['network/node-routes', 'updated'],
      ['network/storage-routes', 'updated'],
      ['network/links', 'destroyed'],
    ]);
  });
});
