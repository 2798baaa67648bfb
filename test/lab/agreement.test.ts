import { ask, localRespondent, NoAnswer, type Respondent, realRespondent } from '../../lab/agreement/ask';
import { emittedBases, madeUpBases } from '../../lab/agreement/bases';
import { configuration, copyOf, normalized, refusedByCore } from '../../lab/agreement/configuration';
import { agree, type Measured, measure } from '../../lab/agreement/measure';
import { MUTATION_KINDS, MUTATIONS } from '../../lab/agreement/mutations';
import { parseOptions } from '../../lab/agreement/options';
import { giveAt, takeAt } from '../../lab/agreement/paths';
import { disagreement, toldAgreement } from '../../lab/agreement/report';
import { slotsIn } from '../../lab/agreement/slots';
import { knownBlock, sampleBlock, subjectOf } from '../../lab/agreement/subject';
import type { RealProvider } from '../../provider/real/provider';
import { type BlockSchema, loadProvider, PROVIDER_NAMES } from '../../provider/schema';
import { encodeValue, isWhollyKnown, UNKNOWN } from '../../provider/values';
import { REFUSAL } from '../../terraform/no-credentials/loopback';
import { Random } from '../../tools/fuzz/random';

const BLOCK: BlockSchema = {
  attributes: {
    name: { type: 'string', required: true },
    count: { type: 'number', optional: true },
    ids: { type: ['set', 'string'], optional: true },
    tags: { type: ['map', 'string'], optional: true },
  },
  block_types: {
    rule: { nesting_mode: 'list', max_items: 2, block: { attributes: { port: { type: 'number', required: true } } } },
    group: { nesting_mode: 'set', block: { attributes: { key: { type: 'string', optional: true } } } },
    one: { nesting_mode: 'single', block: {} },
  },
};

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('it is not there');
  return value;
}

describe('a configuration', () => {
  test('is what Terraform sends: of the types of the schema, whole, and unknown where an expression decides', () => {
    const json = {
      name: 7,
      count: '3',
      ids: ['a', `\${x.y.id}`],
      tags: { a: `\${local.b}` },
      rule: { port: '80' },
      dynamic: { group: { for_each: [], content: {} } },
      lifecycle: { prevent_destroy: true },
    };
    expect(configuration(BLOCK, json)).toEqual({
      name: '7',
      count: 3,
      ids: ['a', UNKNOWN],
      tags: { a: UNKNOWN },
      rule: [{ port: 80 }],
      group: UNKNOWN,
      one: null,
    });
    expect(configuration(BLOCK, {})).toEqual({
      ...{ name: null, count: null, ids: null, tags: null, rule: [], group: [], one: null },
    });
  });

  test('holds nothing twice in a set', () => {
    const config = { ...configuration(BLOCK, { name: 'n', ids: ['a', 'a'] }), group: [{ key: 'k' }, { key: 'k' }] };
    expect(normalized(BLOCK, config)).toMatchObject({ ids: ['a'], group: [{ key: 'k' }] });
  });

  test.each([
    [{ name: 'n' }, []],
    [{}, ['name is required']],
    [{ name: `\${a.b}`, rule: [{}] }, ['rule.port is required']],
    [{ name: 'n', rule: [{ port: 1 }, { port: 2 }, { port: 3 }] }, ['rule stands there 3 times']],
  ])('%j is refused by Terraform itself for %j', (json, problems) => {
    expect(refusedByCore(BLOCK, configuration(BLOCK, json))).toEqual(problems);
  });

  test('can be copied, and made known', () => {
    const subject = required(subjectOf('google', 'google_container_node_pool'));
    const json = {
      cluster: `\${c.d.id}`,
      location: 'l',
      node_config: { service_account: `\${a.b}`, tags: [`\${x.y}`] },
    };
    const config = configuration(subject.block, json);
    const copy = copyOf(config);
    expect(copy).toEqual(config);
    expect(copy.node_config).not.toBe(config.node_config);
    const known = knownBlock(new Random(1), subject, subject.block, config);
    expect([isWhollyKnown(config), isWhollyKnown(known)]).toEqual([false, true]);
    expect(known).toMatchObject({ location: 'l', cluster: expect.any(String) });
  });
});

