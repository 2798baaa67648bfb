import { AWS_STEPS } from '../../../../estate/catalog/aws-steps';
import { AZURE_STEPS } from '../../../../estate/catalog/azure-steps';
import { GOOGLE_STEPS } from '../../../../estate/catalog/google-steps';
import { ORACLE_STEPS } from '../../../../estate/catalog/oracle-steps';
import type { CloudSteps, StepPlace } from '../../../../estate/catalog/steps';
import { COMMON_STEPS } from '../../../../estate/catalog/steps-common';

const TABLES: readonly (readonly [string, CloudSteps])[] = [
  ['common', COMMON_STEPS],
  ['aws', AWS_STEPS],
  ['azure', AZURE_STEPS],
  ['google', GOOGLE_STEPS],
  ['oracle', ORACLE_STEPS],
];

/** Words that steps of a place know, beside those of their cloud and their thing. */
const ACCOUNT = ['account', 'quotas', 'exchange', 'bundle', 'argo'];
const SITE = [...ACCOUNT, 'site', 'region', 'stack'];
const CLUSTER = [...SITE, 'cluster', 'clusterName', 'administrators', 'reachedFrom', 'namespace', 'serviceAccount'];
const KNOWN: Readonly<Record<StepPlace, readonly string[]>> = {
  before: ACCOUNT,
  'after-foundation': ACCOUNT,
  'after-network': SITE,
  'after-storage': SITE,
  'after-cluster': CLUSTER,
  'after-gateway': SITE,
  'after-link': SITE,
  bundle: ACCOUNT,
  'hand-over': CLUSTER,
  last: ACCOUNT,
  after: [],
};

const wordsOf = (texts: readonly (string | undefined)[]) =>
  texts.flatMap((text = '') => [...text.matchAll(/\{(\w+)\}/g)].map(([, word = '']) => word));

describe.each(TABLES)('steps of %s', (_, { words, things, steps, deploys }) => {
  test('have names of their own', () => {
    const ids = steps.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z0-9]+)*$/);
    expect(ids).not.toContain('deploy');
  });

  test('name only words that are known where they stand', () => {
    for (const { id, at, of, title, why, from, done, run = [], see = [] } of steps) {
      const once = [...words, ...KNOWN[at]];
      const each = [...once, ...(things[of] ?? [])];
      expect([id, wordsOf([title, why, from, done]).filter((word) => !once.includes(word))]).toEqual([id, []]);
      expect([id, wordsOf([...run, ...see]).filter((word) => !each.includes(word))]).toEqual([id, []]);
    }
    for (const { layers, of, reach, again } of deploys) {
      const known = [...words, ...(layers.includes('foundation') ? ACCOUNT : SITE), ...(things[of] ?? [])];
      expect(wordsOf([reach, again]).filter((word) => !known.includes(word))).toEqual([]);
    }
  });

  test('use every thing, and say how each step is known to be done', () => {
    const used = new Set([...steps, ...deploys].map(({ of }) => of));
    expect(Object.keys(things).filter((thing) => !used.has(thing))).toEqual([]);
    for (const { id, run = [], done } of steps) {
      expect([id, done === undefined ? run.every((command) => command.startsWith('export ')) : done !== '']).toEqual([
        id,
        true,
      ]);
    }
  });

  test('have commands that a shell reads: quotes are closed, and nothing is left to be filled in', () => {
    for (const { id, run = [], see = [] } of steps) {
      for (const command of [...run, ...see]) {
        const [said = ''] = command.split('   # ');
        const bare = said.replace(/'[^']*'/g, '');
        expect([id, bare.includes("'"), (bare.match(/"/g)?.length ?? 0) % 2]).toEqual([id, false, 0]);
        expect([id, /<[a-z]+>|\bNAME\b|\bTODO\b/.exec(said)?.[0]]).toEqual([id, undefined]);
      }
    }
  });
});

describe('the tables of the four clouds', () => {
  const CLOUDS = TABLES.filter(([name]) => name !== 'common');

  test.each([
    'credentials',
    'quotas',
    'nobody',
    'enter',
    'enter-existing',
    'told',
    'bundle',
    'flux',
    'argo',
    'apply',
    'hand-over',
    'volumes',
    'joined-clusters',
    'networks',
    'gateway-told',
    'link-keys',
    'links-told',
    'devices',
    'tunnels-up',
    'circuits-up',
    'peerings-up',
    'links-waiting',
  ])('all have the step %s, at the same place', (id) => {
    const places = CLOUDS.map(([cloud, { steps }]) => [cloud, steps.find((step) => step.id === id)?.at]);
    expect(new Set(places.map(([, at]) => at)).size).toBe(1);
    expect(places.map(([, at]) => at)).not.toContain(undefined);
  });

  test('say for every layer what it reaches', () => {
    for (const [cloud, { deploys }] of CLOUDS)
      for (const layer of ['foundation', 'network', 'storage', 'cluster', 'gateway', 'link'] as const)
        expect([
          cloud,
          layer,
          deploys.some(({ layers, reach }) => layers.includes(layer) && reach !== undefined),
        ]).toEqual([cloud, layer, true]);
  });
});
