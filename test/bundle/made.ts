import { join } from 'node:path';
import { type BundleOptions, makeBundle } from '../../bundle/bundle';
import type { Bundle, KubeObject } from '../../bundle/types';
import { resolveEstate } from '../../cli/app';
import { ROOT } from '../helpers/cli';

/** The bundle of an estate file of the project. */
export function bundleOfFile(file: string, options: BundleOptions = { gitops: 'none' }): Bundle {
  const { loaded, plan } = resolveEstate(join(ROOT, file));
  return makeBundle(loaded.estate, plan, options);
}

/** Objects of a bundle, of one shard and kind where those are named. */
export function objectsOf({ files }: Bundle, shard?: string, kind?: string): KubeObject[] {
  return files.flatMap(({ object, shard: of }) =>
    object !== undefined && (shard ?? of) === of && (kind ?? object.kind) === object.kind ? [object] : [],
  );
}

/** The one object of a kind with a name, in the namespace that is named or in none. */
export function objectNamed(bundle: Bundle, shard: string, kind: string, name: string, namespace?: string): KubeObject {
  const [found, ...others] = objectsOf(bundle, shard, kind).filter(
    ({ metadata }) => metadata.name === name && metadata.namespace === namespace,
  );
  if (found === undefined || others.length > 0) throw new Error(`${shard} has not one ${kind} ${name}`);
  return found;
}
