import { API_ACCESS } from '../catalog/access';
import type { PoolPlan, ShardPlan, SitePlan } from '../plan/types';
import { NODE_LABELS } from '../spec/node-labels';
import { type Owned, ownedEntries, ownerOf, ownTags, writtenTags } from '../spec/ownership';
import type { Path } from '../spec/positions';
import type { Estate } from '../spec/schema';
import type { Tags } from '../units';
import { few, type ResolvedFact, sourceOf } from './fact';

/** What an entry may lie in, by how deep it lies. */
const LEVELS = ['account', 'site', 'cluster'] as const;

/** Who answers for an entry, and what it is tagged with. */
export function ownedFacts(estate: Estate, path: Path): readonly ResolvedFact[] {
  const entry = ownedEntries(estate).find((one) => one.path.join('.') === path.join('.'));
  // A store that exists already is its owner's, and gets no tags.
  if (entry === undefined || (path[0] === 'stores' && 'existing' in entry.entry)) return [];
  const { levels } = entry;
  const { team, email } = ownerOf(estate, levels);
  const inner = levels.length - 1;
  const depth = levels.findLastIndex(({ owner }) => owner !== undefined);
  const because = depth < 0 ? 'owner of the estate' : depth === inner ? 'owner' : `owner of its ${LEVELS[depth]}`;
  return [
    { what: 'owner', value: `${team}, ${email}`, because, keys: ['owner'] },
    { what: 'tags', value: shown(tagsOf(estate, levels)), because: tagReason(estate, levels), keys: ['tags', 'owner'] },
  ];
}

function tagsOf(estate: Estate, levels: readonly Owned[]): Tags {
  return { ...ownTags(estate, levels), ...writtenTags(estate, levels) };
}

function shown(tags: Tags): string {
  return few(Object.entries(tags).map(([key, value]) => `${key}=${value}`));
}

/** Who says something of the tags of an entry. */
function tagReason({ tags }: Estate, levels: readonly Owned[]): string {
  const outer = levels
    .slice(0, -1)
    .flatMap((level, depth) => (level.tags === undefined ? [] : [`tags of its ${LEVELS[depth]}`]));
  return [
    'name and owner',
    ...(tags === undefined ? [] : ['tags of the estate']),
    ...outer,
    ...(levels.at(-1)?.tags === undefined ? [] : ['tags']),
  ].join(', ');
}

/** Who and what reaches a cluster that a stack makes. */
export function accessFacts({ access, cloud }: ShardPlan): readonly ResolvedFact[] {
  const { administrators, viewers, ranges } = access;
  const row = API_ACCESS[cloud];
  const because = 'access of the cluster, its site and its account';
  const keys = ['access'];
  const way = ranges.length > 0 || row.otherWay === undefined ? [] : [row.otherWay];
  return [
    { what: 'administrators', value: few(administrators) || 'none', because, keys },
    { what: 'viewers', value: few(viewers) || 'none', because, keys },
    {
      what: 'reached from',
      value: few([...ranges, ...way]) || 'inside its network only',
      because,
      ...sourceOf(row),
      keys,
    },
  ];
}

/** Where the applies of a site come from. */
export function runnerFacts({ runner }: SitePlan): readonly ResolvedFact[] {
  if (runner === undefined) return [];
  const value = few([...runner.ranges, ...runner.subnets]);
  return [{ what: 'applied from', value, because: 'access.runner of the site and its account', keys: ['access'] }];
}

/** Labels that the nodes of a pool have from the estate, each group its own. */
export function labelFacts({ key, groups }: PoolPlan): readonly ResolvedFact[] {
  const labels = [`${NODE_LABELS.pool}=${key}`, ...groups.map(({ id }) => `${NODE_LABELS.group}=${id}`)];
  return [{ what: 'labels', value: few(labels), because: 'the pool and its groups, beside labels', keys: ['labels'] }];
}
