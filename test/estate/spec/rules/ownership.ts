import type { RuleTable } from './table';

const many = (count: number, cloud: 'lower' | 'any' = 'lower') =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${cloud}-${index}`, 'x']));

/** Only the account of one cloud, with a site of its own. */
const ONLY_AWS = {
  accounts: { 'aws-main': { cloud: 'aws', accountId: '111122223333' } },
  sites: { ohio: { account: 'aws-main', region: 'us-east-2', zones: ['us-east-2a', 'us-east-2b'] } },
  clusters: {},
  stores: { data: { kind: 'object', site: 'ohio' } },
  acknowledge: [],
};

/** Rules on owners, tags and labels. */
export const OWNERSHIP_RULES: Readonly<Record<string, RuleTable>> = {
  TagForm: {
    holds: [
      { tags: { project: 'vision', environment: 'production' } },
      { ...ONLY_AWS, tags: { 'Cost Allocation/2026': 'R+D', Environment: 'Production' } },
      { 'accounts.aws-main.tags': { 'example.com/Owner': 'a@example.com' } },
      { 'sites.east.tags': { Environment: 'Production, as agreed in CASE-1' } },
      { 'clusters.iowa.tags': { stage: 'prod_1' }, 'clusters.iowa.pools.racks.tags': { stage: 'prod_2' } },
      { 'stores.fast.tags': { Owner_2: 'Operations: night shift' } },
      // An account that no site lies in is no cloud's matter yet, but its own.
      { 'stores.data': { kind: 'object', site: 'nowhere', tags: { '???': 'x' } } },
    ],
    fails: [
      [{ tags: { Project: 'vision' } }, 'tags.Project', 'the key "Project" of a tag is not what Google Cloud takes'],
      [{ tags: { Project: 'vision' } }, 'tags.Project', 'write "project", or give it where only other clouds are'],
      [{ tags: { project: 'Vision 2' } }, 'tags.project', 'write "vision-2"'],
      [{ tags: { équipe: 'x' } }, 'tags.équipe', 'write "equipe"'],
      [
        { 'sites.iowa.tags': { project: 'x'.repeat(64) } },
        'sites.iowa.tags.project',
        'has 64 characters, and Google Cloud takes 63',
      ],
      [{ 'sites.iowa.tags': { '2026': 'x' } }, 'sites.iowa.tags.2026', 'after a letter'],
      [
        { 'sites.iowa.tags': { 'goog-a': 'x' } },
        'sites.iowa.tags.goog-a',
        'tags of Google Cloud that begin with "goog" are its own',
      ],
      [
        { 'sites.ohio.tags': { 'AWS:x': 'x' } },
        'sites.ohio.tags.AWS:x',
        'tags of AWS that begin with "aws:" are its own',
      ],
      [{ 'sites.ohio.tags': { name: 'x' } }, 'sites.ohio.tags.name', '"name" is a tag that everything has already'],
      [
        { 'sites.ohio.tags': { a: 'x & y' } },
        'sites.ohio.tags.a',
        'is not what AWS takes: letters, digits and +-=._:/@, with spaces between them',
      ],
      [{ 'sites.ohio.tags': { a: ' x' } }, 'sites.ohio.tags.a', 'write "x"'],
      [{ 'sites.east.tags': { 'a:b': 'x' } }, 'sites.east.tags.a:b', 'write "a-b"'],
      [
        { 'sites.east.tags': { 'Azure-a': 'x' } },
        'sites.east.tags.Azure-a',
        'tags of Azure that begin with "azure" are its own',
      ],
      [{ 'sites.east.tags': { a: 'zürich' } }, 'sites.east.tags.a', 'printable ASCII characters'],
      [{ 'sites.phoenix.tags': { 'a.b': 'x' } }, 'sites.phoenix.tags.a.b', 'letters, digits, hyphens and underscores'],
      [
        { 'stores.fast.tags': { ['x'.repeat(101)]: 'x' } },
        `stores.fast.tags.${'x'.repeat(101)}`,
        'has 101 characters, and Oracle Cloud takes 100',
      ],
      [{ 'clusters.ohio.tags': { Team: 'x' } }, 'clusters.ohio.tags.Team', 'name an owner, which decides it'],
      [
        { 'clusters.ohio.pools.train.tags': { 'cost-center': 'x' } },
        'clusters.ohio.pools.train.tags.cost-center',
        'name an owner',
      ],
      [{ 'clusters.ohio.tags': { store: 'x' } }, 'clusters.ohio.tags.store', 'choose another key'],
      [
        { 'sites.ohio.tags': { project: 'x' }, 'clusters.ohio.tags': { Project: 'y' } },
        'clusters.ohio.tags.Project',
        '"Project" is "project" in another case',
      ],
    ],
  },
  LabelReserved: {
    holds: [
      { 'clusters.ohio.pools.train.labels': { 'example.com/pool': 'a', estate: 'b' } },
      { 'clusters.ohio.pools.train.taints': [{ key: 'example.com/reserved', effect: 'NoSchedule' }] },
    ],
    fails: [
      [
        { 'clusters.ohio.pools.train.labels': { 'estate/pool': 'a' } },
        'clusters.ohio.pools.train.labels.estate/pool',
        '"estate/pool" is a label of the estate\'s own',
      ],
      [
        { 'clusters.iowa.pools.racks.labels': { 'estate/rack': 'a' } },
        'clusters.iowa.pools.racks.labels.estate/rack',
        'nodes have estate/pool and estate/group without it',
      ],
      [
        { 'clusters.east.pools.train.taints': [{ key: 'estate/group', effect: 'NoSchedule' }] },
        'clusters.east.pools.train.taints.0.key',
        "has the prefix of labels of the estate's own",
      ],
    ],
  },
  TagCount: {
    holds: [
      { tags: many(4) },
      { 'sites.phoenix.tags': many(4), 'clusters.phoenix.tags': many(4) },
      { 'sites.east.tags': many(10) },
      { 'sites.ohio.tags': many(40) },
      { 'sites.iowa.tags': many(48) },
      { ...ONLY_AWS, tags: many(40) },
    ],
    fails: [
      [{ tags: many(5) }, 'tags', '5 tags are more than the 4 that can be given on Oracle Cloud'],
      [{ ...ONLY_AWS, tags: many(41) }, 'tags', '41 tags are more than the 40 that can be given on AWS'],
      [
        { 'sites.phoenix.tags': many(3), 'stores.fast.tags': many(2, 'any') },
        'stores.fast.tags',
        'leave 1 out: one resource there takes 10',
      ],
      [
        { 'clusters.east.pools.train.tags': many(11) },
        'clusters.east.pools.train.tags',
        '11 tags are more than the 10',
      ],
      [{ 'sites.iowa.tags': many(49) }, 'sites.iowa.tags', 'leave 1 out'],
    ],
  },
};
