import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBundle } from '../../bundle/bundle';
import { APPLIED } from '../../bundle/places';
import { resolveEstate } from '../../cli/app';
import { runbookDocument } from '../../cli/json/runbook';
import { runbookReport } from '../../cli/runbook';
import { GITOPS_TOOLS } from '../../estate/catalog/gitops-steps';
import { POOL_STEPS } from '../../estate/catalog/pool-steps';
import { MANAGER_STEPS, TOKEN_HOURS, WORKER_STEPS } from '../../estate/catalog/queue-steps';
import { planQueue } from '../../estate/plan/queue/plan-queue';
import { firstApply } from '../../estate/report/first-apply/build';
import type { ApplyFiles } from '../../estate/report/first-apply/guide';
import { isDeploy } from '../../estate/report/first-apply/types';
import { poolRunbook, writtenPools } from '../../estate/report/runbooks/pool';
import type { Runbook } from '../../estate/report/runbooks/types';
import { ROOT } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const QUEUE = join(ROOT, 'examples/queue.yaml');
const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml'));
const runbookOf = (name: string, file: string): Runbook =>
  runbookDocument.parse(JSON.parse(runbookReport(name, file, { json: true }))) as Runbook;

function stepsOf({ clusters }: Runbook, chapter?: string) {
  return clusters.flatMap(({ chapters }) =>
    chapters.filter((each) => chapter === undefined || each.chapter === chapter).flatMap(({ steps }) => steps),
  );
}
const racksOf = (file: string) => runbookOf('eastus2.train', file);
const commandsOf = (runbook: Runbook, chapter?: string) =>
  stepsOf(runbook, chapter).flatMap(({ run, see }) => [...run, ...see]);

