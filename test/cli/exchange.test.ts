import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkKeys } from '../../cli/exchange-keys';
import type { ShownExchange } from '../../cli/exchange-show';
import { estate, ROOT } from '../helpers/cli';
import { expectDocument } from '../helpers/json';
import { linkedEstate, planOf } from '../helpers/linked';
import { withFolder } from '../helpers/synth';

const LINKS = `
links:
  a: { between: [oregon, virginia] }
  b: { between: [virginia, iowa] }
  home: { between: [oregon], to: { onPremises: { name: dublin, asn: 65010, addresses: [198.51.100.10, 198.51.100.11], prefixes: [10.240.0.0/12] } } }
`;

const GATEWAYS = {
  'mini-virginia-gateway': {
    exchange: '{"estate":"mini","gateways":{"virginia":{"addresses":["20.1.1.1","20.1.1.2"]}}}',
  },
  'mini-iowa-gateway': { exchange: '{"estate":"mini","gateways":{"iowa":{"addresses":["34.1.1.1","34.1.1.2"]}}}' },
};

/** Runs in a folder with a linked estate that is locked. */
function linked(run: (folder: string, command: (...args: string[]) => ReturnType<typeof estate>) => Promise<void>) {
  return withFolder(async (folder) => {
    const text = readFileSync(join(ROOT, 'examples/minimal.yaml'), 'utf8');
    cpSync(join(ROOT, 'examples/minimal.lock.json'), join(folder, 'estate.lock.json'));
    writeFileSync(join(folder, 'estate.yaml'), `${text}${LINKS}`);
    writeFileSync(join(folder, 'gateways.json'), JSON.stringify(GATEWAYS, undefined, 2));
    expect((await estate(['lock'], folder)).code).toBe(0);
    await run(folder, (...args) => estate(args, folder));
  });
}

