import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { conformBlock } from '../../../provider/conform';
import { parseHandshake } from '../../../provider/real/program';
import { NoAnswer, openRealProvider, type RealProvider } from '../../../provider/real/provider';
import { loadProvider } from '../../../provider/schema';
import { isObject, UNKNOWN } from '../../../provider/values';

const ROOT = join(__dirname, '../../..');
const { block } = loadProvider('google').resource_schemas.google_storage_bucket ?? { block: {} };

describe('the line by which a program says where it listens', () => {
  test('names the address and the protocol', () => {
    expect(parseHandshake('1|5|unix|/tmp/plugin1|grpc|\n')).toEqual({ address: 'unix:/tmp/plugin1', protocol: 5 });
    expect(parseHandshake('1|6|tcp|127.0.0.1:1234|grpc|')).toEqual({ address: '127.0.0.1:1234', protocol: 6 });
  });

  test.each(['', 'hello', '1|4|unix|/tmp/plugin1|grpc', '1|5|unix|/tmp/plugin1|netrpc', '2|5|unix|/tmp/plugin1|grpc'])(
    'is not %j',
    (line) => expect(parseHandshake(line)).toBeUndefined(),
  );
});

test('a configuration is completed with everything that is not given', () => {
  const nested = {
    nesting_mode: 'list',
    block: { attributes: { a: { type: 'string' }, b: { type: 'bool' } } },
  } as const;
  const schema = { attributes: { name: { type: 'string' } }, block_types: { rule: nested, other: nested } } as const;
  expect(conformBlock(schema, { rule: [{ a: 'x' }] })).toEqual({ name: null, rule: [{ a: 'x', b: null }], other: [] });
});

describe('a provider that runs as a program of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'real-provider-'));
  const program = (name: string, script: string) => {
    const file = join(folder, name);
    writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  };
  const served = program(
    'served',
    `cd '${ROOT}' && exec '${process.execPath}' --require tsx/cjs test/helpers/provider-program.ts google`,
  );
  let provider: RealProvider;

  beforeAll(async () => {
    provider = await openRealProvider({ file: served, env: process.env, configuration: { project: 'test' } });
  });
  afterAll(() => {
    provider.end();
    rmSync(folder, { recursive: true });
  });

  test('tells its schemas as they are recorded', async () => {
    const { resource_schemas: schemas } = await provider.schemas();
    expect(schemas.google_storage_bucket?.block).toEqual(block);
    expect(Object.keys(schemas)).toEqual(Object.keys(loadProvider('google').resource_schemas));
  });

  test('says what is wrong, and where', async () => {
    const findings = await provider.validate(
      'google_storage_bucket',
      conformBlock(block, { name: 'a', location: 'US', ip_filter: [{ mode: 'Perhaps' }] }),
    );
    expect(findings).toEqual([expect.objectContaining({ isError: true, path: ['ip_filter', 0, 'mode'] })]);
  });

  test('plans a resource, and what a change of it replaces', async () => {
    const config = conformBlock(block, { name: 'a', location: 'US' });
    const made = await provider.plan('google_storage_bucket', { prior: null, proposed: config, config });
    const planned = isObject(made.planned) ? made.planned : {};
    expect(planned).toMatchObject({ name: 'a', self_link: UNKNOWN, storage_class: 'STANDARD' });
    const prior = { ...planned, self_link: 'x' };
    const moved = { ...prior, location: 'EU' };
    const change = await provider.plan('google_storage_bucket', { prior, proposed: moved, config: moved });
    expect(change.replaces).toEqual([['location']]);
  });

  test.each([
    ['says nothing of the kind', 'echo hello; sleep 60', /it answered "hello"/],
    ['ends', 'echo nothing to do >&2; exit 3', /it ended with 3: nothing to do/],
  ])('is refused when it %s', async (name, script, reason) => {
    const file = program(name.replaceAll(' ', '-'), script);
    await expect(openRealProvider({ file, env: process.env, configuration: {} })).rejects.toThrow(reason);
  });

  test('is started anew after a question that it did not answer in time', async () => {
    const hasty = await openRealProvider({ file: served, env: process.env, configuration: {}, timeoutMs: 1 });
    const config = conformBlock(block, { name: 'a', location: 'US' });
    await expect(hasty.validate('google_storage_bucket', config)).rejects.toThrow(NoAnswer);
    await expect(hasty.schemas()).resolves.toHaveProperty('resource_schemas.google_storage_bucket');
    hasty.end();
  });
});