describe('the runbook of a pool', () => {
  const racks = runbookOf('eastus2.train', QUEUE);

  test('is found by cluster and pool, or by the path in the estate file', () => {
    expect(runbookOf('clusters.eastus2.pools.train', QUEUE)).toEqual(racks);
    expect(racks.title).toBe('Pool train of cluster eastus2, estate orbit');
    expect(racks.clusters.map(({ cluster }) => cluster)).toEqual(['eastus2']);
  });

  test('begins with the stack of the cluster and the first look at it, as the first apply has them', () => {
    expect(stepsOf(racks, 'bring-up').map(({ step }) => step)).toEqual(
      expect.arrayContaining(['deploy', 'told', 'bundle', 'enter', 'flux', 'hand-over', 'counted']),
    );
    expect(commandsOf(racks, 'bring-up')[0]).toBe(
      `ESTATE=${QUEUE} npx cdktf deploy orbit-eastus2-cluster --ignore-missing-stack-dependencies`,
    );
  });

  test('holds every rack by a job of its own', () => {
    expect(commandsOf(racks, 'accept')).toContain(
      'for n in $(seq 4); do sed "s/^  name: accept-train-rack$/&-$n/" gitops/clusters/eastus2/acceptance/job-product.accept-train-rack.yaml | kubectl --context eastus2 apply --server-side --filename -; done',
    );
  });

  test('names the queues that hold its nodes, and the budget of time of a drain', () => {
    expect(commandsOf(racks, 'drain')).toEqual(
      expect.arrayContaining([
        expect.stringContaining('kubectl --context eastus2 patch clusterqueue gb300 --type merge'),
        'kubectl --context eastus2 drain --selector estate/pool=train --ignore-daemonsets --delete-emptydir-data --timeout=30m',
      ]),
    );
  });

  test('starts a node of a pool that may be empty before labels are looked at', () => {
    const { loaded, plan } = resolveEstate(QUEUE);
    const { files } = makeBundle(loaded.estate, plan, { gitops: 'none' });
    const job = files.find(({ object }) => object?.metadata.name === 'accept-burst-labels')?.object;
    expect(JSON.stringify(job?.spec)).toContain('"limits":{"nvidia.com/gpu":"8"}');
    expect(commandsOf(runbookOf('manassas.burst', QUEUE), 'accept').join('\n')).toContain(
      '--timeout=24h job/accept-burst-labels',
    );
  });

  test('takes spares in where a rack holds some back', () => {
    expect(commandsOf(racks, 'replace')).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^az aks nodepool scale .* --node-count 17 /),
        expect.stringContaining('estate/spare=bad:NoSchedule'),
      ]),
    );
    expect(stepsOf(runbookOf('manassas.train', QUEUE), 'replace').map(({ step }) => step)).not.toContain('spare');
  });

  test('says when capacity ends, and that a Capacity Block ends before its time', () => {
    const blocks = runbookOf('virginia.gb200', join(ROOT, 'examples/frontier.yaml'));
    const steps = stepsOf(blocks, 'window');
    expect(steps.map(({ step }) => step)).toEqual(['window-plan', 'window-drain', 'window-block', 'window-remove']);
    expect(steps[1]?.title).toMatch(/^On 2027-05-31: /);
    expect(commandsOf(blocks, 'window').filter((line) => line.includes('cr-d9c285ec7c9de5a98'))).toHaveLength(1);
    expect(stepsOf(racks, 'window')).toEqual([]);
  });

  test('fails with what there is where there is no such pool', () => {
    expect(() => runbookReport('eastus2.trian', QUEUE, {})).toThrow(
      'there is no pool "eastus2.trian"; did you mean "eastus2.train"?',
    );
    expect(() => runbookReport('eastus2', QUEUE, {})).toThrow('there is no runbook "eastus2"');
  });

  test('is found by the key that a pool has, and by the one that it had first, and says which names are used', async () => {
    const text = readFileSync(QUEUE, 'utf8');
    const renamed = text
      .replace('train: { accelerator: gb300,', 'main: { renamedFrom: train, accelerator: gb300,')
      .replace('clusters.eastus2.pools.train', 'clusters.eastus2.pools.main');
    expect(renamed).not.toBe(text);
    await withFolder((folder) => {
      const file = join(folder, 'queue.yaml');
      writeFileSync(file, renamed);
      writeFileSync(join(folder, 'queue.lock.json'), readFileSync(QUEUE.replace(/yaml$/, 'lock.json')));
      const [now, first] = [runbookOf('eastus2.main', file), runbookOf('eastus2.train', file)];
      expect(now).toEqual(first);
      expect(now.clusters[0]?.facts[0]).toEqual([
        'in the estate file',
        'eastus2.main; labels, queues and flavors keep its first name',
      ]);
      expect(commandsOf(now, 'drain').join('\n')).toContain('--selector estate/pool=train');
    });
  });

  test('restarts drivers node by node where nodes keep them', () => {
    const steps = (pool: string) =>
      stepsOf(runbookOf(pool, QUEUE), 'upgrade').filter(({ step }) => step === 'upgrade-drivers');
    const [step] = steps('eastus2.train');
    expect(step?.run).toEqual([
      expect.stringContaining(
        '--namespace gpu-operator delete pods --selector app.kubernetes.io/component=nvidia-driver ',
      ),
      expect.stringContaining('--namespace network-operator delete pods --selector nvidia.com/ofed-driver '),
    ]);
    expect(step?.run[0]).toMatch(/ drain \$node .* delete pods .* wait pods .* uncordon \$node \|\| break; done$/);
    // Images of nodes have the driver there.
    expect(steps('virginia.train')).toEqual([]);
  });

  test('prints the same each time, with all words filled in', () => {
    const text = runbookReport('eastus2.train', QUEUE, {});
    expect(text).toBe(runbookReport('eastus2.train', QUEUE, {}));
    expect(text).not.toMatch(/\{[a-z]\w*\}/i);
    expect(text.startsWith('# Pool train of cluster eastus2, estate orbit\n\n## In cluster eastus2\n')).toBe(true);
  });
});

describe.each(EXAMPLES)('runbooks of %s', (name) => {
  const file = join(ROOT, 'examples', name);
  const { loaded, plan } = resolveEstate(file);
  const bundle = makeBundle(loaded.estate, plan, { gitops: 'none' });
  const queue = planQueue(loaded.estate, plan);
  const paths = new Set(bundle.files.map(({ path }) => path));
  const objects = bundle.files.flatMap(({ object }) => object ?? []);

  test('name files and queues that the bundle has, for every pool', () => {
    for (const named of writtenPools(loaded.estate)) {
      const pool = named.written;
      const commands = commandsOf(poolRunbook({ plan, queue, files: { estate: file, lock: '' } }, named));
      const files = commands.flatMap((line) =>
        [...line.matchAll(/gitops\/(clusters\/\S+\.yaml)/g)].map(([, path]) => path),
      );
      expect([pool, files.filter((path) => !paths.has(path ?? ''))]).toEqual([pool, []]);
      expect([pool, files.length > 0]).toEqual([pool, true]);
      const queues = commands.flatMap((line) => /patch clusterqueue (\S+)/.exec(line)?.[1] ?? []);
      const known = objects.filter(({ kind }) => kind === 'ClusterQueue').map(({ metadata }) => metadata.name);
      expect([pool, queues.filter((queue) => !known.includes(queue))]).toEqual([pool, []]);
    }
  });
});

