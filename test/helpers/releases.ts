import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLock } from '../../cli/app';
import { resolve } from '../../estate/plan/resolve';
import type { Plan } from '../../estate/plan/types';
import { loadEstate } from '../../estate/spec/load';
import { PROVIDERS, type ProviderRelease, recordedReleases } from '../../estate/terraform-providers';

const ROOT = join(__dirname, '../..');

/** Files of `examples`. */
export const EXAMPLES: readonly string[] = readdirSync(join(ROOT, 'examples'));

const FILES = ['estate.yaml', ...EXAMPLES.filter((name) => name.endsWith('.yaml')).map((name) => `examples/${name}`)];

/** Releases that are not the default, of which each estate and program is synthesized again. */
export const OTHER_RELEASES: readonly ProviderRelease[] = recordedReleases().filter(
  ({ name, version }) => version !== PROVIDERS[name].version,
);

/** Every other release with every estate that uses its cloud. */
export const ESTATES_ON_OTHERS = OTHER_RELEASES.flatMap((release) =>
  FILES.filter((file) =>
    Object.values(loadEstate(join(ROOT, file)).estate.accounts).some(
      ({ cloud }) => cloud === PROVIDERS[release.name].cloud,
    ),
  ).map((file) => ({ ...release, file })),
);

/** The plan of an estate that names a release, and only its cloud of it. */
export function planOn(file: string, { name, version }: ProviderRelease): Plan {
  const { estate } = loadEstate(join(ROOT, file));
  const chosen = { ...estate, providers: { [name]: version } };
  const plan = resolve(chosen, readLock(join(ROOT, file)), { estate: file, lock: file });
  return { ...plan, clouds: plan.clouds.filter((each) => each === PROVIDERS[name].cloud) };
}
