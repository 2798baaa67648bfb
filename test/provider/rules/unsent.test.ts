import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveEstate } from '../../../cli/app';
import { checkUnsent, UNSENT } from '../../../provider/rules/unsent';
import { loadProvider, PROVIDER_NAMES } from '../../../provider/schema';
import { UNKNOWN, type Value } from '../../../provider/values';
import { isJsonObject, type JsonObject } from '../../../terraform/document';
import { ROOT } from '../../helpers/cli';
import { synthesizePlan, withFolder } from '../../helpers/synth';

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

test('every argument that is recorded as never sent says the file that shows it', () => {
  const rows = PROVIDER_NAMES.flatMap((provider) => Object.values(UNSENT[provider] ?? {}).flat());
  for (const { source } of rows) expect(source).toMatch(/\.go of \w+ v\d/);
  expect(Object.keys(UNSENT.google ?? {})).toEqual(['google_container_cluster', 'google_container_node_pool']);
});

const GOOGLE = loadProvider('google');
const POOL = GOOGLE.resource_schemas.google_container_node_pool?.block ?? {};
const FORCE_NEW = GOOGLE.force_new.google_container_node_pool ?? [];
const interval = { maintenance_interval: 'AS_NEEDED' };

test.each<[string, Value, string[]]>([
  ['without it', { node_config: [{ machine_type: 'm' }] }, []],
  ['with an empty list of it', { node_config: [{ host_maintenance_policy: [] }] }, []],
  ['with what is not known', { node_config: UNKNOWN }, []],
  ['with it', { node_config: [{ host_maintenance_policy: [interval] }] }, ['node_config.0.host_maintenance_policy']],
])('a node pool %s', (_, config, paths) => {
  const findings = checkUnsent(GOOGLE, 'google_container_node_pool', POOL, FORCE_NEW, config);
  expect(findings.map(({ path }) => path.join('.'))).toEqual(paths);
});

test('an argument that is never sent is refused where it replaces, and warned of where it only changes', () => {
  const config = { node_config: [{ host_maintenance_policy: [interval] }] };
  const of = (forceNew: readonly string[]) =>
    checkUnsent(GOOGLE, 'google_container_node_pool', POOL, forceNew, config)[0];
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
      const rows = PROVIDER_NAMES.flatMap((provider) => UNSENT[provider]?.[type] ?? []);
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
