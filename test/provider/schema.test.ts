import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadProvider, PROVIDERS, recordedReleases } from '../../provider/schema';

test.each(recordedReleases())('the recorded schema of $name $version is of the provider that it says', (release) => {
  const { name, version } = release;
  const recorded = loadProvider(name, version);
  expect(recorded).toMatchObject(release);
  expect(recorded.source).toBe(`registry.terraform.io/${PROVIDERS[name].source}`);
  expect(Object.keys(recorded.resource_schemas).length).toBeGreaterThan(1000);
  expect(loadProvider(name, version)).toBe(recorded);
  expect(Object.keys(recorded.force_new).length).toBeGreaterThan(500);
});

test.each([
  ['missing', undefined],
  ['no gzip', Buffer.from('hello')],
  ['no JSON', gzipSync('hello')],
  ['no schema', gzipSync('{}')],
])('fails when the file is %s, saying how to restore it', (_, content) => {
  const folder = mkdtempSync(join(tmpdir(), 'offline-schemas-'));
  try {
    if (content !== undefined) writeFileSync(join(folder, `oci-${PROVIDERS.oci.version}.json.gz`), content);
    expect(() => loadProvider('oci', undefined, folder)).toThrow(/cannot be read/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