describe.each(GITOPS_TOOLS)('runbooks of bundles for %s', (gitops) => {
  const { loaded, plan } = resolveEstate(QUEUE);
  const repository = gitops === 'argo' ? { repository: 'https://git.example.com/estate.git' } : {};
  const { files } = makeBundle(loaded.estate, plan, { gitops, folder: 'gitops', ...repository });
  const queue = planQueue(loaded.estate, plan);
  const order: ApplyFiles = { estate: 'estate.yaml', lock: 'estate.lock.json', gitops, manager: 'hub' };
  const first = firstApply(plan, order);
  const steps = [...first.before, ...first.accounts.flatMap((account) => account.steps), ...first.after];
  const train = writtenPools(loaded.estate).find(({ written }) => written === 'eastus2.train');
  const pool = train && poolRunbook({ plan, queue, files: order }, train);
  const said = [...steps.flatMap(({ run, see }) => [...run, ...see]), ...(pool ? commandsOf(pool) : [])];

  test('name folders, Kustomizations, Applications and clusters that it has', () => {
    const named = (form: RegExp) => said.flatMap((line) => [...line.matchAll(form)].map(([, name = '']) => name));
    const known = (kind: string) =>
      files.flatMap(({ object }) => (object?.kind === kind ? [object.metadata.name] : []));
    const folders = named(/gitops\/(clusters\/[a-z0-9-]+|argo)\b/g);
    expect(folders.filter((folder) => !files.some(({ path }) => path.startsWith(`${folder}/`)))).toEqual([]);
    expect(folders.length).toBeGreaterThan(0);
    const kustomizations = named(/flux (?:suspend|resume) kustomization (\S+)/g);
    expect(kustomizations.filter((name) => !known('Kustomization').includes(name))).toEqual([]);
    const applications = named(/annotate application (\S+)/g);
    expect(applications.filter((name) => !known('Application').includes(name))).toEqual([]);
    const destinations = JSON.stringify(files.flatMap(({ object }) => object?.spec ?? []));
    for (const name of named(/argocd cluster add \S+ --name (\S+)/g)) expect(destinations).toContain(`"${name}"`);
    expect([kustomizations.length > 0, applications.length > 0]).toEqual([gitops === 'flux', gitops === 'argo']);
  });

  test('apply parts in their order, and write every bundle into one folder', () => {
    for (const parts of said.flatMap((line) => /^for part in ([a-z ]+);/.exec(line)?.[1] ?? []))
      expect(parts.split(' ')).toEqual(APPLIED);
    expect(said.some((line) => line.startsWith('for part in '))).toBe(gitops === 'none');
    const written = said.filter((line) => line.includes('estate bundle'));
    expect(written.filter((line) => !line.startsWith('npx estate bundle --out gitops'))).toEqual([]);
    expect(said.filter((line) => line.includes('$BUNDLE'))).toEqual([]);
  });

  test('bring every cluster from its stack to its bundle, and then name what comes next', () => {
    const tool = { flux: 'flux', argo: 'argo', none: 'apply' }[gitops];
    for (const { steps: own } of first.accounts) {
      const ids = own.map(({ step }) => step);
      const clusters = own.filter((step) => isDeploy(step) && step.layer === 'cluster').length;
      expect(ids.filter((id) => id === tool)).toHaveLength(clusters);
      expect(ids.filter((id) => id === 'bundle' || id === 'bundle-alone')).toHaveLength(1);
      expect(ids.indexOf('told')).toBeLessThan(ids.findIndex((id) => id === 'bundle' || id === 'bundle-alone'));
      expect(ids.lastIndexOf('deploy')).toBeLessThan(ids.indexOf(tool));
    }
    const [queueStep, accept] = first.after;
    expect(queueStep?.run).toEqual(['npx estate runbook queue']);
    const pools = writtenPools(loaded.estate).map(({ written }) => `npx estate runbook ${written}`);
    expect([...(accept?.run ?? [])].sort()).toEqual([...pools].sort());
  });
});

