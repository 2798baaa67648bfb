import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from '../../bin/estate';
import { RUNBOOKS, VIEWS } from '../../cli/choices';
import { isJsonDocument, JSON_DOCUMENTS, jsonDocumentSchema } from '../../cli/json';
import { planJson, planReport } from '../../cli/plan-report';
import { schemas } from '../../tools/reference';
import { estate, ROOT } from '../helpers/cli';
import { expectDocument } from '../helpers/json';
import { withFolder } from '../helpers/synth';

/** Runs a command in a folder with the smallest estate, edited. */
function printed(args: readonly string[], edit: (text: string) => string = (text) => text) {
  return withFolder(async (folder) => {
    const text = readFileSync(join(ROOT, 'examples/minimal.yaml'), 'utf8');
    cpSync(join(ROOT, 'examples/minimal.lock.json'), join(folder, 'estate.lock.json'));
    writeFileSync(join(folder, 'base.yaml'), text);
    cpSync(join(ROOT, 'examples/minimal.lock.json'), join(folder, 'base.lock.json'));
    writeFileSync(join(folder, 'estate.yaml'), edit(text));
    return estate([...args, '--json'], folder);
  });
}

/** Views of what the default estate has none of. */
const LINKED: readonly string[] = ['replication'];

const misspelt = (text: string) => text.replace(/accelerator: \w+/, 'accelerator: b3000');

test('every command that knows --json has a document, the views of show and the runbooks one each', () => {
  const commands = commandLine().commands.filter(({ options }) => options.some(({ long }) => long === '--json'));
  const names = commands.flatMap((command) => {
    if (command.name() === 'show') return VIEWS.map((view) => `show-${view}`);
    // How keys are made is text.
    if (command.name() === 'exchange') return ['exchange-import', 'exchange-show'];
    return command.name() === 'runbook'
      ? [...RUNBOOKS, 'pool'].map((runbook) => `runbook-${runbook}`)
      : [command.name()];
  });
  // What a part of a plan writes is a document too, which no command prints.
  expect([...names, 'plan-shard'].sort()).toEqual(Object.keys(JSON_DOCUMENTS));
});

test('the schemas that are committed are those of the documents (npm run reference)', () => {
  for (const [path, text] of Object.entries(schemas())) {
    expect([path, readFileSync(join(ROOT, path), 'utf8')]).toEqual([path, text]);
  }
});

test('the schemas say what every key means, and allow keys that a later release adds', () => {
  const nodes: Record<string, unknown>[] = [];
  const visit = (path: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = value as Record<string, unknown>;
    nodes.push(node);
    for (const [key, member] of Object.entries((node.properties ?? {}) as Record<string, Record<string, unknown>>))
      expect([`${path}.${key}`, typeof member.description]).toEqual([`${path}.${key}`, 'string']);
    for (const [key, member] of Object.entries(node)) visit(`${path}.${key}`, member);
  };
  for (const name of Object.keys(JSON_DOCUMENTS).filter(isJsonDocument)) visit(name, jsonDocumentSchema(name));
  expect(nodes.length).toBeGreaterThan(200);
  expect(nodes.filter((node) => node.additionalProperties === false)).toEqual([]);
});

