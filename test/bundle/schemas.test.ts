import { readdirSync } from 'node:fs';
import type { KubeSchema } from '../../bundle/kube-schema';
import { apiVersionOf, RECORDED, readRecording, schemaOf } from '../../bundle/schemas';
import { patternOf } from '../../bundle/structure';
import { COMPONENTS } from '../../estate/catalog/software/components';
import { JOB_FRAMEWORKS } from '../../estate/catalog/software/job-kinds';
import { mapSchemas, reachable } from '../../tools/kube-schemas/compact';
import { SCHEMA_ROWS } from '../../tools/kube-schemas/rows';

const files = [...new Set(RECORDED.kinds().map(({ file }) => file))];

/** Each schema of a recording, and those inside of it. */
function everySchema(see: (schema: KubeSchema, file: string) => void): void {
  for (const file of files) {
    const walk = (schema: KubeSchema): KubeSchema => {
      see(schema, file);
      return mapSchemas(schema, walk);
    };
    for (const schema of Object.values(readRecording(file).schemas)) walk(schema);
  }
}

/** The version of a component, as its chart has it. */
function versionOf(from: { readonly kind: string; readonly version?: string }): string | undefined {
  return from.version?.replace(/^v/, '');
}

describe('recorded schemas', () => {
  test('are the files that the index names', () => {
    expect(readdirSync(RECORDED.folder).sort()).toEqual(
      [...files.map((file) => `${file}.json.gz`), 'index.json'].sort(),
    );
    expect(files.length).toBeGreaterThan(50);
  });

  test('come from the components and releases that are listed', () => {
    const listed = SCHEMA_ROWS.map(({ name, version }) => `${name} ${version}`);
    expect([...new Set(RECORDED.kinds().map(({ from }) => from))].sort()).toEqual([...listed].sort());
    for (const { name, paths } of SCHEMA_ROWS.filter(({ form }) => form === 'crd')) {
      const kinds = RECORDED.kinds().filter(({ from }) => from.startsWith(`${name} `));
      expect([name, kinds.length]).toEqual([name, paths.length]);
    }
  });

  test('are of the releases that clusters get', () => {
    const pairs = SCHEMA_ROWS.flatMap(({ name, version }) => {
      const component = COMPONENTS[name];
      return component === undefined ? [] : [[name, version, versionOf(component.from)]];
    });
    expect(pairs.map(([name]) => name)).toEqual(expect.arrayContaining(['kueue', 'jobset', 'lws', 'gpu-operator']));
    for (const [name, recorded, installed] of pairs) expect([name, recorded]).toEqual([name, installed]);
  });

  test('have every kind of job that queues take', () => {
    for (const { group, version, kind } of JOB_FRAMEWORKS.kinds) {
      const apiVersion = group === '' ? version : `${group}/${version}`;
      expect([kind, schemaOf(apiVersion, kind)?.row.kind]).toEqual([kind, kind]);
    }
  });

  test('have a module or a repository each', () => {
    const without = SCHEMA_ROWS.filter(
      ({ module, repository }) => (module === undefined) === (repository === undefined),
    );
    expect(without).toEqual([]);
  });

  test('hold each kind whole', () => {
    const kinds = RECORDED.kinds();
    expect(new Set(kinds.map((row) => `${apiVersionOf(row)} ${row.kind}`)).size).toBe(kinds.length);
    for (const row of kinds) {
      const found = schemaOf(apiVersionOf(row), row.kind);
      expect([row.kind, Object.keys(found?.root.properties ?? {})]).toEqual([
        row.kind,
        expect.arrayContaining(['metadata']),
      ]);
    }
    for (const file of files) {
      const { kinds: names, schemas } = readRecording(file);
      const needed = reachable(Object.values(names), schemas);
      expect([file, needed]).toEqual([file, Object.keys(schemas).sort()]);
    }
    const missing: string[] = [];
    everySchema(({ $ref }, file) => {
      if ($ref !== undefined && readRecording(file).schemas[$ref] === undefined) missing.push(`${file} ${$ref}`);
    });
    expect(missing).toEqual([]);
  });

  test('have patterns that JavaScript reads', () => {
    const patterns = new Set<string>();
    everySchema(({ pattern }) => {
      if (pattern !== undefined) patterns.add(pattern);
    });
    expect(patterns.size).toBeGreaterThan(20);
    for (const pattern of patterns) expect(() => patternOf(pattern)).not.toThrow();
    expect([...patterns].filter((pattern) => /(?<!^\^?)\(\?[a-zA-Z]|\[\[:|\\p/.test(pattern))).toEqual([]);
  });

  test('have the values of Kubernetes’ own fields, which its OpenAPI lacks', () => {
    const { schemas } = readRecording('core_v1');
    expect(schemas['io.k8s.api.core.v1.Toleration']?.properties?.effect?.enum).toEqual([
      'NoExecute',
      'NoSchedule',
      'PreferNoSchedule',
    ]);
    expect(schemas['io.k8s.api.core.v1.PodSpec']?.properties?.restartPolicy?.enum).toEqual([
      'Always',
      'Never',
      'OnFailure',
    ]);
  });

  test('have no descriptions, and are small', () => {
    const keys = new Set<string>();
    everySchema((schema) => {
      for (const key of Object.keys(schema)) keys.add(key);
    });
    expect([...keys].filter((key) => ['description', 'title', 'example', 'externalDocs'].includes(key))).toEqual([]);
    expect(JSON.stringify(readRecording('kueue.x-k8s.io_v1beta2_workload')).length).toBeLessThan(120_000);
  });
});