test('commands of pools name an estate file that is not the usual one', () => {
  const own = commandsOf(racksOf(QUEUE)).filter((line) => line.includes('npx '));
  expect(own.filter((line) => !line.startsWith(`ESTATE=${QUEUE} npx `))).toEqual([]);
  expect(own.length).toBeGreaterThan(5);
});

describe('the runbook of the queue', () => {
  const runbook = runbookOf('queue', QUEUE);

  test('lets the manager reach each worker by an account and a secret that the bundle names', () => {
    const { loaded, plan } = resolveEstate(QUEUE);
    const objects = makeBundle(loaded.estate, plan, { gitops: 'none' }).files.flatMap(({ object }) => object ?? []);
    expect(runbook.clusters.map(({ cluster }) => cluster)).toEqual([
      'virginia',
      'eastus2',
      'manassas',
      'ashburn',
      'hub',
    ]);
    const commands = commandsOf(runbook).join('\n');
    for (const worker of objects.filter(({ kind }) => kind === 'MultiKueueCluster')) {
      const secret = JSON.stringify(worker.spec).match(/multikueue-[a-z0-9-]+/)?.[0];
      expect(commands).toContain(`create secret generic ${secret} `);
    }
    expect(
      objects.some(({ kind, metadata }) => kind === 'ServiceAccount' && metadata.name === 'multikueue-manager'),
    ).toBe(true);
    expect(commands).toContain('create token multikueue-manager --duration 48h');
  });

  test('gives no token for longer than the cloud of the worker does', () => {
    for (const { hours } of Object.values(TOKEN_HOURS)) expect(hours).toBeLessThanOrEqual(48);
    expect(runbook.clusters.find(({ cluster }) => cluster === 'manassas')?.facts).toContainEqual([
      'longest token',
      '48 hours',
    ]);
  });

  test('sends one job for each kind of pool once, and looks at it before it is removed', () => {
    const { loaded, plan } = resolveEstate(QUEUE);
    const reach = makeBundle(loaded.estate, plan, { gitops: 'none' }).files.filter(
      ({ path, object }) => path.startsWith('clusters/hub/acceptance/') && object?.kind === 'Job',
    );
    expect(reach.length).toBeGreaterThan(0);
    for (const { object } of reach) expect(object?.metadata.labels?.['app.kubernetes.io/component']).toBe('reach');
    const steps = stepsOf(runbook).filter(({ step }) => step === 'send' || step === 'clean');
    expect(steps.map(({ step, run }) => [step, run])).toEqual([
      ['send', ['kubectl --context hub apply --server-side --kustomize gitops/clusters/hub/acceptance']],
      ['clean', ['kubectl --context hub delete jobs --all-namespaces --selector app.kubernetes.io/component=reach']],
    ]);
  });

  test('asks on each worker who else may make jobs, in namespaces of teams that its bundle has', () => {
    const { loaded, plan } = resolveEstate(QUEUE);
    const { files } = makeBundle(loaded.estate, plan, { gitops: 'none' });
    const people = stepsOf(runbook).filter(({ step }) => step === 'people');
    expect(people).toHaveLength(4);
    const [, named = ''] = /^for team in ([a-z -]+);/.exec(people[0]?.see[0] ?? '') ?? [];
    const known = files.flatMap(({ shard, object }) =>
      shard === 'virginia' && object?.kind === 'Namespace' ? [object.metadata.name] : [],
    );
    expect(named.split(' ')).toEqual(['product', 'robotics', 'training']);
    expect(known).toEqual(expect.arrayContaining(named.split(' ')));
  });

  test('fails where nobody manages the queue', () => {
    expect(() => runbookReport('queue', join(ROOT, 'examples/minimal.yaml'), {})).toThrow('has no manager');
  });
});

test('steps have names of their own', () => {
  for (const rows of [POOL_STEPS, [...WORKER_STEPS, ...MANAGER_STEPS]]) {
    const names = rows.map(({ id }) => id);
    expect(new Set(names).size).toBe(names.length);
  }
});