describe('what is printed with --json is what its schema says', () => {
  test.each(VIEWS)('estate show %s', async (view) => {
    const { stdout } = await estate([
      'show',
      view,
      LINKED.includes(view) ? 'examples/linked.yaml' : 'estate.yaml',
      '--json',
    ]);
    const document = JSON.parse(stdout);
    // The estate has no links and grants: tests of test/estate/report have some.
    const rows =
      view === 'links' || view === 'identity' ? [document.rows] : (document.unpriced ?? document.rows ?? document);
    expect(rows.length).toBeGreaterThan(0);
    expectDocument(`show-${view}`, stdout);
  });

  test('estate show spend and commitments, of an estate with prices', async () => {
    const prices = `
prices:
  currency: USD
  rows:
    - { storeKind: object, price: 41 USD, per: month, source: made up for this test, date: 2026-11-02 }
    - { storeKind: lustre, price: 145 USD, per: TiB-month, source: made up for this test, date: 2026-11-02 }
commitments:
  all: { cloud: aws, amount: 1B USD, start: 2026-01-01, years: 7, ramp: [{ by: 2027-12-31, amount: 1M USD }] }
`;
    for (const args of [
      ['spend', '--by', 'month', '--from', '2027-01-01'],
      ['spend', '--at', '2027-01-01'],
      ['commitments'],
    ]) {
      const { stdout, code } = await printed(['show', ...args], (text) => `${text}${prices}`);
      expect(code).toBe(0);
      expectDocument(args[0] === 'spend' ? 'show-spend' : 'show-commitments', stdout);
    }
  });

  test('estate validate, of estates with and without mistakes', async () => {
    const wrong = await printed(['validate'], misspelt);
    expect([wrong.code, JSON.parse(wrong.stdout).ok]).toEqual([2, false]);
    for (const { stdout } of [wrong, await estate(['validate', '--json'])]) expectDocument('validate', stdout);
  });

  test('estate lock, where it is written and where it is not', async () => {
    for (const args of [['lock'], ['lock', '--accept', 'nothing']])
      expectDocument('lock', (await printed(args)).stdout);
  });

  test('estate runbook first-apply, with what exists already', async () => {
    for (const file of ['estate.yaml', 'examples/existing.yaml'])
      expectDocument('runbook-first-apply', (await estate(['runbook', 'first-apply', file, '--json'])).stdout);
  });

  test('estate rules and estate explain', async () => {
    for (const args of [[], ['StoreSize']])
      expectDocument('rules', (await estate(['rules', ...args, '--json'])).stdout);
    for (const path of ['clusters.virginia.pools.b300', 'state.bucket', 'owner.costCenter', 'stores.*.kind'])
      expectDocument('explain', (await estate(['explain', path, '--json'])).stdout);
  });

  test('estate simulate, of one thing and of the worst of some', async () => {
    for (const lose of ['aws', 'any 2 sites', 'region:us-west-2']) {
      const { code, stdout } = await printed(['simulate', '--lose', lose, '--at', '2026-12-07']);
      expect(code).toBe(0);
      expectDocument('simulate', stdout);
    }
  });

  test('estate validate, of waivers that end and have ended', async () => {
    const policy = `
policy:
  regions: { deny: [us-west-2] }
  waivers: [{ rule: PolicyRegion, path: sites.oregon, reason: moves in March, until: 2027-03-31 }]
`;
    const on = async (day: string) => {
      const { code, stdout } = await printed(['validate', '--at', day], (text) => `${text}${policy}`);
      expectDocument('validate', stdout);
      const { ok, diagnostics } = JSON.parse(stdout);
      return [code, ok, diagnostics.map((found: { code: string }) => found.code)];
    };
    expect(await on('2026-11-29')).toEqual([0, true, []]);
    expect(await on('2027-03-15')).toEqual([0, true, ['WaiverEnds']]);
    expect(await on('2027-04-01')).toEqual([3, false, ['WaiverEnded']]);
  });

  test('estate diff, with an answer and without one', async () => {
    const wrong = await printed(['diff', 'base.yaml'], misspelt);
    expect([wrong.code, JSON.parse(wrong.stdout).diagnostics.length]).toEqual([2, 1]);
    const right = await printed(['diff', 'base.yaml']);
    expect([right.code, JSON.parse(right.stdout).ok]).toEqual([0, true]);
    for (const { stdout } of [wrong, right]) expectDocument('diff', stdout);
  });

  test('estate plan, of stacks that are planned, wait or fail', () => {
    const row = { stack: 'one', cloud: 'google', layer: 'cluster', tool: 'terraform' } as const;
    const counts = { created: 1, updated: 0, replaced: 0, destroyed: 0, seconds: 0.1 };
    const findings = [{ estate: 'clusters.one', at: 'estate.yaml:3', address: '', construct: '', text: 'no' }];
    const stacks = [
      { ...row, ...counts },
      { ...row, ...counts, waitsFor: ['two'], assumes: ['three'] },
      { ...row, ...counts, error: 'no', findings },
    ];
    expectDocument('plan', planJson(planReport(stacks, ['text'], 1000)));
  });
});

test('a key that the schema does not have is noticed', () => {
  const row = { code: 'One', severity: 'error', summary: 'it is', why: 'it must' };
  expect(JSON_DOCUMENTS.rules.safeParse([row]).success).toBe(true);
  expect(JSON_DOCUMENTS.rules.safeParse([{ ...row, more: 1 }]).success).toBe(false);
});

test('estate schema prints the schema of a document, and names those that there are', async () => {
  const found = await estate(['schema', 'plan']);
  expect([found.code, JSON.parse(found.stdout).title]).toEqual([0, 'estate plan --json']);
  const missing = await estate(['schema', 'plam']);
  expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('did you mean "plan"?')]);
  expect(missing.stderr).toContain(
    'documents: bundle, cache, diff, exchange-import, exchange-show, explain, job, lock, plan, plan-shard, rules, runbook-first-apply, runbook-pool, runbook-queue, show-access, show-addresses',
  );
});
