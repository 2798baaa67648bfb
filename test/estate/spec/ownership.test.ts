import { parseEstate } from '../../../estate/spec/load';
import { ownedEntries, ownerOf, ownTags, writtenTags } from '../../../estate/spec/ownership';
import { type Changes, estateText } from './fixtures';

const RESEARCH = { team: 'research', email: 'research@example.com', costCenter: 'cc-2' };
const OPS = { team: 'ops', email: 'ops@example.com' };

/** An entry of an estate, by its path. */
function entry(changes: Changes, path: string) {
  const { estate } = parseEstate(estateText(changes), 'estate.yaml');
  const found = ownedEntries(estate).find((one) => one.path.join('.') === path);
  if (found === undefined) throw new Error(`there is no ${path}`);
  return { estate, ...found };
}

test('lists what may have an owner, each with its cloud', () => {
  const { estate } = parseEstate(estateText(), 'estate.yaml');
  const found = ownedEntries(estate).map(({ path, levels, cloud }) => [path.join('.'), levels.length, cloud]);
  expect(found).toEqual([
    ['accounts.aws-main', 1, 'aws'],
    ['accounts.azure-gb', 1, 'azure'],
    ['accounts.google-main', 1, 'google'],
    ['accounts.oracle-main', 1, 'oracle'],
    ['sites.ohio', 2, 'aws'],
    ['sites.east', 2, 'azure'],
    ['sites.iowa', 2, 'google'],
    ['sites.phoenix', 2, 'oracle'],
    ['clusters.ohio', 3, 'aws'],
    ['clusters.east', 3, 'azure'],
    ['clusters.iowa', 3, 'google'],
    ['clusters.phoenix', 3, 'oracle'],
    ['clusters.ohio.pools.train', 4, 'aws'],
    ['clusters.east.pools.train', 4, 'azure'],
    ['clusters.iowa.pools.racks', 4, 'google'],
    ['clusters.iowa.pools.slices', 4, 'google'],
    ['clusters.phoenix.pools.racks', 4, 'oracle'],
    ['clusters.phoenix.pools.nodes', 4, 'oracle'],
    ['stores.scratch', 3, 'aws'],
    ['stores.checkpoints', 3, 'aws'],
    ['stores.fast', 3, 'oracle'],
    ['stores.tpu', 3, 'google'],
  ]);
});

test.each([
  [{}, 'training'],
  [{ 'accounts.aws-main.owner': 'ops' }, 'ops'],
  [{ 'accounts.aws-main.owner': 'ops', 'sites.ohio.owner': 'research' }, 'research'],
  [{ 'sites.ohio.owner': 'ops', 'clusters.ohio.owner': 'research' }, 'research'],
  [{ 'clusters.ohio.owner': 'ops', 'clusters.ohio.pools.train.owner': 'research' }, 'research'],
  [{ 'clusters.iowa.owner': 'ops', 'accounts.google-main.owner': 'research' }, 'training'],
])('takes the innermost owner with %j', (changes, team) => {
  const owners = { research: RESEARCH, ops: OPS };
  const { estate, levels } = entry({ owners, ...changes }, 'clusters.ohio.pools.train');
  expect(ownerOf(estate, levels).team).toBe(team);
});

test('charges the cost center of the estate where an owner has none', () => {
  const owner = { team: 'training', email: 'training@example.com', costCenter: 'cc-1' };
  const costs = (named: string) => {
    const changes = { owner, owners: { research: RESEARCH, ops: OPS }, 'stores.tpu.owner': named };
    const { estate, levels } = entry(changes, 'stores.tpu');
    return ownTags(estate, levels);
  };
  expect(costs('ops')).toEqual({
    estate: 'atlas',
    team: 'ops',
    'cost-center': 'cc-1',
    'managed-by': 'training-estate',
  });
  expect(costs('research')).toMatchObject({ team: 'research', 'cost-center': 'cc-2' });
});

test('adds up tags, inner ones over outer ones, in the order of their keys', () => {
  const { estate, levels } = entry(
    {
      tags: { stage: 'lab', project: 'vision' },
      'accounts.aws-main.tags': { region: 'us' },
      'sites.ohio.tags': { region: 'ohio' },
      'clusters.ohio.tags': { stage: 'production' },
      'clusters.ohio.pools.train.tags': { batch: '7' },
    },
    'clusters.ohio.pools.train',
  );
  const tags = writtenTags(estate, levels);
  expect(Object.entries(tags)).toEqual([
    ['batch', '7'],
    ['project', 'vision'],
    ['region', 'ohio'],
    ['stage', 'production'],
  ]);
  expect(writtenTags(estate, [])).toEqual({ project: 'vision', stage: 'lab' });
});
