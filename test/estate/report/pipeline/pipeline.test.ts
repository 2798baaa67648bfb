import fc from 'fast-check';
import { parse } from 'yaml';
import { LAYERS } from '../../../../estate/plan/names';
import { stackOrder } from '../../../../estate/plan/order';
import type { Plan } from '../../../../estate/plan/types';
import { PIPELINE_ENGINES, type PipelineEngine, pipelineText } from '../../../../estate/report/pipeline';
import { buildPipeline } from '../../../../estate/report/pipeline/build';
import { checkSize } from '../../../../estate/report/pipeline/common';
import { blueprints, estateOf, inputOf, lockAndResolve, type SiteBlueprint } from '../../../helpers/estates';
import { linkedEstate, planOf as planOfLinked, SOME_GATEWAYS, SOME_LINKS } from '../../../helpers/linked';
import { argoErrors, atlantisErrors, gitlabErrors, workflowErrors } from '../../../helpers/pipelines';

// Parsers of the engines are processes of their own.
jest.setTimeout(120_000);

const STATES = [
  { kind: 's3', bucket: 'atlas-state', region: 'us-east-2', prefix: 'estates/atlas' },
  { kind: 'gcs', bucket: 'atlas-state', prefix: 'estates/atlas' },
  { kind: 'azurerm', resourceGroup: 'state', storageAccount: 'atlasstate', container: 'tf', prefix: 'estates/atlas' },
  { kind: 'oci', bucket: 'atlas-state', namespace: 'axaxnpcrorw5', region: 'us-phoenix-1', prefix: 'estates/atlas' },
] as const;
const OPTIONS = { file: 'estate.yaml', branch: 'main' };

function planOf(sites: readonly SiteBlueprint[], state: object = STATES[0]): Plan {
  return lockAndResolve(estateOf({ ...inputOf(sites), state } as Parameters<typeof estateOf>[0])).plan;
}

const site = (name: string, account: SiteBlueprint['account'], clusters = ['a', 'b']): SiteBlueprint => ({
  name,
  account,
  clusters: Object.fromEntries(clusters.map((cluster) => [cluster, { pools: {} }])),
  stores: 1,
});
/** Two sites on each cloud. */
const WHOLE = (['aws-main', 'azure-gb', 'google-main', 'oracle-main'] as const).flatMap((account) =>
  ['x', 'y'].map((name) => site(`${account}-${name}`, account)),
);
const whole = planOf(WHOLE);
const textOf = (engine: PipelineEngine, plan: Plan = whole, options = {}) =>
  pipelineText(engine, plan, { ...OPTIONS, ...options }).text;

/** A stack in a pipeline: what plans it, what applies it, and everything that is done before either begins. */
interface Placed {
  readonly stack: string;
  readonly before: ReadonlySet<string>;
}

type Jobs = Readonly<
  Record<
    string,
    {
      needs?: string[];
      stage?: string;
      strategy?: { matrix: { stack: string[] } };
      parallel?: { matrix: { STACK: string[] }[] };
    }
  >
>;