describe('estate exchange', () => {
  test('shows what waits and what comes next, imports it, and has less to wait for', () =>
    linked(async (folder, command) => {
      const before = await command('exchange', 'show');
      expect(before.stdout).toContain('4 halves of links wait for what other stacks tell');
      expect(before.stdout).toContain(
        'npx cdktf deploy mini-iowa-gateway --ignore-missing-stack-dependencies --outputs-file mini-iowa-gateway.outputs.json',
      );
      const done = await command('exchange', 'import', 'gateways.json', '--json');
      expect([done.code, done.stderr]).toEqual([0, '']);
      expectDocument('exchange-import', done.stdout);
      expect(JSON.parse(done.stdout)).toMatchObject({
        written: true,
        added: ['gateways.iowa.addresses', 'gateways.virginia.addresses'],
        pending: { halves: [{ stack: 'mini-a-virginia-link', from: ['mini-a-oregon-link'] }] },
      });
      const text = readFileSync(join(folder, 'estate.exchange.json'), 'utf8');
      const again = await command('exchange', 'import', 'gateways.json');
      expect(again.stdout).toContain('estate.exchange.json is up to date: 2 entries, 0 new, 0 replaced, 2 as before');
      expect(readFileSync(join(folder, 'estate.exchange.json'), 'utf8')).toBe(text);
      const shown = (await command('exchange', 'show', '--json')).stdout;
      expectDocument('exchange-show', shown);
      const home = (JSON.parse(shown) as ShownExchange).links.find(({ link }) => link === 'home');
      expect(home?.sides.map(({ site, engineersWaitFor }) => [site, engineersWaitFor])).toEqual([
        ['oregon', undefined],
        ['dublin', 'mini-home-oregon-link'],
      ]);
      expect((await command('exchange', 'show')).stdout).toContain(
        '  dublin: makes nothing of its own\n    waits  public addresses of the gateway, which mini-home-oregon-link tells once it is applied\n',
      );
    }));

  test('imports what pods have to know of stores, from outputs that stacks have had all along', () =>
    withFolder(async (folder) => {
      const store = 'scratch: { kind: lustre, site: iowa, capacityGiB: 72000, throughputMBpsPerTiB: 125 }';
      const text = `${readFileSync(join(ROOT, 'examples/minimal.yaml'), 'utf8')}\nstores:\n  ${store}\n`;
      cpSync(join(ROOT, 'examples/minimal.lock.json'), join(folder, 'estate.lock.json'));
      writeFileSync(join(folder, 'estate.yaml'), text);
      expect((await estate(['lock'], folder)).code).toBe(0);
      const mount = { 'store-scratch-mount': { sensitive: false, type: 'string', value: '10.64.0.3@tcp:/l0a1b2c3' } };
      writeFileSync(join(folder, 'mini-iowa-storage.outputs.json'), JSON.stringify(mount));
      const done = await estate(['exchange', 'import', 'mini-iowa-storage.outputs.json'], folder);
      expect([done.code, done.stderr]).toEqual([0, '']);
      expect(done.stdout).toContain('estate.exchange.json written: 1 entry, 1 new');
      expect(JSON.parse(readFileSync(join(folder, 'estate.exchange.json'), 'utf8'))).toEqual({
        version: 1,
        estate: 'mini',
        mounts: { scratch: '10.64.0.3@tcp:/l0a1b2c3' },
      });
      const gone = readFileSync(join(folder, 'estate.exchange.json'), 'utf8').replace('"scratch"', '"gone"');
      writeFileSync(join(folder, 'estate.exchange.json'), gone);
      const { stderr } = await estate(['validate'], folder);
      expect(stderr).toContain('warning ExchangeStale  mounts.gone');
      expect(stderr).toContain('the estate has no store that a stack makes "gone"');
    }));

  test('writes nothing where one of the files is wrong, and tells all that is', () =>
    linked(async (folder, command) => {
      writeFileSync(join(folder, 'foreign.json'), JSON.stringify(GATEWAYS).replaceAll('\\"mini\\"', '\\"other\\"'));
      writeFileSync(join(folder, 'broken.json'), '{');
      const { code, stderr } = await command(
        'exchange',
        'import',
        'gateways.json',
        'foreign.json',
        'broken.json',
        'none.json',
      );
      expect(code).toBe(2);
      for (const part of [
        'ExchangeForeign',
        'broken.json:1:1  ExchangeOutputs',
        'none.json does not exist',
        '4 errors',
      ])
        expect(stderr).toContain(part);
      expect(existsSync(join(folder, 'estate.exchange.json'))).toBe(false);
    }));

  test('leaves out what the estate has no place for, and refuses a file of nothing else', () =>
    linked(async (folder, command) => {
      const gone = { s: { exchange: '{"estate":"mini","gateways":{"gone":{"id":"tgw-0a1b2c3d4e5f60718"}}}' } };
      writeFileSync(join(folder, 'gone.json'), JSON.stringify(gone));
      const alone = await command('exchange', 'import', 'gone.json');
      expect([alone.code, existsSync(join(folder, 'estate.exchange.json'))]).toEqual([2, false]);
      expect(alone.stderr).toContain('ExchangeUnknown  gateways.gone.id');
      const both = await command('exchange', 'import', 'gone.json', 'gateways.json');
      expect([both.code, both.stderr.includes('warning ExchangeUnknown')]).toEqual([0, true]);
    }));

  test('validate tells what waits, and what in the file is of nothing any more, which --prune removes', () =>
    linked(async (folder, command) => {
      await command('exchange', 'import', 'gateways.json');
      const path = join(folder, 'estate.exchange.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace('"iowa"', '"gone"'));
      const { code, stdout, stderr } = await command('validate');
      expect(code).toBe(0);
      expect(stderr).toContain('estate.exchange.json:6:7  warning ExchangeStale  gateways.gone.addresses');
      expect(stdout).toContain('2 halves of links wait');
      const json = await command('validate', '--json');
      expectDocument('validate', json.stdout);
      expect(JSON.parse(json.stdout).pending.next.slice(0, 2)).toEqual([
        expect.stringMatching(/^npx cdk deploy mini-oregon-gateway --exclusively/),
        expect.stringMatching(/^npx cdk deploy mini-a-oregon-link --exclusively/),
      ]);
      expect((await command('validate', '--strict')).code).toBe(2);
      expect((await command('exchange', 'import', '--prune')).stdout).toContain(
        '0 new, 0 replaced, 0 as before, 1 removed',
      );
      expect(readFileSync(path, 'utf8')).not.toContain('gone');
    }));

  test('every command refuses a file that is wrong, beside what else is wrong', () =>
    linked(async (folder, command) => {
      writeFileSync(join(folder, 'estate.exchange.json'), '{ "version": 1, "estate": "other" }');
      const foreign = await command('validate');
      expect(foreign.code).toBe(2);
      expect(foreign.stderr).toContain('estate.exchange.json:1:27  ExchangeForeign');
      writeFileSync(join(folder, 'estate.exchange.json'), '<<<<<<< ours\n');
      writeFileSync(join(folder, 'estate.lock.json'), readFileSync(join(ROOT, 'examples/minimal.lock.json')));
      const { code, stderr } = await command('validate');
      expect(code).toBe(2);
      for (const part of ['LockStale', 'ExchangeInvalid', 'merge conflict']) expect(stderr).toContain(part);
    }));

  test('says what it does where it is asked for something else', () =>
    linked(async (_folder, command) => {
      for (const [args, said] of [
        [['shw'], 'did you mean "show"?'],
        [['import'], 'no file is named to import'],
        [['keys'], 'links: a, b, home'],
        [['keys', 'aa'], 'there is no link "aa"'],
        [['keys', 'a', '--json'], 'leave out --json'],
        [['show', '--prune'], '--prune is an option of import'],
      ] as const) {
        const { code, stderr } = await command('exchange', ...args);
        expect([code, stderr.includes(said)]).toEqual([1, true]);
      }
    }));
});

const OREGON = 'arn:aws:s3:::mini-oregon-1a2b';

test('a half that is made and carries nothing is told, and applied again once the other one has told of itself', () =>
  withFolder(async (folder) => {
    const text = readFileSync(join(ROOT, 'examples/minimal.yaml'), 'utf8');
    const ohio = '  ohio: { account: aws, region: us-east-2, zones: [us-east-2a, us-east-2b] }\n';
    const more = `links:
  west: { between: [oregon, ohio] }
stores:
  data: { kind: object, site: ohio }
  copy: { kind: object, site: oregon }
replication:
  back: { from: data, to: copy }
`;
    cpSync(join(ROOT, 'examples/minimal.lock.json'), join(folder, 'estate.lock.json'));
    writeFileSync(join(folder, 'estate.yaml'), `${text.replace('sites:\n', `sites:\n${ohio}`)}${more}`);
    const command = (...args: string[]) => estate(args, folder);
    const tells = (stack: string, parts: object) => {
      const exchange = JSON.stringify({ estate: 'mini', ...parts });
      writeFileSync(join(folder, `${stack}.json`), JSON.stringify({ [stack]: { Exchange: exchange } }));
      return `${stack}.json`;
    };
    expect((await command('lock')).code).toBe(0);
    expect((await command('exchange', 'show')).stdout).toContain(
      '1 replication waits for what other stacks tell, and nothing else does:\n  back of data in copy: stores.copy, from mini-oregon-storage',
    );
    const files = [
      tells('gateways', {
        gateways: { oregon: { id: 'tgw-0a1b2c3d4e5f60718' }, ohio: { id: 'tgw-0a1b2c3d4e5f60719' } },
      }),
      tells('asked', { peerings: { west: { ohio: 'tgw-attach-0a1b2c3d4e5f60718' } } }),
    ];
    const asked = await command('exchange', 'import', ...files);
    expect(asked.stdout).toContain(
      '1 half of a link is incomplete: nothing goes through until it is applied again with\n  west at ohio: peerings.west.oregon, from mini-west-oregon-link',
    );
    expect(asked.stdout).not.toContain('Nothing waits any more');
    const shown = await command('exchange', 'show', '--json');
    expectDocument('exchange-show', shown.stdout);
    expect(JSON.parse(shown.stdout).links[0].sides[0]).toMatchObject({
      state: 'incomplete',
      completes: ['peerings.west.oregon'],
    });
    expect((await command('show', 'links')).stdout).toMatch(/west +peering +ohio - oregon .*1 fact to come/);
    const accepted = tells('accepted', { peerings: { west: { oregon: 'tgw-attach-0a1b2c3d4e5f60718' } } });
    const store = tells('store', { stores: { copy: { id: OREGON } } });
    const done = await command('exchange', 'import', accepted, store);
    expect(done.stdout.split('Is applied again, if it was before:\n')[1]).toBe(
      [
        '  npx cdk deploy mini-ohio-storage --exclusively --outputs-file mini-ohio-storage.outputs.json',
        '  npx cdk deploy mini-oregon-storage --exclusively --outputs-file mini-oregon-storage.outputs.json',
        '  npx cdk deploy mini-west-ohio-link --exclusively --outputs-file mini-west-ohio-link.outputs.json',
        'Nothing waits any more.\n',
      ].join('\n'),
    );
  }));

describe('estate exchange keys', () => {
  const plan = planOf(
    linkedEstate({
      a: { between: ['eastus2', 'ohio'] },
      b: { between: ['iowa', 'phoenix'] },
      c: { between: ['eastus2', 'phoenix'] },
      west: { between: ['ohio', 'oregon'] },
      far: { between: ['ohio', 'phoenix'], via: 'eastus2' },
    }),
  );

  test('prints commands that keep a key for each tunnel where AWS reads it, and give it to Terraform', () => {
    const text = linkKeys('a', plan);
    expect(text).toContain('account 111122223333 in us-east-2');
    expect(text).toContain(
      'new_key | aws secretsmanager create-secret --name atlas/links/a/4 --secret-string file:///dev/stdin --region us-east-2',
    );
    expect(text).toContain(
      'export TF_VAR_preshared_key_a_4="$(aws secretsmanager get-secret-value --secret-id atlas/links/a/4',
    );
    expect(text.match(/create-secret/g)).toHaveLength(4);
  });

  test('keeps them at another cloud where AWS is none of the ends', () => {
    expect(linkKeys('b', plan)).toContain('gcloud secrets create atlas-links-b-1 --data-file=-');
    expect(linkKeys('c', plan)).toContain('az keyvault secret set --vault-name "$vault" --name atlas-links-c-1');
  });

  test('hands the key of an order from the end that makes it to the one that takes it', () => {
    const { links: _links, ...estate } = linkedEstate({});
    const sites = {
      ...estate.sites,
      virginia: { ...estate.sites.iowa, region: 'us-east4' },
      oregon: { ...estate.sites.oregon, region: 'us-east-1' },
    };
    const { links } = linkedEstate({ d: { between: ['oregon', 'virginia'], kind: 'interconnect' } });
    const text = linkKeys('d', planOf(Object.assign(estate, { sites, links }) as ReturnType<typeof linkedEstate>));
    expect(text).toContain(
      'export TF_VAR_circuit_key_d_1="$(terraform -chdir=cdktf.out/stacks/atlas-d-virginia-link output -raw circuit-key-1)"',
    );
    expect(text).toContain(
      'npx cdk deploy atlas-d-oregon-link --exclusively --parameters CircuitKey1="$TF_VAR_circuit_key_d_1"',
    );
  });

  test('tells engineers of the company how they read a key, and nothing of Terraform where only AWS has it', () => {
    const to = {
      onPremises: { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['10.240.0.0/16'] },
    };
    const text = linkKeys('hq', planOf(linkedEstate({ hq: { between: ['ohio'], to } })));
    expect(text).toContain(
      '# The engineers at dublin read each of them so, and put it into their devices:\n#   aws secretsmanager get-secret-value --secret-id atlas/links/hq/1',
    );
    expect(text).not.toMatch(/2\.|Terraform/);
  });

  test('says where a link has none', () => {
    expect(linkKeys('west', plan)).toBe('Link west has no keys: the provider joins its own networks without.');
    expect(linkKeys('far', plan)).toBe('Link far has no keys: it leads through eastus2, whose own links have them.');
  });

  test('prints what a shell reads, and keys that all clouds take', () => {
    for (const link of ['a', 'b', 'c']) execFileSync('bash', ['-n'], { input: linkKeys(link, plan) });
    const make = linkKeys('a', plan)
      .split('\n')
      .find((line) => line.startsWith('new_key()'));
    const keys = execFileSync('bash', ['-c', `${make}; new_key; echo; new_key`], { encoding: 'utf8' }).split('\n');
    for (const key of keys) expect(key).toMatch(/^[A-Za-z][A-Za-z0-9]{39}$/);
    expect(keys[0]).not.toBe(keys[1]);
  });
});
