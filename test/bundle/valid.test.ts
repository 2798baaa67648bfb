import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { isRecord } from '../../bundle/problems';
import { schemaOf } from '../../bundle/schemas';
import { GITOPS, type GitOps, type KubeObject } from '../../bundle/types';
import { isNamespaced } from '../../bundle/validate';
import { slotsOf } from '../../lab/schemas/mutations';
import { shapes } from '../../lab/schemas/shapes';
import { ROOT } from '../helpers/cli';
import { refusalLines } from '../helpers/kube';
import { bundleOfFile } from './made';

const ESTATES = [
  'estate.yaml',
  ...readdirSync(join(ROOT, 'examples'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `examples/${name}`),
];
const OPTIONS = { repository: 'https://example.com/estate.git', revision: 'main', path: 'bundle' };

const called = ({ kind, metadata: { name, namespace = '' } }: KubeObject) => `${kind} ${namespace}/${name}`;

/** A copy of an object, with another value at a path. */
function changed(value: unknown, [key, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? changed(item, rest, by) : item));
  return isRecord(value) ? { ...value, [key]: changed(value[key], rest, by) } : value;
}

/** What servers write into objects, and nobody who applies them. */
const OF_SERVERS = ['status', 'creationTimestamp', 'generation', 'managedFields', 'resourceVersion', 'uid'];

/** What is wrong with an object and its text; those of one text are the same in all bundles. */
const judged = new Map<string, readonly string[]>();
function judge(text: string, object: KubeObject): readonly string[] {
  let lines = judged.get(text);
  if (lines === undefined) {
    const isSame = isDeepStrictEqual(parse(text), object);
    const written = [...Object.keys(object), ...Object.keys(object.metadata)];
    const isOfServers = written.some((name) => OF_SERVERS.includes(name)) || JSON.stringify(object).includes(':null');
    lines = [
      ...refusalLines(object),
      ...(isSame ? [] : ['its file says something else']),
      ...(isOfServers ? ['it has what only servers write'] : []),
    ];
    judged.set(text, lines);
  }
  return lines.map((line) => `${called(object)}: ${line}`);
}

const all = ESTATES.flatMap((file) =>
  GITOPS.map((gitops) => ({ file, gitops, ...bundleOfFile(file, { gitops, ...OPTIONS }) })),
);

describe.each(all.map(({ file, gitops, files }): [string, GitOps, typeof files] => [file, gitops, files]))(
  'the bundle of %s for %s',
  (_, __, files) => {
    const objects = files.flatMap(({ object }) => object ?? []);

    test('has objects that a server takes, and in its files nothing else', () => {
      expect(files.flatMap(({ text, object }) => (object === undefined ? [] : judge(text, object)))).toEqual([]);
    });

    test('names a namespace where objects have one, and nowhere else', () => {
      const wrong = objects.filter(
        ({ apiVersion, kind, metadata }) => isNamespaced(apiVersion, kind) !== (metadata.namespace !== undefined),
      );
      expect(wrong.map(called)).toEqual([]);
    });
  },
);

describe('objects of bundles', () => {
  const objects = shapes(all.flatMap(({ files }) => files.flatMap(({ object }) => object ?? [])));

  test('are of several kinds', () => {
    expect(new Set(objects.map(({ kind }) => kind)).size).toBeGreaterThan(15);
  });

  test('are refused with a field that nobody knows, wherever it stands', () => {
    const taken = objects.flatMap((object) => {
      const kind = schemaOf(object.apiVersion, object.kind);
      const closed = (kind === undefined ? [] : slotsOf(object, kind)).filter(
        ({ value, schema }) =>
          isRecord(value) &&
          schema.properties !== undefined &&
          schema['x-kubernetes-preserve-unknown-fields'] !== true &&
          schema.additionalProperties === undefined &&
          Object.keys(schema.properties).length > 0,
      );
      return closed
        .filter(
          ({ path, value }) => refusalLines(changed(object, path, { ...(value as object), unheard: 1 })).length === 0,
        )
        .map(({ path }) => `${called(object)} ${path.join('.')}`);
    });
    expect(taken).toEqual([]);
  });
});
