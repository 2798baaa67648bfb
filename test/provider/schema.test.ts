import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { loadProvider, PROVIDER_NAMES, PROVIDERS } from '../../provider/schema';

test.each(PROVIDER_NAMES)('the recorded schema of %s is of the provider and version that it says', (name) => {
  const recorded = loadProvider(name);
  expect(recorded.source).toBe(`registry.terraform.io/${PROVIDERS[name].source}`);
  expect(Object.keys(recorded.resource_schemas).length).toBeGreaterThan(1000);
  expect(loadProvider(name)).toBe(recorded);
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
    expect(() => loadProvider('oci', folder)).toThrow(/cannot be read/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