/** Everything that comes before a job, by what each one waits for. */
function ancestors(name: string, waitsFor: (name: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (one: string) => {
    for (const earlier of waitsFor(one)) {
      if (!found.has(earlier)) {
        found.add(earlier);
        visit(earlier);
      }
    }
  };
  visit(name);
  return found;
}

/** Stacks of the jobs that plan and those that apply, with the stacks that are applied before each. */
const PLACED: Readonly<Record<PipelineEngine, (text: string) => readonly [plans: string[], applies: Placed[]]>> = {
  github: (text) => {
    const { jobs } = parse(text) as { jobs: Jobs };
    const stacksOf = (name: string) => jobs[name]?.strategy?.matrix.stack ?? [];
    return placed(Object.keys(jobs), stacksOf, (name) => ancestors(name, (one) => jobs[one]?.needs ?? []));
  },
  gitlab: (text) => {
    const { stages, ...rest } = parse(text) as { stages: string[] };
    const jobs = rest as unknown as Jobs;
    const names = Object.keys(jobs).filter((name) => /^(plan|apply)-/.test(name));
    const at = (name: string) => stages.indexOf(jobs[name]?.stage ?? '');
    const stacksOf = (name: string) => jobs[name]?.parallel?.matrix[0]?.STACK ?? [];
    return placed(names, stacksOf, (name) => new Set(names.filter((other) => at(other) < at(name))));
  },
  'argo-workflows': (text) => {
    type Task = { name: string; depends?: string; withItems?: string[] };
    const { spec } = parse(text) as { spec: { templates: { name: string; dag?: { tasks: Task[] } }[] } };
    const tasks = spec.templates.find(({ name }) => name === 'deploy')?.dag?.tasks ?? [];
    const byName = new Map(tasks.map((task) => [task.name, task]));
    const waitsFor = (name: string) =>
      (byName.get(name)?.depends ?? '')
        .split(' && ')
        .flatMap((one) => (one === '' ? [] : one.replace(/\.Succeeded$/, '')));
    return placed(
      [...byName.keys()],
      (name) => byName.get(name)?.withItems ?? [],
      (name) => ancestors(name, waitsFor),
    );
  },
  atlantis: (text) => {
    type Project = { name: string; execution_order_group: number; depends_on?: string[] };
    const { projects } = parse(text) as { projects: Project[] };
    const stacks = projects.filter(({ name }) => name !== 'estate-checks');
    const byName = new Map(stacks.map((project) => [project.name, project]));
    return [
      stacks.map(({ name }) => name),
      stacks.map(({ name, execution_order_group: group }) => {
        const waits = ancestors(name, (one) => byName.get(one)?.depends_on ?? []);
        // Both are heeded: groups when everything is applied, dependencies when one stack is.
        const earlier = new Set(
          stacks.filter((other) => other.execution_order_group < group).map((other) => other.name),
        );
        return { stack: name, before: new Set([...waits].filter((one) => earlier.has(one))) };
      }),
    ];
  },
};

function placed(
  names: readonly string[],
  stacksOf: (name: string) => readonly string[],
  before: (name: string) => ReadonlySet<string>,
): readonly [string[], Placed[]] {
  const of = (kind: string) => names.filter((name) => name.startsWith(`${kind}-`));
  const applies = of('apply').flatMap((name) => {
    // What the plan waits for counts: it reads what was applied before.
    const earlier = [...before(`plan-${name.slice('apply-'.length)}`)];
    const done = new Set(earlier.filter((one) => one.startsWith('apply-')).flatMap(stacksOf));
    const isPlanned = before(name).has(`plan-${name.slice('apply-'.length)}`);
    return stacksOf(name).map((stack) => ({ stack, before: isPlanned ? done : new Set<string>() }));
  });
  return [of('plan').flatMap(stacksOf), applies];
}

describe.each(PIPELINE_ENGINES)('the pipeline for %s', (engine) => {
  test('plans and applies every stack once, after all that it waits for', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        const plan = planOf(sites);
        const order = stackOrder(plan);
        const [plans, applies] = PLACED[engine](textOf(engine, plan));
        const names = order.map(({ stack }) => stack).sort();
        expect([plans.sort(), applies.map(({ stack }) => stack).sort()]).toEqual([names, names]);
        const before = new Map(applies.map((one) => [one.stack, one.before]));
        for (const { stack, after } of order)
          expect([stack, after.filter((earlier) => !before.get(stack)?.has(earlier))]).toEqual([stack, []]);
      }),
      { numRuns: 20 },
    );
  });

  test('is the same text each time and however the estate file is ordered, with no alias and no key', () => {
    expect(textOf(engine)).toBe(textOf(engine));
    expect(textOf(engine, planOf([...WHOLE].reverse()))).toBe(textOf(engine));
    expect(textOf(engine)).not.toMatch(/(^|\s)[&*]a\d|secrets\.|ACCESS_KEY|CLIENT_SECRET|private_key/);
  });

  test('names accounts as the plan does, and says what is not verified', () => {
    const text = textOf(engine);
    for (const known of [
      '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
      'atlas-aws-main',
      'atlas-oracle-main',
      'TF_VAR_auth',
      'OCI_auth',
    ])
      expect(text).toContain(known);
    expect(text).toContain('#   not verified: ');
  });

  test('fails when the state lies in files, unless all is on AWS', () => {
    expect(() => textOf(engine, planOf(WHOLE, { kind: 'local' }))).toThrow('gone with the machine of each job');
    expect(textOf(engine, planOf([site('ohio', 'aws-main')], { kind: 'local' }))).toContain('atlas-ohio-xa-cluster');
  });
});

