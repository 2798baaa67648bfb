import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { readLock } from '../cli/app';
import { resolve } from '../estate/plan/resolve';
import { loadEstate } from '../estate/spec/load';
import {
  PROVIDER_NAMES,
  PROVIDERS,
  type ProviderName,
  recordedReleases,
  recordingOf,
} from '../estate/terraform-providers';
import { LocalProvider } from '../provider/provider';
import { RECORDINGS } from '../provider/schema';
import { decodeValue, encodeValue } from '../provider/values';
import { diffDocuments, told } from './diff/documents';
import { askRecorded } from './helpers/recorded';
import { synthesizePlan, withFolder } from './helpers/synth';

const ROOT = join(__dirname, '..');
const MADE_UP = '99.0.0';

/** A type of each provider that its stacks make, with an argument that replaces nothing in the recorded releases. */
const SUBJECTS = {
  azurerm: {
    type: 'azurerm_resource_group',
    argument: 'managed_by',
    config: { name: 'g', location: 'l' },
    file: 'azure',
  },
  google: { type: 'google_compute_network', argument: 'routing_mode', config: { name: 'n' }, file: 'google' },
  oci: { type: 'oci_core_vcn', argument: 'display_name', config: { compartment_id: 'c' }, file: 'oracle' },
} as const satisfies Readonly<Record<ProviderName, unknown>>;

/** The newest release of each that is recorded. */
const NEWEST = Object.fromEntries(PROVIDER_NAMES.map((name) => [name, PROVIDERS[name].releases.at(-1)])) as Record<
  ProviderName,
  string
>;

/** A recording whose release takes one argument more, and replaces a resource for another one. */
function madeUp(name: ProviderName): Buffer {
  const { type, argument } = SUBJECTS[name];
  const file = join(RECORDINGS.folder, recordingOf({ name, version: NEWEST[name] }));
  const recorded = JSON.parse(gunzipSync(readFileSync(file)).toString());
  recorded.resource_schemas[type].block.attributes.made_up = { type: 'string', optional: true };
  recorded.force_new[type] = [...new Set([...(recorded.force_new[type] ?? []), argument])];
  return gzipSync(JSON.stringify(recorded), { level: 1 });
}

const folder = mkdtempSync(join(tmpdir(), 'second-release-'));
const replaced: jest.ReplaceProperty<unknown>[] = [];

beforeAll(() => {
  for (const release of recordedReleases())
    symlinkSync(join(RECORDINGS.folder, recordingOf(release)), join(folder, recordingOf(release)));
  for (const name of PROVIDER_NAMES) {
    writeFileSync(join(folder, recordingOf({ name, version: MADE_UP })), madeUp(name));
    const releases = [...PROVIDERS[name].releases, MADE_UP];
    replaced.push(jest.replaceProperty(PROVIDERS, name, { ...PROVIDERS[name], releases }));
  }
  replaced.push(jest.replaceProperty(RECORDINGS, 'folder', folder));
});

afterAll(() => {
  for (const each of replaced) each.restore();
  rmSync(folder, { recursive: true });
});

describe.each(PROVIDER_NAMES)('a second release of %s', (name) => {
  const { type, argument, config, file } = SUBJECTS[name];
  const { source } = PROVIDERS[name];
  const version = NEWEST[name];

  test('is pinned by every stack of an estate that names it, and takes all of them', async () => {
    const path = join(ROOT, 'examples', `${file}.yaml`);
    const estate = { ...loadEstate(path).estate, providers: { [name]: MADE_UP } };
    const plan = resolve(estate, readLock(path), { estate: path, lock: path });
    await withFolder((outdir) => {
      synthesizePlan(plan, outdir);
      const { pinned, found, resources } = askRecorded(join(outdir, 'cdktf.out'));
      expect([pinned, found]).toEqual([[`${name} ${MADE_UP}`], []]);
      expect(resources).toBeGreaterThan(20);
    });
  });

  test('is what the local provider answers from', () => {
    const answer = (release: string) => {
      const provider = new LocalProvider({ name, version: release });
      const planned = (value: string) => ({ ...config, [argument]: value });
      const request = {
        typeName: type,
        priorState: { msgpack: encodeValue({ id: 'i', ...planned('before') }) },
        proposedNewState: { msgpack: encodeValue({ id: 'i', ...planned('after') }) },
        config: { msgpack: encodeValue(planned('after')) },
      };
      const { requiresReplace, plannedState } = Object(provider.answer('PlanResourceChange', request));
      return { replaces: JSON.stringify(requiresReplace).includes(argument), state: decodeValue(plannedState.msgpack) };
    };
    expect(answer(MADE_UP)).toMatchObject({ replaces: true, state: { [argument]: 'after', made_up: null } });
    expect(answer(version).replaces).toBe(false);
    expect(answer(version).state).not.toHaveProperty('made_up');
  });

  test('is what comparisons know, on the side that pins it', () => {
    const stack = (release: string, more: object) => ({
      terraform: { required_providers: { [name]: { source, version: release } } },
      resource: { [type]: { r: { ...config, ...more } } },
    });
    const compare = (from: string, to: string, more: object) => {
      const [found] = diffDocuments(
        { s: stack(from, { [argument]: 'a' }) },
        { s: stack(to, { [argument]: 'a', ...more }) },
      );
      return [found?.changes.map(told), found?.releases];
    };
    const change = { [argument]: 'b' };
    const releases = [{ provider: name, before: version, after: MADE_UP }];
    expect(compare(version, version, change)).toEqual([[`updated ${type}.r ${argument}`], undefined]);
    expect(compare(MADE_UP, MADE_UP, change)).toEqual([[`replaced ${type}.r because ${argument}`], undefined]);
    expect(compare(version, MADE_UP, change)).toEqual([[`replaced ${type}.r because ${argument}`], releases]);
    expect(compare(version, MADE_UP, {})).toEqual([[], releases]);
    expect(compare(version, MADE_UP, { made_up: 'x' })).toEqual([[`updated ${type}.r made_up`], releases]);
  });
});