describe('places in a configuration', () => {
  const subject = required(subjectOf('azurerm', 'azurerm_kubernetes_cluster'));
  const random = new Random(3);

  test('are given with the blocks on their way, and taken wherever they stand', () => {
    const config = sampleBlock(random, subject, subject.block, '');
    expect(giveAt(random, subject, config, 'auto_scaler_profile.expander')).toBe(true);
    expect(config.auto_scaler_profile).toEqual([expect.objectContaining({ expander: expect.any(String) })]);
    takeAt(subject.block, config, 'auto_scaler_profile.expander');
    expect(config.auto_scaler_profile).toEqual([expect.objectContaining({ expander: null })]);
    takeAt(subject.block, config, 'auto_scaler_profile');
    expect(config.auto_scaler_profile).toEqual([]);
    expect(giveAt(random, subject, config, 'no.such.thing')).toBe(false);
    expect(giveAt(random, subject, config, 'fqdn')).toBe(false);
  });

  test('are the attributes of all blocks that stand there, without the id that the SDK keeps', () => {
    const config = sampleBlock(random, subject, subject.block, '');
    const paths = slotsIn(subject.block, config).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['name', 'fqdn', 'default_node_pool.vm_size']));
    expect(paths).not.toContain('id');
    expect(paths).not.toContain('auto_scaler_profile.expander');
  });
});

test.each(PROVIDER_NAMES)('made-up configurations of %s pass the local provider and Terraform', async (provider) => {
  const local = localRespondent(provider);
  for (const type of new Random(5).shuffle(Object.keys(loadProvider(provider).resource_schemas)).slice(0, 12)) {
    const [first] = madeUpBases(provider, type, 1);
    if (first === undefined) continue;
    expect(refusedByCore(first.subject.block, first.config)).toEqual([]);
    expect(await local.validate(type, first.config)).toEqual([]);
  }
});

test('what constructs emit is taken once for each shape', () => {
  const network = { name: 'a', auto_create_subnetworks: false };
  const documents = [
    {
      resource: { google_compute_network: { one: network, two: { ...network, name: 'b' } }, terraform_data: { x: {} } },
    },
    { resource: { google_compute_network: { three: { name: 'c' } }, azurerm_subnet: { other: {} } } },
  ];
  const bases = emittedBases('google', documents);
  expect(bases.map(({ config }) => config.name)).toEqual(['a', 'c']);
});

/** Providers that say what they are told to. */
const saying = (errors: readonly string[]): Respondent => ({ validate: async () => errors, plan: async () => [] });

function measured(real: Respondent, more: { readonly count?: number; readonly seed?: number } = {}): Promise<Measured> {
  return measure({
    provider: 'google',
    types: ['google_compute_firewall', 'google_storage_bucket', 'google_container_node_pool', 'google_kms_crypto_key'],
    emitted: [],
    count: 60,
    seed: 1,
    real,
    local: localRespondent('google'),
    ...more,
  });
}

