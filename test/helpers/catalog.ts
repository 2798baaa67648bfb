import { CATALOG, type Cloud, type LustreTierOf } from '../../estate/catalog';
import { tierOf } from '../../estate/catalog/lustre';

/** A tier of the built-in catalog. */
export function lustreTier<C extends Cloud>(cloud: C, throughput: number): LustreTierOf[C] {
  const tier = tierOf<LustreTierOf[C]>(CATALOG[cloud].lustre, throughput);
  if (tier === undefined) throw new Error(`no tier of ${throughput} MB/s at ${cloud}`);
  return tier;
}
