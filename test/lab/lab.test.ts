import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEstate } from '../../estate/spec/load';
import { providerFolder } from '../../lab/mirror';
import {
  type Changes,
  disagreements,
  NO_CHANGES,
  plannedChanges,
  promisedChanges,
} from '../../lab/second-plan/changes';
import { EDITS, makeEdit } from '../../lab/second-plan/edits';
import { type EditRun, judge } from '../../lab/second-plan/judge';
import { isBefore } from '../../lab/second-plan/laboratory';
import { parseOptions } from '../../lab/second-plan/options';
import { withAnswers, withoutOwnReads } from '../../lab/second-plan/own-reads';
import { kindOf, sentRequests } from '../../lab/second-plan/requests';
import { PROVIDERS, type ProviderName } from '../../provider/schema';
import { ROOT } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const DEFAULTS = { estates: ['estate.yaml'] };
const NOTHING_SENT = { create: [], update: [], delete: [] };

/** Puts something into a mirror that stands in for a provider. */
function bring(mirror: string, name: ProviderName): void {
  const folder = providerFolder(mirror, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `terraform-provider-${name}_v${PROVIDERS[name].version}`), '');
}

describe('the command line of the lab of second plans', () => {
  test('takes a mirror with the providers of the clouds that are asked for', () =>
    withFolder((folder) => {
      bring(folder, 'google');
      const args = ['--providers', folder, '--cloud', 'google', '--edit', 'tags', '--minutes', '5'];
      expect(parseOptions(args, DEFAULTS)).toMatchObject({
        providers: folder,
        clouds: ['google'],
        estates: [join(process.cwd(), 'estate.yaml')],
        again: true,
        edits: { run: true, named: 'tags' },
        madeUp: false,
        minutes: 5,
      });
      expect(parseOptions([...args, '--no-edits', '--made-up', '--estate', '/e.yaml'], DEFAULTS)).toMatchObject({
        edits: { run: false },
        madeUp: true,
        estates: ['/e.yaml'],
      });
      expect(parseOptions([...args, '--only-edits'], DEFAULTS)).toMatchObject({ again: false, edits: { run: true } });
      expect(() => parseOptions(['--providers', folder], DEFAULTS)).toThrow(
        /there is no .*hashicorp\/azurerm .*\n.*there is no .*oracle\/oci /,
      );
    }));

  test.each([
    [['--providers', '/nowhere', '--cloud', 'aws'], '--cloud aws is not one of google, azure, oracle'],
    [['--providers', '/nowhere', '--minutes', 'soon'], '--minutes soon is not a number of minutes'],
    [['--providers', '/nowhere'], 'there is no mirror /nowhere'],
    [['--bogus'], "Unknown option '--bogus'"],
  ])('fails for %j', (args, message) => {
    expect(() => parseOptions(args, DEFAULTS)).toThrow(message);
  });
});

const change = (address: string, ...actions: string[]) => ({ address, mode: 'managed', change: { actions } });
const changes = (more: Partial<Changes>): Changes => ({ ...NO_CHANGES, ...more });

test('reads the changes of a plan as Terraform shows it', () => {
  const shown = {
    resource_changes: [
      change('a.new', 'create'),
      change('a.kept', 'no-op'),
      change('a.other', 'update'),
      change('a.again', 'delete', 'create'),
      change('a.first', 'create', 'delete'),
      change('a.gone', 'delete'),
      change('a.left', 'forget'),
      { ...change('data.a.read', 'read'), mode: 'data' },
    ],
  };
  expect(plannedChanges(shown)).toEqual({
    created: ['a.new'],
    updated: ['a.other'],
    replaced: ['a.again', 'a.first'],
    destroyed: ['a.gone'],
    forgotten: ['a.left'],
  });
  expect(plannedChanges({})).toEqual(NO_CHANGES);
});

test('finds where a promise and a plan disagree, by address', () => {
  const promised = promisedChanges({
    stack: 's',
    created: ['a.one'],
    updated: [{ address: 'a.two' }],
    replaced: [],
    destroyed: ['a.three'],
  });
  expect(disagreements('s', promised, promised)).toEqual([]);
  expect(
    disagreements('s', promised, changes({ created: ['a.one'], replaced: ['a.two'], updated: ['a.four'] })),
  ).toEqual([
    's a.four: estate diff says unchanged, the provider plans updated',
    's a.three: estate diff says destroyed, the provider plans unchanged',
    's a.two: estate diff says updated, the provider plans replaced',
  ]);
});

const request = (method: string, path: string, status = 200) => ({
  method,
  path,
  status,
  host: '',
  query: '',
  body: {},
});

