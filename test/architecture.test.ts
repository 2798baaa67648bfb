import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';

const ROOT = join(__dirname, '..');
/** The rooms of the house, and what each may load: a room that is not named has to be left alone. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  estate: [],
  constructs: ['estate'],
  stacks: ['estate', 'constructs'],
  provider: ['estate'],
  terraform: ['estate', 'provider'],
  bundle: ['estate'],
  diff: ['estate', 'bundle', 'provider', 'terraform'],
  page: ['estate', 'diff'],
  cli: ['estate', 'bundle', 'provider', 'terraform', 'diff', 'page'],
  bin: ['estate', 'constructs', 'stacks', 'bundle', 'terraform', 'diff', 'cli'],
  tools: ['estate', 'constructs', 'stacks', 'bundle', 'provider', 'terraform', 'diff', 'cli', 'bin', 'examples'],
  lab: ['estate', 'bundle', 'provider', 'terraform', 'diff', 'cli', 'tools'],
  bench: ['estate', 'bundle', 'provider', 'terraform', 'diff', 'cli'],
  examples: ['estate', 'constructs', 'stacks', 'terraform', 'cli'],
};
const SOURCES = Object.keys(ROOMS);
const CLOUDS = ['aws', 'azure', 'google', 'oracle'];
const MAX_LINES = 400;

interface Source {
  readonly path: string;
  readonly text: string;
  /** Modules that it loads when it is loaded or run; local ones as paths from the root. */
  readonly imports: readonly string[];
  /** Modules of which it takes types only. */
  readonly typeImports: readonly string[];
}

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const local = (name: string) =>
    name.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), name)) : name;
  const statements = [...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+['"]([^'"]+)['"]/gm)];
  const names = (types: boolean) =>
    statements.filter(([, type]) => (type !== undefined) === types).map(([, , name]) => local(name ?? ''));
  const required = [...text.matchAll(/\brequire\(\s*['"]([^'"]+)['"]\s*\)/g)].map(([, name]) => local(name ?? ''));
  const bare = [...text.matchAll(/^import\s+['"]([^'"]+)['"]/gm)].map(([, name]) => local(name ?? ''));
  return { path, text, imports: [...names(false), ...required, ...bare], typeImports: names(true) };
}

const sources = SOURCES.flatMap(filesBelow).map(readSource);
const under = (folder: string) => sources.filter(({ path }) => path.startsWith(folder));
const inEstate = (path: string) => path.startsWith('estate/');

/** Layers of the estate, lowest first: a layer may load only itself and those before it. */
const ESTATE_LAYERS = ['estate/', 'estate/catalog', 'estate/spec', 'estate/plan', 'estate/report'];

function layerOf(path: string): number {
  const folder = path.split('/').slice(0, 2).join('/');
  return Math.max(ESTATE_LAYERS.indexOf(folder), 0);
}

