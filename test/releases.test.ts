import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLock } from '../cli/app';
import { resolve } from '../estate/plan/resolve';
import { slicesOf } from '../estate/plan/slices';
import { loadEstate } from '../estate/spec/load';
import type { Estate } from '../estate/spec/schema';
import {
  compareReleases,
  holdsFor,
  PROVIDER_NAMES,
  PROVIDERS,
  recordedReleases,
  recordingOf,
} from '../estate/terraform-providers';
import { askRecorded } from './helpers/recorded';
import { ESTATES_ON_OTHERS, EXAMPLES, OTHER_RELEASES, planOn } from './helpers/releases';
import { synthesizePlan, withFolder } from './helpers/synth';

const ROOT = join(__dirname, '..');
describe('the table of providers', () => {
  test.each(PROVIDER_NAMES)('has the releases of %s in their order, the default among them', (name) => {
    const { version, releases } = PROVIDERS[name];
    expect(releases).toContain(version);
    expect([...releases].sort(compareReleases)).toEqual(releases);
    for (const release of releases) expect(release).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('names the recordings that are there, and no other', () => {
    expect(readdirSync(join(ROOT, 'provider/schemas')).sort()).toEqual(recordedReleases().map(recordingOf).sort());
  });

  test.each<[{ since?: string; before?: string }, string, boolean]>([
    [{}, '4.81.0', true],
    [{ since: '5.0.0' }, '4.81.0', false],
    [{ since: '5.0.0' }, '5.0.0', true],
    [{ since: '5.0.0' }, '10.2.0', true],
    [{ before: '5.0.0' }, '4.100.1', true],
    [{ before: '5.0.0' }, '5.0.0', false],
    [{ since: '4.9.0', before: '4.81.0' }, '4.10.0', true],
  ])('a fact of %j holds for %s: %s', (range, version, expected) => {
    expect(holdsFor(range, version)).toBe(expected);
  });
});

describe('another recorded release', () => {
  test.each(ESTATES_ON_OTHERS)('$name $version takes every stack of $file', async ({ name, version, file }) => {
    await withFolder((folder) => {
      synthesizePlan(planOn(file, { name, version }), folder);
      const { pinned, found, resources } = askRecorded(join(folder, 'cdktf.out'));
      expect(pinned).toEqual([`${name} ${version}`]);
      expect(found).toEqual([]);
      expect(resources).toBeGreaterThan(3);
    });
  });

  const programs = OTHER_RELEASES.flatMap((release) =>
    EXAMPLES.filter((file) => /stack\.ts$/.test(file) && !/^(aws|google|oracle)/.test(file)).map((file) => ({
      ...release,
      file,
    })),
  );

  test.each(programs)('$name $version takes what $file makes', async ({ name, version, file }) => {
    const replaced = jest.replaceProperty(PROVIDERS, name, { ...PROVIDERS[name], version });
    try {
      await withFolder((folder) => {
        const { build }: { build(outdir: string): void } = require(join(ROOT, 'examples', file));
        build(folder);
        const outdir = join(folder, 'cdktf.out');
        expect(askRecorded(existsSync(outdir) ? outdir : folder).found).toEqual([]);
      });
    } finally {
      replaced.restore();
    }
  });

  test.each(OTHER_RELEASES)(
    '$name $version is what every slice of its cloud is made from, and of no other',
    ({ name, version }) => {
      const { cloud } = PROVIDERS[name];
      const { estate } = loadEstate(join(ROOT, 'estate.yaml'));
      const slices = (providers: Estate['providers']) => {
        const files = { estate: 'estate.yaml', lock: 'estate.lock.json' };
        const { data } = resolve({ ...estate, providers }, readLock(join(ROOT, 'estate.yaml')), files);
        return new Map(
          slicesOf(data).map((slice) => [
            slice.stacks.join(),
            { cloud: slice.cloud, text: JSON.stringify(slice.data) },
          ]),
        );
      };
      const [before, after] = [slices(undefined), slices({ [name]: version })];
      const changed = [...after]
        .filter(([key, { text }]) => before.get(key)?.text !== text)
        .map(([, slice]) => slice.cloud);
      expect(changed).toEqual(
        [...before.values()].filter((slice) => slice.cloud === cloud).map((slice) => slice.cloud),
      );
      expect(changed.length).toBeGreaterThan(2);
      expect(slices({ [name]: PROVIDERS[name].version })).toEqual(before);
    },
  );
});