describe('the lab', () => {
  test('mutates in all ways that it knows, the same ones for the same seed', async () => {
    const local = localRespondent('google');
    const [one, again, other] = await Promise.all([measured(local), measured(local), measured(local, { seed: 2 })]);
    expect(one).toEqual(again);
    expect(one.answered.map(({ what }) => what)).not.toEqual(other.answered.map(({ what }) => what));
    expect(new Set(one.answered.map(({ kind }) => kind)).size).toBeGreaterThan(14);
    expect(one.answered.every(agree)).toBe(true);
  });

  test('tells what only one of both refuses', async () => {
    const { answered } = await measured(saying([]));
    const stricter = answered.filter((one) => !agree(one));
    expect(stricter.length).toBeGreaterThan(10);
    expect(stricter.every(({ local }) => local.errors.length > 0)).toBe(true);
    const told = toldAgreement('google', {
      answered,
      unanswered: ['x: died'],
      bases: { tried: 4, refused: [] },
      skipped: [],
    });
    expect(told.problems).toEqual(stricter.map(disagreement));
    expect(told.result).toContain(`agrees on ${60 - stricter.length} of 60 mutated configurations`);
    expect(told.notes?.join()).toContain('gave no answer: x: died');
  });

  test('counts what the real provider says only once everything is known, and says that it comes late', async () => {
    const local = localRespondent('google');
    // As the SDK does: it looks at nothing in which something is unknown.
    const real: Respondent = {
      ...local,
      validate: async (type, config) => (isWhollyKnown(config) ? local.validate(type, config) : []),
    };
    const subject = required(subjectOf('google', 'google_kms_crypto_key'));
    const config = configuration(subject.block, { name: 'k', key_ring: `\${a.b.id}` });
    const emitted = [{ subject, config, source: 'emitted' as const }];
    const { answered } = await measure({
      ...{ provider: 'google', types: [], emitted, count: 60, seed: 1, real, local },
    });
    expect(answered.every(agree)).toBe(true);
    expect(answered.some((one) => one.real.isLate === true)).toBe(true);
  });

  test('goes on where the real provider gives no answer, without counting the question', async () => {
    const local = localRespondent('google');
    let asked = 0;
    const real: Respondent = {
      ...local,
      validate: async (type, config) => {
        asked += 1;
        if (asked % 10 === 0) throw new NoAnswer('died');
        return local.validate(type, config);
      },
    };
    const { answered, unanswered } = await measured(real, { count: 40 });
    expect(answered).toHaveLength(40);
    expect(unanswered.length).toBeGreaterThan(0);
    for (const text of unanswered) expect(text).toMatch(/^google_\w+: the provider ended$/);
  });

  test.each(MUTATION_KINDS)('%s changes a copy only', (kind) => {
    const subject = required(subjectOf('azurerm', 'azurerm_kubernetes_cluster'));
    const [base] = madeUpBases('azurerm', subject.type, 1);
    const before = encodeValue(required(base).config);
    for (let seed = 0; seed < 5; seed += 1) {
      const config = copyOf(required(base).config);
      MUTATIONS[kind]({ random: new Random(seed), subject, config });
    }
    expect(encodeValue(required(base).config)).toEqual(before);
  });
});

describe('a verdict', () => {
  test('is that of the plan where validation passes', async () => {
    expect(await ask(saying(['no']), 't', {})).toEqual({ errors: ['no'], stage: 'validate' });
    expect(await ask({ ...saying([]), plan: async () => ['late'] }, 't', {})).toEqual({
      errors: ['late'],
      stage: 'plan',
    });
    expect(await ask({ ...saying([]), plan: async () => undefined }, 't', {})).toEqual({
      ...{ errors: [], stage: 'validate', isHalf: true },
    });
  });

  test('leaves out what is refused for the service only', async () => {
    const subject = required(subjectOf('oci', 'oci_core_subnet'));
    const json = { compartment_id: 'c', vcn_id: 'v', cidr_block: 'banana' };
    expect(await localRespondent('oci').validate(subject.type, configuration(subject.block, json))).toEqual([]);
  });

  test('of the real provider is half where its plan asked for a network', async () => {
    const finding = (summary: string, isError = true) => ({ isError, summary, detail: '', path: [] });
    const provider = (summary: string): RealProvider => ({
      schemas: () => Promise.reject(new Error('not asked')),
      validate: async () => [finding('old', false)],
      plan: async () => ({
        planned: null,
        replaces: [],
        plannedPrivate: new Uint8Array(),
        diagnostics: [finding(summary)],
      }),
      end: () => undefined,
    });
    expect(await ask(realRespondent(provider('no such tier')), 't', {})).toEqual({
      errors: ['no such tier'],
      stage: 'plan',
    });
    expect(await ask(realRespondent(provider(`403 ${REFUSAL}`)), 't', {})).toMatchObject({ errors: [], isHalf: true });
  });
});

test.each([
  [['--provider', 'aws'], '--provider aws is not one of azurerm, google, oci'],
  [['--count', '0'], '--count 0 is not a whole number from 1 on'],
  [['--seed', 'x'], '--seed x is not a whole number from 1 on'],
  [['--bogus'], "Unknown option '--bogus'"],
  [['--providers', '/nowhere'], 'there is no mirror /nowhere'],
])('the command line fails for %j', (args, message) => {
  expect(() => parseOptions(args)).toThrow(message);
});
