import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platform } from '../../../terraform/no-credentials/programs';

const ROOT = join(__dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'record-program-'));

afterAll(() => rmSync(folder, { recursive: true }));

/** A mirror whose provider is a script. */
function mirror(name: string, source: string, version: string, script: string): string {
  const at = join(folder, name);
  const [, provider] = source.split('/');
  const inside = join(at, 'registry.terraform.io', source, version, platform());
  mkdirSync(inside, { recursive: true });
  writeFileSync(join(inside, `terraform-provider-${provider}_v${version}_x5`), `#!/bin/sh\n${script}\n`, {
    mode: 0o755,
  });
  return at;
}

function record(...args: readonly string[]) {
  const folders = ['--work', join(folder, 'work'), '--out', join(folder, 'out'), '--reports', join(folder, 'reports')];
  const few = ['--estate', 'examples/minimal.yaml'];
  const command = ['--require', 'tsx/cjs', join(ROOT, 'tools/record.ts')];
  return spawnSync(process.execPath, [...command, ...folders, ...few, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

const served = (name: string) =>
  `cd '${ROOT}' && exec '${process.execPath}' --require tsx/cjs test/helpers/provider-program.ts ${name}`;

test('a provider is asked about some types, and a report says what differs; no recording is written of a part', () => {
  const providers = mirror('served', 'oracle/oci', '8.28.0', served('oci'));
  const { stderr, status } = record(
    'oci',
    '8.28.0',
    '--providers',
    providers,
    '--types',
    'oci_core_drg_attachments_list',
  );
  expect([status, stderr]).toEqual([0, expect.stringMatching(/1 types, \d+ questions, 0 without an answer/)]);
  expect(readFileSync(join(folder, 'reports/oci-8.28.0.md'), 'utf8')).toContain('# oci 8.28.0, compared with 8.28.0');
  expect(existsSync(join(folder, 'out'))).toBe(false);
  const again = record('oci', '8.28.0', '--providers', providers, '--types', 'oci_core_drg_attachments_list');
  expect(again.stderr).toMatch(/1 types are there from before\n1 types, 0 questions/);
});

test.each<[string, () => readonly string[], RegExp]>([
  ['an empty mirror', () => ['google', '8.0.0', '--providers', folder], /holds no hashicorp\/google 8\.0\.0 for/],
  [
    'a program that is none',
    () => ['google', '8.0.0', '--providers', mirror('none', 'hashicorp/google', '8.0.0', 'echo hello')],
    /is no provider that can be asked: it answered "hello"/,
  ],
  [
    'another provider',
    () => ['google', '8.0.0', '--providers', mirror('other', 'hashicorp/google', '8.0.0', served('oci'))],
    /is not the provider google/,
  ],
  [
    'a folder of reports that is a file',
    () => [
      'oci',
      '8.28.0',
      '--providers',
      mirror('own', 'oracle/oci', '8.28.0', served('oci')),
      '--types',
      'none',
      '--reports',
      join(ROOT, 'package.json'),
    ],
    /oci-8\.28\.0\.md cannot be written: .*\n.*--reports DIR/,
  ],
  [
    'a release to compare with that is not recorded',
    () => ['google', '8.0.0', '--from', '6.0.0'],
    /google 6\.0\.0 is not recorded\n--from names one of 7\.45\.0/,
  ],
])('%s is a clear error, and nothing is written', (_, args, reason) => {
  const { stderr, stdout, status } = record(...args());
  expect([status, stdout, stderr]).toEqual([2, '', expect.stringMatching(reason)]);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(existsSync(join(folder, 'out'))).toBe(false);
});