describe('architecture', () => {
  test('finds the sources that it judges', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(sources.some(({ imports }) => imports.includes('estate/catalog'))).toBe(true);
  });

  test.each(Object.entries(ROOMS))('%s loads only %j', (room, allowed) => {
    const seen = under(`${room}/`).flatMap(({ path, imports, typeImports }) =>
      [...imports, ...typeImports]
        .filter((name) => {
          const [other = ''] = name.split('/');
          return other !== room && other in ROOMS && !allowed.includes(other);
        })
        .map((name) => `${path} -> ${name}`),
    );
    expect(seen).toEqual([]);
  });

  test('the picture in docs/architecture.md has an arrow for every import that is allowed, and no other', () => {
    const page = readFileSync(join(ROOT, 'docs/architecture.md'), 'utf8');
    const drawn = [...page.matchAll(/^ {2}(\w+) --> ([\w &]+)$/gm)].flatMap(([, from, to = '']) =>
      to.split(' & ').map((room) => `${from} --> ${room}`),
    );
    const allowed = Object.entries(ROOMS).flatMap(([room, others]) => others.map((other) => `${room} --> ${other}`));
    expect(drawn.sort()).toEqual(allowed.sort());
  });

  test('no files import each other in a circle', () => {
    const known = new Set(sources.map(({ path }) => path));
    const targets = new Map(
      sources.map(({ path, imports, typeImports }) => [
        path,
        [...imports, ...typeImports].flatMap((name) =>
          [`${name}.ts`, `${name}.tsx`, `${name}/index.ts`].filter((file) => known.has(file)),
        ),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
      if (done.has(path) || trail.includes(path)) return;
      for (const target of targets.get(path) ?? []) walk(target, [...trail, path]);
      done.add(path);
    };
    for (const path of known) walk(path, []);
    expect(circles).toEqual([]);
  });

  test('imports inside the estate go one way', () => {
    const layers = under('estate/').filter(({ path }) => path !== 'estate/index.ts');
    const wrong = layers.flatMap(({ path, imports, typeImports }) =>
      [...imports, ...typeImports]
        .filter((name) => inEstate(name) && layerOf(name) > layerOf(path))
        .map((name) => `${path} -> ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('the estate knows neither clouds’ libraries nor the machine it runs on', () => {
    const libraries = /^(constructs|aws-cdk-lib|cdktf|@cdktf\/)|^(constructs|stacks|bin|cli|provider|terraform|diff)\//;
    const machine =
      /process\.env|Date\.now|new Date\(\)|Math\.random|performance\.now|node:(http|https|net|child_process)/;
    const readers = ['estate/spec/load.ts', 'estate/spec/source.ts'];
    for (const { path, imports, text } of under('estate/')) {
      expect([path, imports.filter((name) => libraries.test(name))]).toEqual([path, []]);
      expect([path, machine.exec(text)?.[0]]).toEqual([path, undefined]);
      if (!readers.includes(path)) expect([path, imports.filter((name) => name === 'node:fs')]).toEqual([path, []]);
    }
  });

  test('constructs and stacks know no clock, randomness or environment', () => {
    const machine = /process\.env|Date\.now|new Date\(\)|Math\.random|randomUUID|node:fs/;
    for (const { path, text } of [...under('constructs/'), ...under('stacks/')]) {
      expect([path, machine.exec(text)?.[0]]).toEqual([path, undefined]);
    }
  });

  test('constructs are given the rows of the catalog, which an estate may correct, and look none up', () => {
    const tables =
      /^(CATALOG|ACCELERATORS|\w*QUOTAS|aws|azure|google|oracle|azureLustreTiers|\w+_MACHINES|\w+_REGIONS|\w+Regions|machineNamed|lustreTier|tierOf)$/;
    const named = /^import \{([^}]*)\} from '[./]+\/estate\/catalog[^']*';/gm;
    for (const { path, text } of under('constructs/')) {
      const names = [...text.matchAll(named)].flatMap(([, list = '']) => list.split(',').map((name) => name.trim()));
      expect([path, names.filter((name) => tables.test(name))]).toEqual([path, []]);
    }
    expect(under('constructs/').some(({ text }) => named.test(text))).toBe(true);
  });

  test('constructs take catalog rows and values, never the plan or the estate file', () => {
    for (const { path, imports, typeImports } of under('constructs/')) {
      const seen = [...imports, ...typeImports].filter((name) =>
        /^(estate\/(spec|plan|report)|stacks|bin|cli|provider|terraform|diff)(\/|$)/.test(name),
      );
      expect([path, seen]).toEqual([path, []]);
    }
  });

  test('stacks meet the plan through its types and ids only, and never the report', () => {
    const ids = ['alerts', 'fabrics', 'foundation-needs', 'ids', 'labels'].map((name) => `estate/plan/${name}`);
    for (const { path, imports, typeImports } of under('stacks/')) {
      const seen = imports.filter((name) => /^estate\/(spec|plan|report)/.test(name) && !ids.includes(name));
      expect([path, seen]).toEqual([path, []]);
      expect([
        path,
        typeImports.filter((name) => /^(estate\/report|bin|cli|provider|terraform|diff)/.test(name)),
      ]).toEqual([path, []]);
    }
  });

  test.each(CLOUDS)('no other cloud is imported by %s', (cloud) => {
    const others = CLOUDS.filter((other) => other !== cloud).flatMap((other) => [
      `constructs/${other}`,
      `stacks/${other}`,
    ]);
    for (const { path, imports, typeImports } of [...under(`constructs/${cloud}/`), ...under(`stacks/${cloud}/`)]) {
      const seen = [...imports, ...typeImports].filter((name) =>
        others.some((other) => name === other || name.startsWith(`${other}/`)),
      );
      expect([path, seen]).toEqual([path, []]);
    }
  });

  test('cdktf is imported by one module', () => {
    const importers = sources.filter(({ imports, typeImports }) =>
      [...imports, ...typeImports].some((name) => name === 'cdktf' || name.startsWith('cdktf/')),
    );
    expect(importers.map(({ path }) => path)).toEqual(['constructs/cdktf.ts']);
  });

  test('libraries are imported by deep path only', () => {
    const roots = ['aws-cdk-lib', '@cdktf/provider-azurerm', '@cdktf/provider-google', '.gen/providers/oci'];
    for (const { path, imports, typeImports } of sources) {
      expect([path, [...imports, ...typeImports].filter((name) => roots.includes(name))]).toEqual([path, []]);
    }
  });

  test('the AWS program never loads cdktf and the Terraform program never loads CDK', () => {
    const reach = (start: string): Set<string> => {
      const seen = new Set<string>();
      const open = [start];
      for (let path = open.pop(); path !== undefined; path = open.pop()) {
        const found = sources.find((source) => [`${path}`, `${path}.ts`, `${path}/index.ts`].includes(source.path));
        if (found === undefined || seen.has(found.path)) continue;
        seen.add(found.path);
        for (const name of found.imports) {
          seen.add(name);
          open.push(name);
        }
      }
      return seen;
    };
    const aws = [...reach('bin/aws.ts')];
    const terraform = [...reach('bin/terraform.ts')];
    expect(aws).toContain('constructs/aws/node-pool.ts');
    expect(terraform).toContain('constructs/google/node-pool.ts');
    expect(aws.filter((name) => /^(cdktf|@cdktf\/|constructs\/cdktf)/.test(name))).toEqual([]);
    expect(terraform.filter((name) => /^aws-cdk-lib/.test(name))).toEqual([]);
  });

  test('every file can be read in one sitting', () => {
    const long = sources
      .filter(({ path }) => !path.startsWith('estate/catalog/'))
      .map(({ path, text }) => [path, text.split('\n').length - 1] as const)
      .filter(([, lines]) => lines > MAX_LINES);
    expect(long).toEqual([]);
  });

  test('no source silences the compiler', () => {
    const silent = /\bas any\b|: any\b|as unknown as|@ts-ignore|@ts-expect-error|@ts-nocheck/;
    for (const { path, text } of sources) expect([path, silent.exec(text)?.[0]]).toEqual([path, undefined]);
  });

  test('code outside the catalog never branches on the name of a machine', () => {
    const names = /['"`](p[56][a-z]*-?[a-z0-9]*\.\d+xlarge|Standard_N[A-Z]|a[34][a-z]*-[a-z]+gpu|BM\.GPU|ct6e-|tpu7x-)/;
    for (const { path, text } of sources.filter((source) => !/^(estate\/catalog|examples)\//.test(source.path))) {
      const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      expect([path, names.exec(code)?.[0]]).toEqual([path, undefined]);
    }
  });
});