describe('the pipeline of an estate with links', () => {
  const linked = planOfLinked(
    { ...linkedEstate(SOME_LINKS), state: { kind: 'gcs', bucket: 'atlas-state', prefix: 'estates/atlas' } },
    { gateways: SOME_GATEWAYS },
  );

  test.each(PIPELINE_ENGINES)('for %s has every stack once, after all that it waits for', (engine) => {
    const order = stackOrder(linked);
    const [plans, applies] = PLACED[engine](textOf(engine, linked));
    expect(plans.sort()).toEqual(order.map(({ stack }) => stack).sort());
    const before = new Map(applies.map((one) => [one.stack, one.before]));
    for (const { stack, after } of order)
      expect([stack, after.filter((earlier) => !before.get(stack)?.has(earlier))]).toEqual([stack, []]);
    expect(before.get('atlas-phoenix-network')).toContain('atlas-phoenix-gateway');
    expect(before.get('atlas-eastus2-gateway')).toContain('atlas-eastus2-network');
  });

  test.each(['github', 'gitlab', 'argo-workflows'] as const)(
    'for %s reads keys of links where they are kept',
    (engine) => {
      const text = textOf(engine, linked);
      expect(text).toMatch(/eval "\$\{ESTATE_LINK_KEYS:-\}" && npx estate plan/);
      expect(textOf(engine)).not.toContain('ESTATE_LINK_KEYS');
      expect(text).not.toMatch(/secrets\./);
    },
  );

  test('has a step more for gateways that networks want first, and none where nobody does', () => {
    const stages = (plan: Plan): readonly string[] => parse(textOf('gitlab', plan)).stages;
    expect(stages(linked).filter((stage) => stage.startsWith('apply-'))).toEqual([
      'apply-foundation',
      'apply-early-gateway',
      'apply-network',
      'apply-gateway',
      'apply-link',
    ]);
    expect(stages(whole).join(' ')).not.toContain('gateway');
  });
});

describe('what the engines say of the pipelines', () => {
  const texts = (engine: PipelineEngine) => STATES.map((state) => textOf(engine, planOf(WHOLE, state), { shards: 3 }));

  test('GitHub parses them', async () => {
    expect(await workflowErrors(...texts('github'))).toEqual([[], [], [], []]);
    const wrong = textOf('github').replace('timeout-minutes', 'timeout').replace('matrix.stack }}', 'metrics.stack }}');
    expect(await workflowErrors(wrong)).toEqual([
      [expect.stringContaining("Unexpected value 'timeout'"), expect.stringContaining("named-value: 'metrics'")],
    ]);
  });

  test("GitLab's schema takes them", () => {
    for (const text of texts('gitlab')) expect(gitlabErrors(text)).toEqual([]);
    expect(gitlabErrors(textOf('gitlab').replace('id_tokens', 'tokens'))).not.toEqual([]);
  });

  test('the types of Argo Workflows take them', async () => {
    for (const text of texts('argo-workflows').slice(0, 2)) expect(await argoErrors(text)).toBe('');
    expect(await argoErrors(textOf('argo-workflows').replace('withItems', 'withItem'))).toContain('withItem');
  });

  test('Atlantis knows their keys', () => {
    for (const text of texts('atlantis')) expect(atlantisErrors(text)).toEqual([]);
    expect(atlantisErrors(textOf('atlantis').replace('depends_on', 'dependsOn'))).not.toEqual([]);
  });
});

