import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, runCommand } from './helpers/cli';
import { type CdkRelease, compile, consume, type Packed, packInto } from './helpers/consumer';
import { BLOCKS, SNIPPETS } from './helpers/documents';
import { readTree, withFolder } from './helpers/synth';

const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
};

const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.ts'));

/** CDK's own validation takes seconds of each run; estates are validated elsewhere. */
const UNVALIDATED = { CDK_VALIDATION: 'false' };

/** The TypeScript of README and `docs/`. */
const snippets = SNIPPETS.map(({ text }) => text);

/** Whether an example makes stacks of the AWS CDK. */
function usesCdk(name: string): boolean {
  return readFileSync(join(ROOT, 'examples', name), 'utf8').includes("'aws-cdk-lib");
}

/** What is looked at of a template. */
interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Record<string, unknown> }>>;
}

/** What a platform team writes beside its stacks, in plain JavaScript. */
const PLATFORM_TEST = `
const { App: CdkApp, Aspects: CdkAspects, Tags } = require('aws-cdk-lib/core');
const { Template } = require('aws-cdk-lib/assertions');
const { CfnNodegroup } = require('aws-cdk-lib/aws-eks-v2');
const { App, Aspects, Testing } = require('cdktf');
const { AwsPool, AzurePool, GooglePool, OraclePool } = require('./out/examples/existing-stack.js');

test('aws', () => {
  const stack = new AwsPool(new CdkApp(), 'platform-aws');
  stack.pool.node.defaultChild.addPropertyOverride('ForceUpdateEnabled', false);
  CdkAspects.of(stack).add({ visit: (node) => { if (node instanceof CfnNodegroup) node.labels = { team: 'research' }; } });
  const [group] = Object.values(Template.fromStack(stack).findResources('AWS::EKS::Nodegroup'));
  expect(group.Properties).toMatchObject({ ClusterName: 'platform', ForceUpdateEnabled: false, Labels: { team: 'research' } });
  expect(group).toMatchSnapshot();
});

test.each([
  [AzurePool, 'azurerm_kubernetes_cluster_node_pool'],
  [GooglePool, 'google_container_node_pool'],
  [OraclePool, 'oci_containerengine_node_pool'],
])('%p', (Pool, type) => {
  const stack = new Pool(new App(), 'platform');
  const seen = [];
  Aspects.of(stack).add({ visit: (node) => { if (node.terraformResourceType === type) seen.push(node); } });
  stack.pool.node.defaultChild.addOverride('timeouts.create', '90m');
  const [pool] = Object.values(JSON.parse(Testing.synth(stack, false)).resource[type]);
  expect(seen).toEqual([stack.pool.node.defaultChild]);
  expect(pool.timeouts.create).toBe('90m');
  expect(pool).toMatchSnapshot();
});
`;

