import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { overview, pageOf } from '../../lab';
import { LABS, labOf, NEEDS } from '../../lab/labs';
import { FRR_PACKAGES, STRONGSWAN_PACKAGES } from '../../lab/links/packages';
import { chooseMirror, needProviders, providerFolder } from '../../lab/mirror';
import { resultsText, sectionsOf, sectionText, tellCommand, writeResults } from '../../lab/results';
import { PROVIDERS } from '../../provider/schema';
import { ROOT, runCommand } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

const LAB = { name: 'links', proves: 'links are there' };
const STAMP = { date: '2026-11-29', command: 'npm run lab -- links' };
const PART = { name: 'one', versions: ['google 7.45.0'], result: '3 of 4', problems: ['a: is\nwrong'], tables: ['t'] };

describe('the list of labs', () => {
  test('says of each what it does, proves, needs and takes, and how to get what is needed', () => {
    const text = overview();
    for (const { name, does, proves, needs } of LABS) {
      expect(text).toContain(`\n${name}\n  does:   ${does}\n  proves: ${proves}\n  needs:  ${needs.join(', ')}\n`);
      for (const need of needs) expect(text).toContain(`${need}: ${NEEDS[need].what}; ${NEEDS[need].get}`);
    }
  });

  test.each(LABS.map((lab) => [lab.name, lab] as const))('%s has a page, and parts of different names', (name, lab) => {
    expect(pageOf(lab)).toContain(`npm run lab -- ${name} [options]`);
    expect(pageOf(lab).includes('--providers DIR')).toBe(lab.needs.includes('providers'));
    const parts = lab.load().parts();
    expect(parts.length).toBeGreaterThan(0);
    expect(new Set(parts).size).toBe(parts.length);
    expect(labOf(name)).toBe(lab);
  });

  test.each(LABS.map(({ name }) => name))('%s stands in the README of the lab', (name) => {
    expect(readFileSync(join(ROOT, 'lab/README.md'), 'utf8')).toContain(`\`npm run lab -- ${name}\``);
  });
});

test('CI installs what the need for FRR and strongSwan names', () => {
  const [, packages = ''] = /^PACKAGES=\((.*)\)$/m.exec(readFileSync(join(ROOT, '.ci/install-routers'), 'utf8')) ?? [];
  expect(packages.split(' ')).toEqual([...FRR_PACKAGES, ...STRONGSWAN_PACKAGES]);
});

describe('npm run lab', () => {
  const lab = (...args: string[]) => runCommand([process.execPath, '--require', 'tsx/cjs', 'lab/index.ts', ...args]);

  test('lists the labs, and fails for one that is not there with those that are', async () => {
    expect(await lab()).toMatchObject({ code: 0, stdout: expect.stringContaining('second-plan\n  does:') });
    const { code, stderr } = await lab('bogus');
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^there is no lab "bogus"; there are second-plan/),
    });
  });
});

describe('results', () => {
  test('tell when, with what, what came out and what is wrong', () => {
    expect(sectionText({ ...PART, notes: ['slow'] }, STAMP)).toBe(
      [
        '2026-11-29, google 7.45.0: `npm run lab -- links`',
        '**3 of 4**',
        '```text\nt\n```',
        'What is not as it should be (1):',
        '- a: is\n  wrong',
        '- slow',
      ].join('\n\n'),
    );
  });

  test('keep the parts of other runs, drop those that are no more, and say what was never run', () =>
    withFolder((folder) => {
      const good = { ...PART, problems: [], result: '4 of 4' };
      const expected = ['zero', 'one', 'two'];
      writeResults(folder, LAB, [...expected, 'old'], [{ ...good, name: 'old' }, PART], STAMP);
      const file = writeResults(folder, LAB, expected, [{ ...good, name: 'two' }], { ...STAMP, date: '2026-11-30' });
      const text = readFileSync(file, 'utf8');
      expect(text).toContain(
        '| zero |  | not run |\n| one | 2026-11-29, google 7.45.0 | 3 of 4 |\n| two | 2026-11-30, google 7.45.0 | 4 of 4 |',
      );
      expect(text).toContain('2 of 3 parts run.');
      expect([...sectionsOf(text).keys()]).toEqual(['one', 'two']);
      expect(resultsText(LAB, expected, sectionsOf(text))).toBe(text);
    }));

  test('tell the command without what is of one machine only', () => {
    const args = ['--providers', '/m', '--keep=/tmp/x', '--estate', '/p/examples/a.yaml', '--cloud', 'google'];
    expect(tellCommand('links', args, '/p')).toBe(
      'npm run lab -- links --providers DIR --keep=DIR --estate examples/a.yaml --cloud google',
    );
  });
});

describe('the mirror of providers', () => {
  const { version, source } = PROVIDERS.google;

  test('fails where it has another version, with those that are there', () =>
    withFolder((folder) => {
      mkdirSync(join(folder, 'registry.terraform.io', source, '7.44.0'), { recursive: true });
      expect(() => needProviders(folder, ['google'])).toThrow(
        `with the provider ${source} ${version}; there is 7.44.0`,
      );
    }));

  test('fails where a provider is packed', () =>
    withFolder((folder) => {
      const own = join(folder, 'registry.terraform.io', source);
      mkdirSync(own, { recursive: true });
      writeFileSync(join(own, `terraform-provider-google_${version}_linux_amd64.zip`), '');
      expect(() => needProviders(folder, ['google'])).toThrow(
        `${source} ${version} is there, but packed; unpack it into`,
      );
      mkdirSync(providerFolder(folder, 'google'), { recursive: true });
      writeFileSync(join(providerFolder(folder, 'google'), `terraform-provider-google_v${version}_x5`), '');
      expect(() => needProviders(folder, ['google'])).not.toThrow();
    }));

  test('is the one of the Terraform CLI configuration where none is named', () =>
    withFolder((folder) => {
      const before = process.env.TF_CLI_CONFIG_FILE;
      try {
        process.env.TF_CLI_CONFIG_FILE = join(folder, 'terraform.rc');
        expect(() => chooseMirror(undefined)).toThrow('--providers names no folder');
        writeFileSync(
          process.env.TF_CLI_CONFIG_FILE,
          'provider_installation {\n  filesystem_mirror {\n    path = "/m"\n  }\n}',
        );
        expect(chooseMirror(undefined)).toBe('/m');
        expect(chooseMirror('/other')).toBe('/other');
      } finally {
        if (before === undefined) delete process.env.TF_CLI_CONFIG_FILE;
        else process.env.TF_CLI_CONFIG_FILE = before;
      }
    }));
});
