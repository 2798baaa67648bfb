import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { estate, ROOT } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const synth = (cwd: string, name: string) => estate(['synth', join(ROOT, 'examples', `${name}.yaml`)], cwd);
const kinds = ['assets', 'metadata', 'template'];
const templates = (folder: string) =>
  readdirSync(join(folder, 'cdk.out')).filter((file) => /\.(assets|metadata|template)\.json$/.test(file));
const stacks = (folder: string) => readdirSync(join(folder, 'cdktf.out', 'stacks')).sort();

test('a synthesis removes the stacks of earlier runs, and nothing else', async () => {
  await withFolder(async (folder) => {
    expect((await synth(folder, 'aws')).code).toBe(0);
    const names = ['main-foundation', 'oregon-cluster', 'oregon-network', 'oregon-storage'];
    expect(templates(folder)).toEqual(names.flatMap((name) => kinds.map((kind) => `aurora-${name}.${kind}.json`)));
    // A further stack of stores, which the estate needs no more.
    writeFileSync(join(folder, 'cdk.out', 'aurora-oregon-storage-2.template.json'), '"training-estate"');
    // What somebody else put there: another app's stack, one whose name only looks like ours, a file.
    writeFileSync(join(folder, 'cdk.out', 'shop.template.json'), '{"Resources":{}}');
    writeFileSync(join(folder, 'cdk.out', 'shop-network.template.json'), '{"Resources":{}}');
    writeFileSync(join(folder, 'cdk.out', 'shop-storage-x.template.json'), '"training-estate"');
    writeFileSync(join(folder, 'cdk.out', 'notes.txt'), '');
    expect((await synth(folder, 'google')).code).toBe(0);
    expect(templates(folder)).toEqual([
      'shop-network.template.json',
      'shop-storage-x.template.json',
      'shop.template.json',
    ]);
    expect(existsSync(join(folder, 'cdk.out', 'notes.txt'))).toBe(true);
    const { artifacts = {} } = JSON.parse(readFileSync(join(folder, 'cdk.out', 'manifest.json'), 'utf8'));
    expect(Object.keys(artifacts).filter((name) => name.startsWith('aurora'))).toEqual([]);

    expect(stacks(folder)).toEqual(
      ['cluster', 'network', 'storage'].map((layer) => `cirrus-iowa-${layer}`).concat('cirrus-main-foundation'),
    );
    const cluster = join(folder, 'cdktf.out', 'stacks', 'cirrus-iowa-cluster');
    mkdirSync(join(cluster, '.terraform'));
    writeFileSync(join(cluster, 'terraform.tfstate'), '{}');
    const own = join(folder, 'cdktf.out', 'stacks', 'shop-network');
    mkdirSync(own);
    writeFileSync(join(own, 'main.tf'), '');
    expect((await synth(folder, 'oracle')).code).toBe(0);
    expect(stacks(folder)).toEqual([
      'cirrus-iowa-cluster',
      'dune-main-foundation',
      'dune-phoenix-cluster',
      'dune-phoenix-network',
      'dune-phoenix-storage',
      'shop-network',
    ]);
    expect(readdirSync(cluster)).toEqual(['terraform.tfstate']);
    expect(readdirSync(own)).toEqual(['main.tf']);
  });
});
