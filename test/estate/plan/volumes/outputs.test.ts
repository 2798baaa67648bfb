import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tellingStacks, toldOutputs } from '../../../../estate/plan/volumes/outputs';
import { readOutputs } from '../../../../estate/spec/exchange-outputs';
import { planOf } from '../../../helpers/linked';
import { STORED, storedEstate } from '../../../helpers/stored';
import { synthesizePlan, withFolder } from '../../../helpers/synth';

const GRANTS = {
  near: {
    from: { cluster: 'c-eastus2', namespace: 'evaluation', serviceAccount: 'judge' },
    to: 's-eastus2',
    access: 'read',
  },
};
const plan = planOf(storedEstate(GRANTS));
const known = { estate: 'atlas', outputs: toldOutputs(plan) };
const JUDGE = 'principals.c-eastus2.clientId-cdf5fd07';

/** What fragments of outputs say, by place. */
function said(file: object, name = 'out.json') {
  const { fragments, diagnostics } = readOutputs(JSON.stringify(file, undefined, 2), name, known);
  const sections = fragments.map(({ fragment: { mounts, buckets, principals } }) => ({ mounts, buckets, principals }));
  return { sections, diagnostics: diagnostics.map(({ code, path, message }) => [code, path, message]) };
}

describe('outputs that tell what pods have to know', () => {
  test('are one of each file system, of buckets that CloudFormation names, and of identities of Azure', () => {
    expect(known.outputs.map(({ stack, path }) => [path.join('.'), stack])).toEqual([
      ['mounts.f-ohio', 'atlas-ohio-storage'],
      ['buckets.s-ohio', 'atlas-ohio-storage'],
      ['buckets.s-oregon', 'atlas-oregon-storage'],
      ['mounts.f-eastus2', 'atlas-eastus2-storage'],
      ['principals.c-eastus2.clientId', 'atlas-c-eastus2-cluster'],
      [JUDGE, 'atlas-c-eastus2-cluster'],
      ['mounts.f-iowa', 'atlas-iowa-storage'],
      ['mounts.f-phoenix', 'atlas-phoenix-storage'],
    ]);
  });

  test('come from stacks that are named where somebody is to apply them', () => {
    const stacksOf = (cloud: 'aws' | 'google', key: string) =>
      plan.shards(cloud).flatMap((shard) => (shard.key === key ? tellingStacks(shard) : []));
    expect(stacksOf('aws', 'c-ohio')).toEqual(['atlas-ohio-storage']);
    expect(stacksOf('google', 'c-iowa')).toEqual(['atlas-iowa-storage']);
    // Buckets of Google Cloud are known from the start.
    const { clusters } = storedEstate();
    const bucket = planOf(
      storedEstate({}, { clusters: { ...clusters, 'c-iowa': { ...clusters['c-iowa'], mounts: ['s-iowa'] } } }),
    );
    expect(bucket.shards('google').flatMap(tellingStacks)).toEqual([]);
  });

  test('are what stacks have', async () => {
    await withFolder((folder) => {
      synthesizePlan(plan, folder);
      for (const { stack, name } of known.outputs) {
        const isAws = /-(ohio|oregon)-/.test(stack);
        const file = isAws ? `cdk.out/${stack}.template.json` : `cdktf.out/stacks/${stack}/cdk.tf.json`;
        const text = JSON.parse(readFileSync(join(folder, file), 'utf8'));
        expect([stack, Object.keys(isAws ? text.Outputs : text.output)]).toEqual([
          stack,
          expect.arrayContaining([name]),
        ]);
      }
    });
  });

  test('are read of the files that the stock tools write', () => {
    const nameOf = (place: string) => known.outputs.find(({ path }) => path.join('.') === place)?.name ?? '';
    const empty = { mounts: {}, buckets: {}, principals: {} };
    const cdk = {
      'atlas-ohio-storage': {
        [nameOf('mounts.f-ohio')]: STORED.mounts['f-ohio'],
        [nameOf('buckets.s-ohio')]: 'atlas-ohio-storage-s1a2b3c4d-e5f6g7h8',
        Other: 'left alone',
      },
    };
    expect(said(cdk).sections).toEqual([
      { ...empty, mounts: { 'f-ohio': STORED.mounts['f-ohio'] } },
      { ...empty, buckets: STORED.buckets },
    ]);
    expect(said({ 'atlas-eastus2-storage': { 'store-f-eastus2-mount-address': '10.16.18.4' } }).sections).toEqual([
      { ...empty, mounts: { 'f-eastus2': '10.16.18.4@tcp:/lustrefs' } },
    ]);
  });

  test('are read of what terraform prints where the file is called as the stack', () => {
    const file = { 'store-f-iowa-mount': { sensitive: false, type: 'string', value: '10.24.64.3@tcp:/l0a1b2c3' } };
    expect(said(file, 'out/atlas-iowa-storage.outputs.json').sections).toMatchObject([
      { mounts: { 'f-iowa': '10.24.64.3@tcp:/l0a1b2c3' } },
    ]);
    expect(said(file).diagnostics).toEqual([['ExchangeOutputs', '', 'no stack in it has an output "exchange"']]);
    const secret = { 'store-f-iowa-mount': { sensitive: true, type: 'string', value: '10.24.64.3@tcp:/l0a1b2c3' } };
    expect(said(secret, 'atlas-iowa-storage.json').sections).toEqual([]);
  });

  test('of another stack are left alone', () => {
    expect(said({ 'other-iowa-storage': { 'store-f-iowa-mount': '10.24.64.3@tcp:/l0a1b2c3' } }).sections).toEqual([]);
  });

  test('that are nothing of the kind are told without their value', () => {
    const { diagnostics, sections } = said({ 'atlas-iowa-storage': { 'store-f-iowa-mount': 'hunter2 hunter2' } });
    expect(sections).toEqual([]);
    expect(diagnostics).toEqual([
      [
        'ExchangeOutputs',
        'atlas-iowa-storage.store-f-iowa-mount',
        'the output is nothing that stands at "mounts.f-iowa" of an exchange',
      ],
    ]);
  });
});