describe('credentials are the least that a job needs', () => {
  type Job = { environment: string; 'runs-on': string; permissions: object; env: object; steps: { uses?: string }[] };
  const jobs = (state: object): Readonly<Record<string, Job>> => parse(textOf('github', planOf(WHOLE, state))).jobs;
  const actions = ({ steps }: Job) => steps.flatMap(({ uses = '' }) => uses.split('@')[0] ?? []);

  test('jobs that plan have another environment than those that apply, and jobs that check have none', () => {
    const { 'plan-aws-main-network': plan, 'apply-aws-main-network': apply, validate, shard } = jobs(STATES[1]);
    expect([plan?.environment, apply?.environment]).toEqual(['atlas-aws-main-plan', 'atlas-aws-main-apply']);
    expect(apply?.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    for (const one of [validate, shard]) expect([one?.environment, one?.permissions]).toEqual([undefined, undefined]);
  });

  test('a job logs in to its own cloud and to that of the state', () => {
    const s3 = jobs(STATES[0]);
    expect(actions(s3['apply-google-main-cluster'] as Job)).toEqual(
      expect.arrayContaining(['google-github-actions/auth', 'aws-actions/configure-aws-credentials']),
    );
    expect(actions(s3['apply-aws-main-cluster'] as Job)).not.toContain('google-github-actions/auth');
    const gcs = jobs(STATES[1]);
    expect(actions(gcs['apply-google-main-cluster'] as Job)).not.toContain('aws-actions/configure-aws-credentials');
    expect(gcs['apply-azure-gb-cluster']?.env).toMatchObject({ ARM_USE_OIDC: 'true' });
  });

  test('a job that logs in to Oracle Cloud runs there, where its machine is known', () => {
    const runner = (state: object) => jobs(state)['apply-google-main-cluster']?.['runs-on'];
    expect(runner(STATES[1])).toContain("vars.ESTATE_RUNNER_GOOGLE || 'ubuntu-latest'");
    expect(runner(STATES[3])).toContain("vars.ESTATE_RUNNER_ORACLE || 'self-hosted'");
  });
});

describe('large estates', () => {
  test('have groups of no more stacks than a matrix takes, each after all groups of the layer before', () => {
    fc.assert(
      fc.property(blueprints(), fc.integer({ min: 1, max: 4 }), (sites, most) => {
        const { groups } = buildPipeline(planOf(sites), OPTIONS, most);
        expect(Math.max(...groups.map(({ stacks }) => stacks.length))).toBeLessThanOrEqual(most);
        expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
        for (const group of groups) {
          const own = groups.filter(({ account }) => account.key === group.account.key);
          const lower = own.filter(({ layer }) => LAYERS.indexOf(layer) < LAYERS.indexOf(group.layer));
          const last = lower.at(-1)?.layer;
          expect(group.after).toEqual(lower.filter(({ layer }) => layer === last).map(({ name }) => name));
        }
      }),
      { numRuns: 20 },
    );
  });

  test('have a part of the offline plan for each 40 stacks', () => {
    expect(buildPipeline(whole, OPTIONS).shards).toBe(1);
    expect(buildPipeline(whole, { ...OPTIONS, shards: 7 }).shards).toBe(7);
  });

  test('fail when the text is larger than the engine takes, with what to do instead', () => {
    expect(() => checkSize('123456', 5, 'a workflow', 'divide it')).toThrow('has 6 bytes, a workflow takes 5');
  });
});