test.each([
  ['google', request('POST', '/compute/v1/projects/p/global/networks'), 'create'],
  ['google', request('POST', '/v1/projects/p/locations/l/clusters/c/nodePools/n:setSize'), 'update'],
  ['google', request('PATCH', '/v1/projects/p/locations/l/instances/i'), 'update'],
  ['google', request('DELETE', '/v1/projects/p/locations/l/instances/i'), 'delete'],
  ['google', request('POST', '/v1/projects/p/services/s:disable'), 'delete'],
  ['oracle', request('POST', '/20160918/vcns'), 'create'],
  ['oracle', request('POST', '/n/ns/b/'), 'create'],
  ['oracle', request('POST', '/n/ns/b/bucket'), 'update'],
  ['oracle', request('PUT', '/20160918/vcns/x'), 'update'],
  ['oracle', request('POST', '/20180608/keys/k/actions/scheduleDeletion'), 'delete'],
  ['oracle', request('POST', '/20160918/networkSecurityGroups/g/actions/removeSecurityRules'), 'delete'],
  ['oracle', request('POST', '/20180222/clusters/c/kubeconfig/content'), undefined],
  ['azure', request('PUT', '/subscriptions/s/resourceGroups/g', 201), 'create'],
  ['azure', request('PUT', '/subscriptions/s/resourceGroups/g', 200), 'update'],
  ['azure', request('POST', '/keys/k/create'), 'create'],
  ['azure', request('DELETE', '/subscriptions/s/resourceGroups/g'), 'delete'],
  ['azure', request('DELETE', '/subscriptions/s/resourceGroups/g', 404), undefined],
] as const)('a request to %s: %j asks to %s', (cloud, sent, kind) => {
  expect(kindOf(cloud, sent)).toBe(kind);
  const sorted = sentRequests(cloud, [sent]);
  expect(Object.entries(sorted).flatMap(([name, all]) => (all.length > 0 ? [name] : []))).toEqual(kind ? [kind] : []);
});

describe('the judgement of an edit', () => {
  const run = (more: Partial<EditRun>): EditRun => ({
    stacks: [{ stack: 's', promised: NO_CHANGES, planned: NO_CHANGES }],
    refused: false,
    errors: [],
    sent: NOTHING_SENT,
    left: [],
    ...more,
  });
  const both = (some: Changes) => [{ stack: 's', promised: some, planned: some }];

  test.each<[string, Partial<EditRun>, object, string[]]>([
    ['that does nothing', {}, { isHarmless: true }, []],
    [
      'that updates',
      { stacks: both(changes({ updated: ['a.b'] })), sent: { ...NOTHING_SENT, update: ['PUT /b'] } },
      { isHarmless: true },
      [],
    ],
    [
      'that sends what was not promised',
      { sent: { ...NOTHING_SENT, update: ['PUT /b'] } },
      {},
      ['estate diff says nothing changes, PUT /b was sent'],
    ],
    [
      'that deletes behind the back of an update',
      {
        stacks: both(changes({ updated: ['a.b'] })),
        sent: { ...NOTHING_SENT, delete: ['DELETE /b', 'DELETE /c', 'DELETE /d', 'DELETE /e'] },
      },
      {},
      ['estate diff says nothing is destroyed, DELETE /b, DELETE /c, DELETE /d and 1 more was sent'],
    ],
    [
      'of a tag that replaces',
      {
        stacks: both(changes({ replaced: ['a.b'] })),
        sent: { create: ['POST /b'], update: [], delete: ['DELETE /b'] },
      },
      { isHarmless: true },
      ['it has to destroy nothing, but does: 0/0/1/0, 1 deleting requests'],
    ],
    [
      'whose members are granted inside of a policy',
      {
        stacks: both(changes({ created: ['google_project_iam_member.a'] })),
        sent: { ...NOTHING_SENT, update: ['POST /p:setIamPolicy'] },
      },
      {},
      [],
    ],
    ['that does not end', { left: ['s: 0/1/0/0 a.b'] }, {}, ['planned once more: s: 0/1/0/0 a.b']],
    ['that is refused as it should be', { refused: true, errors: ['cannot be destroyed'] }, { isRefused: true }, []],
    ['that should be refused', {}, { isRefused: true }, ['estate diff does not refuse it']],
    ['that fails', { errors: ['boom'] }, {}, ['boom']],
  ])('%s', (_, some, promise, problems) => {
    expect(judge(run(some), promise)).toEqual(problems);
  });
});

