import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { unprotectApp, unprotectedBy, unprotectStacks } from '../../cli/unprotect';
import { planLayout } from '../../estate/plan/layout';
import { EMPTY_LOCK } from '../../estate/plan/lock';
import { resolve } from '../../estate/plan/resolve';
import { parseEstate } from '../../estate/spec/load';
import * as aws from '../../stacks/aws';
import { SMALL_ESTATE } from '../diff/small-estate';
import { estate, ROOT, runCommand } from '../helpers/cli';
import { synthesizePlan, withFolder } from '../helpers/synth';

const loaded = parseEstate(SMALL_ESTATE, 'estate.yaml').estate;
const { lock } = planLayout(loaded, EMPTY_LOCK);
const plan = resolve(loaded, lock, { estate: 'estate.yaml', lock: 'estate.lock.json' });
const GUARDS = /"prevent_destroy": true|"deletion_policy": "PREVENT"|"deletion_protection": true/g;

describe('ESTATE_UNPROTECT', () => {
  test('names stacks and resources of stacks', () => {
    expect([...unprotectedBy(undefined, plan)]).toEqual([]);
    expect([...unprotectedBy('', plan)]).toEqual([]);
    expect([...unprotectedBy('small-iowa-cluster/a.b,small-iowa-cluster/c.d,small-east-network', plan)]).toEqual([
      ['small-iowa-cluster', new Set(['a.b', 'c.d'])],
      ['small-east-network', 'all'],
    ]);
    expect([...unprotectedBy(' small-east-network, small-iowa-cluster/a.b,\n', plan)]).toEqual([
      ['small-east-network', 'all'],
      ['small-iowa-cluster', new Set(['a.b'])],
    ]);
    expect([...unprotectedBy('small-iowa-cluster,small-iowa-cluster/c.d', plan)]).toEqual([
      ['small-iowa-cluster', 'all'],
    ]);
  });

  test('fails on what no stack has', () => {
    expect(() => unprotectedBy('other-network', plan)).toThrow(
      'ESTATE_UNPROTECT names other-network, which no stack has',
    );
  });

  test('takes the protection of a whole stack, of one resource, and of nothing else', async () => {
    await withFolder((folder) => {
      synthesizePlan({ ...plan, clouds: ['azure', 'google', 'oracle'] }, folder);
      const outdir = join(folder, 'cdktf.out');
      const guards = (stack: string) =>
        (readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8').match(GUARDS) ?? []).length;
      const names = ['east-cluster', 'iowa-cluster', 'phoenix-cluster', 'iowa-storage'].map((name) => `small-${name}`);
      const before = names.map(guards);
      expect(before.every((count) => count > 1)).toBe(true);
      const bucket = 'google_lustre_instance.store-iowa-scratch_644CFA48';
      const value = [
        'small-east-cluster',
        'small-iowa-cluster',
        'small-oregon-cluster',
        `small-iowa-storage/${bucket}`,
      ];
      unprotectStacks(outdir, unprotectedBy(value.join(','), plan));
      expect(names.map(guards)).toEqual([0, 0, before[2], (before[3] ?? 0) - 2]);
      const document = JSON.parse(readFileSync(join(outdir, 'stacks/small-iowa-cluster/cdk.tf.json'), 'utf8'));
      const [cluster] = Object.values(document.resource.google_container_cluster);
      expect(cluster).toMatchObject({ deletion_policy: 'DELETE', deletion_protection: false });
      expect(() => unprotectStacks(outdir, unprotectedBy('small-iowa-storage/a.b', plan))).toThrow(
        'ESTATE_UNPROTECT names small-iowa-storage/a.b, which small-iowa-storage does not have',
      );
    });
  });

  test('takes the protection of a stack of CloudFormation, its resources included', async () => {
    await withFolder((outdir) => {
      const app = new App({ outdir, builtinCloudFormationValidation: false });
      aws.addStacks(app, { ...plan, clouds: ['aws'] });
      const named = unprotectedBy('small-oregon-cluster,small-oregon-storage/storeoregondata50F6C1AA', plan);
      expect(() => unprotectApp(app, named, { CfnResource, RemovalPolicy, Stack })).toThrow(
        'small-oregon-storage does not have',
      );
      unprotectApp(app, unprotectedBy('small-oregon-cluster', plan), { CfnResource, RemovalPolicy, Stack });
      const assembly = app.synth();
      const of = (name: string) => {
        const { template, terminationProtection } = assembly.getStackByName(`small-oregon-${name}`);
        const text = JSON.stringify(template);
        return [
          /"(Deletion|UpdateReplace)Policy":"Retain"/.test(text),
          text.includes('"DeletionProtection":true'),
          terminationProtection,
        ];
      };
      expect(of('cluster')).toEqual([false, false, false]);
      expect(of('storage')).toEqual([true, false, true]);
    });
  });

  test('is heard by what synthesizes, and not by comparisons', async () => {
    await withFolder(async (folder) => {
      const file = join(ROOT, 'examples', 'oracle.yaml');
      const lifted = { ESTATE_UNPROTECT: 'dune-phoenix-cluster,dune-phoenix-storage' };
      expect((await estate(['synth', file], folder, lifted)).code).toBe(0);
      const text = readFileSync(join(folder, 'cdktf.out/stacks/dune-phoenix-cluster/cdk.tf.json'), 'utf8');
      expect(text).not.toContain('prevent_destroy');
      const edit = readFileSync(file, 'utf8').replace('MBpsPerTiB: 500', 'MBpsPerTiB: 250');
      writeFileSync(join(folder, 'oracle.yaml'), edit);
      copyFileSync(join(ROOT, 'examples', 'oracle.lock.json'), join(folder, 'oracle.lock.json'));
      const compare = (env: object) => estate(['diff', file, 'oracle.yaml', '--json'], folder, { ...env });
      const [plain, other] = [await compare({}), await compare(lifted)];
      expect(plain.stdout).toContain('"ok": false');
      expect([other.code, other.stdout]).toEqual([plain.code, plain.stdout]);
      const outdir = join(folder, 'own');
      const app = [process.execPath, '--require', 'tsx/cjs', join(ROOT, 'bin/terraform.ts')];
      const env = { ESTATE: file, CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: '{}' };
      expect((await runCommand(app, ROOT, { ...env, ESTATE_UNPROTECT: 'dune-phoenix-cluster' })).code).toBe(0);
      const stack = (name: string) => readFileSync(join(outdir, 'stacks', name, 'cdk.tf.json'), 'utf8');
      expect(stack('dune-phoenix-cluster')).not.toContain('prevent_destroy');
      expect(stack('dune-phoenix-network')).toContain('"prevent_destroy": true');
      const wrong = await runCommand(app, ROOT, { ...env, ESTATE_UNPROTECT: 'nothing' });
      expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('ESTATE_UNPROTECT names nothing')]);
    });
  });
});
