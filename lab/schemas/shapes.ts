import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeBundle } from '../../bundle/bundle';
import { isRecord } from '../../bundle/problems';
import { GITOPS, type KubeObject } from '../../bundle/types';
import { resolveEstate } from '../../cli/app';
import { ROOT } from '../estates';

const SOURCE = { repository: 'https://example.com/estate.git', revision: 'main', path: 'bundle' };

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (!isRecord(value)) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]));
}

/** One object of each shape: objects with fields of the same names are checked alike. */
export function shapes(objects: readonly KubeObject[]): readonly KubeObject[] {
  return [...new Map(objects.map((object) => [JSON.stringify([object.kind, shapeOf(object)]), object])).values()];
}

/** One object of each shape in the bundles of everything that the project shows, for each tool. */
export function bundledShapes(): readonly KubeObject[] {
  const examples = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.yaml'));
  const files = [join(ROOT, 'estate.yaml'), ...examples.map((name) => join(ROOT, 'examples', name))];
  const objects = files.flatMap((file) => {
    const { loaded, plan } = resolveEstate(file);
    return GITOPS.flatMap((gitops) =>
      makeBundle(loaded.estate, plan, { gitops, ...SOURCE }).files.flatMap(({ object }) => object ?? []),
    );
  });
  return shapes(objects);
}
