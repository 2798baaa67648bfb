import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveEstate } from '../../../cli/app';
import { checkUnsent, UNSENT } from '../../../provider/rules/unsent';
import { attributesOf, type BlockSchema, blocksOf, loadProvider, PROVIDER_NAMES } from '../../../provider/schema';
import { UNKNOWN, type Value } from '../../../provider/values';
import { isJsonObject, type JsonObject } from '../../../terraform/document';
import { ROOT } from '../../helpers/cli';
import { synthesizePlan, withFolder } from '../../helpers/synth';

function has(block: BlockSchema, [name = '', ...rest]: readonly string[]): boolean {
  if (rest.length === 0) return attributesOf(block)[name] !== undefined || blocksOf(block)[name] !== undefined;
  const nested = blocksOf(block)[name];
  return nested !== undefined && has(nested.block, rest);
}

/** Dotted paths of everything that a resource of a synthesized stack says. */
function pathsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((element) => pathsOf(element, path));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [at, ...pathsOf(inner, at)];
  });
}

function resourcesOf(text: string): { readonly type: string; readonly resource: unknown }[] {
  const json: JsonObject = JSON.parse(text);
  return Object.entries(isJsonObject(json.resource) ? json.resource : {}).flatMap(([type, byName]) =>
    Object.values(isJsonObject(byName) ? byName : {}).map((resource) => ({ type, resource })),
  );
}

test('every argument that is recorded as never sent is in its type, with the file that shows it', () => {
  for (const provider of PROVIDER_NAMES) {
    for (const [type, rows] of Object.entries(UNSENT[provider])) {
      const block = loadProvider(provider).resource_schemas[type]?.block ?? {};
      for (const { path, source } of rows) {
        expect([type, path, has(block, path.split('.'))]).toEqual([type, path, true]);
        expect(source).toMatch(/\.go of \w+ v\d/);
      }
    }
  }
  expect(Object.keys(UNSENT.google)).toEqual(['google_container_cluster', 'google_container_node_pool']);
});

const POOL = loadProvider('google').resource_schemas.google_container_node_pool?.block ?? {};
const FORCE_NEW = loadProvider('google').force_new.google_container_node_pool ?? [];
const interval = { maintenance_interval: 'AS_NEEDED' };

test.each<[string, Value, string[]]>([
  ['without it', { node_config: [{ machine_type: 'm' }] }, []],
  ['with an empty list of it', { node_config: [{ host_maintenance_policy: [] }] }, []],
  ['with what is not known', { node_config: UNKNOWN }, []],
  ['with it', { node_config: [{ host_maintenance_policy: [interval] }] }, ['node_config.0.host_maintenance_policy']],
])('a node pool %s', (_, config, paths) => {
  const findings = checkUnsent('google', 'google_container_node_pool', POOL, FORCE_NEW, config);
  expect(findings.map(({ path }) => path.join('.'))).toEqual(paths);
});

test('an argument that is never sent is refused where it replaces, and warned of where it only changes', () => {
  const config = { node_config: [{ host_maintenance_policy: [interval] }] };
  const of = (forceNew: readonly string[]) =>
    checkUnsent('google', 'google_container_node_pool', POOL, forceNew, config)[0];
  expect(of(FORCE_NEW)).toMatchObject({
    severity: 'error',
    summary: 'Argument node_config[0].host_maintenance_policy is never sent',
    detail: expect.stringMatching(/every later plan replaces the resource; leave it out$/),
  });
  expect(of([])).toMatchObject({ severity: 'warning', detail: expect.stringContaining('changes it again') });
});

const ESTATES = ['estate.yaml', ...readdirSync(join(ROOT, 'examples')).filter((file) => /\.yaml$/.test(file))];
const PROGRAMS = readdirSync(join(ROOT, 'examples')).filter(
  (file) => /own-stack\.ts$/.test(file) && !/^aws/.test(file),
);

function unsentIn(folder: string): string[] {
  const stacks = join(folder, 'cdktf.out', 'stacks');
  return readdirSync(stacks).flatMap((stack) =>
    resourcesOf(readFileSync(join(stacks, stack, 'cdk.tf.json'), 'utf8')).flatMap(({ type, resource }) => {
      const rows = PROVIDER_NAMES.flatMap((provider) => UNSENT[provider][type] ?? []);
      const paths = new Set(pathsOf(resource));
      return rows.filter(({ path }) => paths.has(path)).map(({ path }) => `${stack} ${type}.${path}`);
    }),
  );
}

test.each(ESTATES.filter((file) => !file.startsWith('aws')))('no stack of %s says what is never sent', async (file) => {
  const path = file === 'estate.yaml' ? file : join('examples', file);
  await withFolder((folder) => {
    const { plan } = resolveEstate(join(ROOT, path));
    synthesizePlan({ ...plan, clouds: plan.clouds.filter((cloud) => cloud !== 'aws') }, folder);
    expect(unsentIn(folder)).toEqual([]);
  });
});

test.each(PROGRAMS)('no stack of %s says what is never sent', async (file) => {
  await withFolder((folder) => {
    const { build }: { build(outdir: string): void } = require(join(ROOT, 'examples', file));
    build(join(folder, 'cdktf.out'));
    expect(unsentIn(folder)).toEqual([]);
  });
});