describe('the edits of the lab', () => {
  const estates = new Map(
    ['google', 'azure', 'oracle'].map((cloud) => [
      cloud,
      readFileSync(join(ROOT, 'lab/second-plan/estates', `${cloud}.yaml`), 'utf8'),
    ]),
  );

  test('are at least forty, some of each cloud and of each kind, each with a name of its own', () => {
    expect(EDITS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(EDITS.map(({ cloud, name }) => `${cloud} ${name}`)).size).toBe(EDITS.length);
    for (const cloud of estates.keys()) {
      const kinds = new Set(EDITS.filter((edit) => edit.cloud === cloud).map(({ name }) => name.split(':')[0]));
      for (const kind of [
        'tags',
        'grow',
        'shrink',
        'label',
        'taint',
        'admins',
        'lustre',
        'retention',
        'zone',
        'kubernetes',
        'pool',
      ]) {
        expect([cloud, kind, kinds.has(kind)]).toEqual([cloud, kind, true]);
      }
    }
  });

  test.each(EDITS.map((edit) => [`${edit.cloud}, ${edit.name}`, edit] as const))('%s can be made', (_, edit) => {
    const text = estates.get(edit.cloud) ?? '';
    const edited = makeEdit(text, edit);
    expect(edited).not.toBe(text);
    expect(() => parseEstate(edited, 'estate.yaml')).not.toThrow();
  });

  test('fail when the estate does not say what they change', () => {
    expect(() => makeEdit('name: a', { name: 'x', swaps: [['b', 'c']] })).toThrow('does not say "b"');
  });
});

test('a data source that reads a resource of its own stack is that resource where states are made up', () => {
  const json = {
    data: {
      azurerm_key_vault_key: { newest: { name: 'k', depends_on: ['azurerm_key_vault_key.key'] } },
      oci_identity_availability_domains: { all: { compartment_id: 'c' } },
    },
    resource: { a: { b: { key: `\${data.azurerm_key_vault_key.newest.id}` } } },
  };
  expect(withoutOwnReads(json)).toEqual({
    data: { oci_identity_availability_domains: { all: { compartment_id: 'c' } } },
    resource: { a: { b: { key: `\${azurerm_key_vault_key.key.id}` } } },
  });
  // As stacks write it: by a local value, so that Terraform asks at once.
  const local = {
    locals: { name: `\${element(split("/", azurerm_key_vault_key.key.versionless_id), 4)}` },
    data: { azurerm_key_vault_key: { newest: { name: `\${local.name}`, key_vault_id: '/v' } } },
    resource: { a: { b: { key: `\${data.azurerm_key_vault_key.newest.id}` } } },
  };
  expect(withoutOwnReads(local)).toEqual({
    locals: local.locals,
    resource: { a: { b: { key: `\${azurerm_key_vault_key.key.id}` } } },
  });
  expect(withoutOwnReads({ resource: {} })).toEqual({ resource: {} });
});

test.each([
  ['e-main-foundation', 'e-iowa-network', true],
  ['e-main-foundation', 'e-other-foundation', false],
  ['e-iowa-network', 'e-iowa-2-cluster', true],
  ['e-iowa-network', 'e-iowa-storage', true],
  ['e-iowa-network', 'e-ohio-cluster', false],
  ['e-iowa-network', 'e-iowa-network', false],
  ['e-iowa-cluster', 'e-iowa-network', false],
])('%s is applied before %s: %s', (name, other, expected) => {
  expect(isBefore(name, other)).toBe(expected);
});

test('what a data source was told stands in its place where states are made up', () => {
  const json = {
    data: { google_logging: { logs: { project: 'p' } }, terraform_remote_state: { other: {} } },
    output: { of: { depends_on: ['data.google_logging.logs', 'a.b'] } },
    resource: {
      a: {
        b: { member: `serviceAccount:\${data.google_logging.logs.account}`, c: `\${data.google_logging.logs.list[0]}` },
      },
    },
  };
  const state = (mode: string) => [
    { mode, type: 'google_logging', name: 'logs', instances: [{ attributes: { account: 'a "b"', list: ['c'] } }] },
    { mode, type: 'terraform_remote_state', name: 'other', instances: [] },
  ];
  expect(withAnswers(json, state('data'))).toEqual({
    data: { terraform_remote_state: { other: {} } },
    output: { of: { depends_on: ['a.b'] } },
    resource: { a: { b: { member: `serviceAccount:\${${JSON.stringify('a "b"')}}`, c: `\${["c"][0]}` } } },
  });
  expect(withAnswers(json, state('managed'))).toBe(json);
});

test('the lab is no part of the package', () => {
  const { files } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  expect(files).toEqual(['dist', 'bin/estate.js', 'bin/load.js', 'estate.schema.json', 'CHANGELOG.md', 'NOTICE']);
  const { include } = JSON.parse(readFileSync(join(ROOT, 'tsconfig.build.json'), 'utf8'));
  expect(include).not.toContain('lab');
  expect(existsSync(join(ROOT, 'lab', 'README.md'))).toBe(true);
});
