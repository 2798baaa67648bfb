import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainReport } from '../../cli/explain';
import { estate, ROOT } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const POOL = 'clusters.eastus2.pools.train';

/** A folder with an estate file, and its lock where it has one. */
function withEstate<T>(body: (file: string) => T, { lock = true, edit = (text: string) => text } = {}): Promise<T> {
  return withFolder((folder) => {
    const file = join(folder, 'estate.yaml');
    writeFileSync(file, edit(readFileSync(join(ROOT, 'examples/azure.yaml'), 'utf8')));
    if (lock) copyFileSync(join(ROOT, 'examples/azure.lock.json'), join(folder, 'estate.lock.json'));
    return body(file);
  });
}

describe('estate explain', () => {
  test('prints the meaning, the value and what was resolved', async () => {
    const { code, stdout, stderr } = await estate(['explain', 'clusters.virginia.pools.gb200.racks']);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^clusters\.virginia\.pools\.gb200\.racks\n {2}meaning +Size in whole racks/);
    expect(stdout).toMatch(/\n {2}value +4 {2}\(estate\.yaml:\d+:\d+\)\n/);
    expect(stdout).toMatch(/\nresolved to\n {2}size +4 racks of 18 nodes: 72 nodes, 288 accelerators\n/);
  });

  test('prints one JSON document', async () => {
    const document: unknown = JSON.parse(await withEstate((file) => explainReport(`${POOL}.accelerator`, file, true)));
    expect(document).toMatchObject({
      path: `${POOL}.accelerator`,
      meaning: expect.any(String),
      type: 'string',
      required: false,
      value: 'gb300',
      at: { line: expect.any(Number), column: expect.any(Number) },
      resolved: [
        { what: 'machine', value: expect.any(String), because: expect.any(String), source: expect.any(String) },
      ],
    });
  });

  test('explains without a lock, and says what could not be resolved', async () => {
    const text = await withEstate((file) => explainReport(`${POOL}.accelerator`, file, false), { lock: false });
    expect(text).toMatch(/meaning +Accelerator key/);
    expect(text).toMatch(
      /\n\nnot resolved: the lock file does not exist; run "npx estate lock .*" and commit the result$/,
    );
  });

  test('fails with exit code 1 for a path that leads nowhere, without a stack trace', async () => {
    const { code, stdout, stderr } = await estate(['explain', 'clusters.virginia.poolz']);
    expect([code, stdout]).toEqual([1, '']);
    const first = [
      'site',
      'kubernetes',
      'addons',
      'controlPlaneTier',
      'mounts',
      'workload',
      'access',
      'logs',
      'alarms',
    ];
    const shown = [...first, 'binaryAuthorization', 'policyAddon', 'systemPool'].map((key) => `"${key}"`).join(', ');
    expect(stderr).toBe(
      `"clusters.virginia" has no "poolz"; did you mean "pools"?\nit may have ${shown} … (19 in all)\n`,
    );
  });

  test.each([
    ['is missing', ['nowhere.yaml'], /nowhere\.yaml does not exist/],
    ['is invalid', [], /UnknownAccelerator/],
  ])('fails with exit code 2 when the estate %s', async (_what, args, message) => {
    const edit = (text: string) => text.replace('gb300', 'gb3000');
    const { code, stdout, stderr } = await withEstate((file) => estate(['explain', POOL, ...args], join(file, '..')), {
      edit,
    });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});
