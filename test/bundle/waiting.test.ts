import { makeBundle } from '../../bundle/bundle';
import { bundleWaiting } from '../../bundle/waiting';
import { planQueue } from '../../estate/plan/queue/plan-queue';
import { formatWaiting, waitingReport } from '../../estate/report/waiting';
import type { Exchange } from '../../estate/spec/exchange';
import { planOf } from '../helpers/linked';
import { STORED, storedEstate } from '../helpers/stored';

const { clusters } = storedEstate();
const pools = (site: string, zone: string, machine: string) => ({
  [`c-${site}`]: { ...clusters[`c-${site}`], pools: { prepare: { machine, nodes: 2, zone } } },
});
const ESTATE = storedEstate(
  { corpus: { from: 'c-eastus2', to: 's-iowa', access: 'read' } },
  {
    clusters: {
      ...clusters,
      ...pools('ohio', 'us-east-2a', 'm7i.24xlarge'),
      ...pools('eastus2', '1', 'Standard_D8ads_v5'),
    },
  },
);
const ISSUERS = { issuers: { 'c-eastus2': 'https://eastus2.oic.prod-aks.azure.com/a/b/' } };

function made(told: Partial<Exchange>) {
  const plan = planOf(ESTATE, told);
  const waiting = bundleWaiting({ plan, queue: planQueue(ESTATE, plan) });
  const { files } = makeBundle(ESTATE, plan, { gitops: 'none' });
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  return { report: waitingReport(waiting, plan), texts };
}

describe('what bundles leave out', () => {
  test('is told with who tells it and which commands come next', () => {
    expect(formatWaiting(made({}).report).split('\n')).toEqual([
      '6 objects wait for what is not known yet, and nothing else does:',
      '  c-eastus2: principals.c-eastus2.clientId, from atlas-c-eastus2-cluster: ServiceAccount training/trainer, PersistentVolumeClaim training/s-eastus2',
      '  c-eastus2: mounts.f-eastus2, from atlas-eastus2-storage: PersistentVolumeClaim training/f-eastus2',
      '  c-eastus2: issuers.c-eastus2, from atlas-c-eastus2-cluster: ConfigMap training/grant.corpus',
      '  c-ohio: mounts.f-ohio, from atlas-ohio-storage: PersistentVolumeClaim training/f-ohio',
      '  c-ohio: buckets.s-ohio, from atlas-ohio-storage: PersistentVolumeClaim training/s-ohio',
      'Next, once these stacks are applied:',
      '  npx cdk deploy atlas-ohio-storage --exclusively --outputs-file atlas-ohio-storage.outputs.json',
      '  npx cdktf deploy atlas-eastus2-storage --ignore-missing-stack-dependencies --outputs-file atlas-eastus2-storage.outputs.json',
      '  npx cdktf deploy atlas-c-eastus2-cluster --ignore-missing-stack-dependencies --outputs-file atlas-c-eastus2-cluster.outputs.json',
      '  npx estate exchange import atlas-ohio-storage.outputs.json atlas-eastus2-storage.outputs.json atlas-c-eastus2-cluster.outputs.json',
    ]);
  });

  test('is told by layer where many stacks tell it, with all commands in the document', () => {
    const { report } = made({});
    if (report === undefined) throw new Error('nothing waits');
    const stacks = Array.from({ length: 20 }, (_, index) => `s-${index}`);
    const next = [...stacks.map((stack) => `npx cdk deploy ${stack}`), 'npx estate exchange import'];
    const text = formatWaiting({ ...report, layers: [{ layer: 'storage', stacks }], next }).split('\n');
    expect(text.slice(text.findIndex((line) => line.startsWith('Next')))).toEqual([
      'Next, once these stacks are applied, 21 commands, which --json lists under pending.next:',
      '  storage: 20 stacks, such as s-0',
      '  each as the first of them:',
      '  npx cdk deploy s-0',
      '  and once, with the files of all: npx estate exchange import',
    ]);
    expect(report.layers).toEqual([
      { layer: 'storage', stacks: ['atlas-ohio-storage', 'atlas-eastus2-storage'] },
      { layer: 'cluster', stacks: ['atlas-c-eastus2-cluster'] },
    ]);
  });

  test('is nothing once everything is told', () => {
    const { report } = made({ ...STORED, ...ISSUERS });
    expect([report, formatWaiting(report)]).toEqual([undefined, '']);
  });

  test('is all that a later bundle adds, and no file of the first one changes but lists of files', () => {
    const first = made({}).texts;
    const second = made({ ...STORED, ...ISSUERS }).texts;
    expect([...first.keys()].filter((path) => !second.has(path))).toEqual([]);
    const added = [...second.keys()].filter((path) => !first.has(path));
    const changed = [...first].filter(([path, text]) => second.get(path) !== text).map(([path]) => path);
    expect(added).toEqual([
      'clusters/c-eastus2/storage/config-map-training.grant.corpus.files.yaml',
      'clusters/c-eastus2/storage/config-map-training.grant.corpus.yaml',
      'clusters/c-eastus2/storage/persistent-volume-claim-training.f-eastus2.yaml',
      'clusters/c-eastus2/storage/persistent-volume-claim-training.s-eastus2.yaml',
      'clusters/c-eastus2/storage/persistent-volume-training.f-eastus2.e519b40c.yaml',
      'clusters/c-eastus2/storage/persistent-volume-training.s-eastus2.64bf3c23.yaml',
      'clusters/c-eastus2/storage/service-account-training.trainer.yaml',
      'clusters/c-ohio/storage/persistent-volume-claim-training.f-ohio.yaml',
      'clusters/c-ohio/storage/persistent-volume-claim-training.s-ohio.yaml',
      'clusters/c-ohio/storage/persistent-volume-training.f-ohio.e9204c62.yaml',
      'clusters/c-ohio/storage/persistent-volume-training.s-ohio.40055492.yaml',
    ]);
    expect(changed.filter((path) => !/(^|\/)(kustomization\.yaml|bundle\.lock\.json)$/.test(path))).toEqual([]);
  });
});