describe('the packed package', () => {
  const area = mkdtempSync(join(tmpdir(), 'packed-'));
  let packed: Packed;
  beforeAll(async () => {
    packed = await packInto(area);
  });
  afterAll(() => rmSync(area, { recursive: true }));

  /** A project with the package, that is thrown away. */
  function inProject<T>(body: (project: string) => Promise<T>, cdk?: CdkRelease): Promise<T> {
    return withFolder((project) => {
      consume(project, packed, cdk);
      return body(project);
    });
  }

  test('has every file that it exports, and no source or test', () => {
    for (const entry of Object.values(manifest.exports)) {
      const files = typeof entry === 'string' ? [entry] : [entry.types, entry.default];
      for (const file of files.filter((path) => !path.includes('*')))
        expect([file, existsSync(join(packed.folder, file))]).toEqual([file, true]);
    }
    const all = readdirSync(packed.folder, { recursive: true, encoding: 'utf8' });
    expect(all.filter((file) => /(^|\/)(test|lab|bench|examples)\/|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });

  test('is published as the tools of its users expect', async () => {
    const tool = (name: string) => join(ROOT, 'node_modules', name);
    const [lint, types] = await Promise.all([
      runCommand([process.execPath, tool('publint/src/cli.js'), 'run', '--strict', packed.tarball]),
      runCommand([
        process.execPath,
        tool('@arethetypeswrong/cli/dist/index.js'),
        '--profile=node16',
        '--no-emoji',
        '--format=ascii',
        packed.tarball,
      ]),
    ]);
    expect([lint.code, lint.stdout]).toEqual([0, expect.stringContaining('All good')]);
    expect([types.code, types.stdout]).toEqual([0, expect.stringContaining('"training-estate/oracle/provider"')]);
  });

  test('works with every release of the AWS CDK from the one that is tried to the one that is built with', () => {
    const lowest = manifest.devDependencies['aws-cdk-lib-older']?.replace('npm:aws-cdk-lib@', '^');
    expect(manifest.peerDependencies['aws-cdk-lib']).toBe(lowest);
  });

  test('shares the libraries of clouds with its user, and asks only for those that are used', () => {
    const peers = Object.keys(manifest.peerDependencies).sort();
    expect(peers).toEqual(['@cdktf/provider-azurerm', '@cdktf/provider-google', 'aws-cdk-lib', 'cdktf', 'constructs']);
    expect(Object.keys(manifest.peerDependenciesMeta).sort()).toEqual(peers.filter((name) => name !== 'constructs'));
    for (const name of [...peers, 'tsx']) {
      expect([name, manifest.dependencies[name]]).toEqual([name, undefined]);
      expect(manifest.devDependencies).toHaveProperty([name]);
    }
  });

  test('gives each cloud alone', async () => {
    const libraries = [
      'aws-cdk-lib',
      'cdktf',
      '@cdktf/provider-azurerm',
      '@cdktf/provider-google',
      'providers/oci',
      'tsx',
    ];
    const names = {
      'training-estate': [],
      'training-estate/app': [],
      'training-estate/diff': [],
      'training-estate/aws': ['aws-cdk-lib'],
      'training-estate/google': ['cdktf', '@cdktf/provider-google'],
      'training-estate/oracle/stacks': ['cdktf', 'providers/oci'],
      'training-estate/azure/network': ['cdktf', '@cdktf/provider-azurerm'],
    };
    await inProject(async (project) => {
      for (const [name, loaded] of Object.entries(names)) {
        const script = `const m = require('${name}'); console.log(JSON.stringify([Object.keys(m), Object.keys(require.cache)]));`;
        const { code, stdout, stderr } = await runCommand([process.execPath, '-e', script], project);
        expect([name, code, stderr]).toEqual([name, 0, '']);
        const [members, files] = JSON.parse(stdout) as [string[], string[]];
        expect([name, members.length > 0]).toEqual([name, true]);
        const seen = libraries.filter((library) => files.some((file) => file.includes(`/${library}/`)));
        expect([name, seen]).toEqual([name, loaded]);
      }
    });
  });

  test('has the command line, and runs by the stock tools with the settings of docs/library.md as by it', async () => {
    const settings = BLOCKS.filter(({ path, language }) => path === 'docs/library.md' && language === 'json');
    const apps = settings.map(({ text }) => (JSON.parse(text) as { app: string }).app.split(' '));
    expect(apps.map(([program]) => program)).toEqual(['node', 'node']);
    await inProject(async (project) => {
      for (const name of ['minimal.yaml', 'minimal.lock.json'])
        cpSync(join(ROOT, 'examples', name), join(project, name));
      const command = join(project, 'node_modules/training-estate/bin/estate.js');
      const { code, stdout } = await runCommand([process.execPath, command, 'synth', 'minimal.yaml'], project);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/synthesized \d+ stacks/)]);
      expect(readdirSync(join(project, 'cdktf.out/stacks')).length).toBeGreaterThan(6);
      const outdirs = { CDK_OUTDIR: join(project, 'cdk'), CDKTF_OUTDIR: join(project, 'cdktf') };
      for (const [, file = ''] of apps) {
        const argv = [process.execPath, join(project, file)];
        const { code, stderr } = await runCommand(argv, project, { ...outdirs, ESTATE: 'minimal.yaml' });
        expect([file, code, stderr]).toEqual([file, 0, '']);
      }
      for (const [own, other, made] of [
        ['cdk.out', 'cdk', /\.template\.json$/],
        ['cdktf.out', 'cdktf', /cdk\.tf\.json$/],
      ] as const) {
        const [mine, theirs] = [own, other].map((folder) =>
          Object.entries(readTree(join(project, folder))).filter(([path]) => made.test(path)),
        );
        expect(mine?.length).toBeGreaterThan(2);
        expect(theirs).toEqual(mine);
      }
    });
  });

  describe.each<CdkRelease>(['aws-cdk-lib', 'aws-cdk-lib-older'])('with %s', (cdk) => {
    const project = mkdtempSync(join(tmpdir(), 'consumer-'));
    afterAll(() => rmSync(project, { recursive: true }));

    test('compiles the examples and the snippets of documents', async () => {
      consume(project, packed, cdk);
      mkdirSync(join(project, 'examples'));
      for (const name of EXAMPLES) cpSync(join(ROOT, 'examples', name), join(project, 'examples', name));
      const texts = snippets.map((text, index) => {
        writeFileSync(join(project, `snippet-${index}.ts`), text);
        return `snippet-${index}.ts`;
      });
      expect(texts.length).toBeGreaterThan(3);
      expect(await compile(project, [...EXAMPLES.map((name) => `examples/${name}`), ...texts])).toBe('');
    });

    // What is made for Terraform is the same with any CDK.
    test.each(EXAMPLES.filter((name) => cdk === 'aws-cdk-lib' || usesCdk(name)))(
      'runs %s as in the checkout',
      async (name) => {
        const compiled = join(project, 'out/examples', name.replace(/\.ts$/, '.js'));
        const script = `require(${JSON.stringify(compiled)}).build('built')`;
        const { code, stderr } = await runCommand([process.execPath, '-e', script], project, UNVALIDATED);
        // Older releases of CDK warn of what newer ones know better.
        expect([code, /^\s+at /m.exec(stderr)?.[0]]).toEqual([0, undefined]);
        const built = readTree(join(project, 'built'));
        rmSync(join(project, 'built'), { recursive: true });
        const { build }: { build(folder: string): void } = require(`../examples/${name}`);
        const own = await withFolder((folder) => {
          build(folder);
          return readTree(folder);
        });
        const resources = (tree: Record<string, string>) =>
          Object.entries(tree).filter(([path]) => /cdk\.tf\.json$|\.template\.json$/.test(path));
        expect(resources(own).length).toBeGreaterThan(0);
        expect(resources(built)).toEqual(resources(own));
      },
    );

    test.each([
      ['writes', '--ci=false', '4 snapshots written'],
      ['finds', '--ci', '4 passed'],
    ])(
      '%s snapshots of a team’s own stacks on what exists, with an Aspect and an escape hatch',
      async (_, flag, said) => {
        writeFileSync(join(project, 'package.json'), JSON.stringify({ jest: { transform: {} } }));
        writeFileSync(join(project, 'platform.test.js'), PLATFORM_TEST);
        const argv = [process.execPath, join(project, 'node_modules/jest/bin/jest.js'), flag];
        const { code, stderr } = await runCommand(argv, project, UNVALIDATED);
        expect([code, stderr]).toEqual([0, expect.stringContaining(said)]);
      },
    );
  });

  test('runs the Aspect of docs/library.md, in JavaScript, on the stacks of an estate', async () => {
    const aspect = snippets.find((text) => text.includes('Aspects.of')) ?? '';
    await inProject(async (project) => {
      for (const name of ['estate.yaml', 'estate.lock.json']) cpSync(join(ROOT, name), join(project, name));
      writeFileSync(join(project, 'aspect.mjs'), aspect);
      const argv = [process.execPath, join(project, 'aspect.mjs')];
      const { code, stderr } = await runCommand(argv, project, {
        ...UNVALIDATED,
        CDK_OUTDIR: join(project, 'cdk.out'),
      });
      expect([code, stderr]).toEqual([0, '']);
      const resources = readdirSync(join(project, 'cdk.out'))
        .filter((name) => name.endsWith('.template.json'))
        .flatMap((name) => {
          const template = JSON.parse(readFileSync(join(project, 'cdk.out', name), 'utf8')) as Template;
          return Object.values(template.Resources);
        });
      const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map((one) => one.Properties);
      const groups = ofType('AWS::EKS::Nodegroup');
      expect(groups.length).toBeGreaterThan(5);
      for (const group of groups) expect(group.ForceUpdateEnabled).toBe(false);
      expect(ofType('AWS::EC2::VPC').map(({ Tags }) => Tags)).toEqual([
        expect.arrayContaining([{ Key: 'data-class', Value: 'internal' }]),
      ]);
    });
  });

  test('leads imports of its own name in the checkout to what it exports', () => {
    const { compilerOptions } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.json'), 'utf8')) as {
      compilerOptions: { paths: Record<string, [string]> };
    };
    const exported = Object.entries(manifest.exports).flatMap(([name, entry]) =>
      typeof entry === 'string'
        ? []
        : [[`training-estate${name.slice(1)}`, [entry.default.replace('./dist/', './').replace(/\.js$/, '.ts')]]],
    );
    expect(compilerOptions.paths).toEqual(Object.fromEntries(exported));
  });
});
