import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { init } from '../../cli/init';
import { updateLock } from '../../cli/lock';
import { EstateError } from '../../estate/diagnostics';
import { loadEstate } from '../../estate/spec/load';
import { estate } from '../helpers/cli';
import { withFolder } from '../helpers/synth';

describe('estate init', () => {
  test('writes a valid file from the command line and says what comes next', async () => {
    await withFolder(async (folder) => {
      const { code, stdout } = await estate(
        ['init', '--cloud', 'aws', 'azure', '--accelerator', 'b200', 'gb300', '--accelerators', '144'],
        folder,
      );
      expect([code, stdout]).toEqual([
        0,
        expect.stringContaining('  npx estate lock\n  npx estate plan --offline\n  npx estate runbook first-apply\n'),
      ]);
      const locked = await estate(['lock'], folder);
      const validated = await estate(['validate', '--strict'], folder);
      expect([locked.code, validated.code]).toEqual([0, 0]);
      expect(validated.stdout).toContain('estate atlas · 2 clouds, 2 sites, 2 clusters · 288 accelerators');
    });
  });

  test('asks for what it is not told', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'lab.yaml');
      const asked: string[] = [];
      const answers = ['lab', 'google, oracle', 'b200', '', 'gb300', '2'];
      const text = await init(file, {}, async (question, suggestion) => {
        asked.push(question);
        return answers[asked.length - 1] || suggestion;
      });
      expect(asked).toHaveLength(6);
      expect(asked[1]).toBe('Clouds, of aws, azure, google, oracle');
      expect(text).toContain(`npx estate lock ${file}`);
      const { clusters, name } = loadEstate(file).estate;
      expect(name).toBe('lab');
      expect(clusters.google?.pools.train).toMatchObject({ accelerator: 'b200', nodes: 8 });
      expect(clusters.oracle?.pools.train).toMatchObject({ accelerator: 'gb300', racks: 2 });
      expect(updateLock(file, { check: false, prune: false }).written).toBe(true);
    });
  });

  test('names a JSON Schema that is there: the one beside the file, else the one of the package', async () => {
    await withFolder(async (folder) => {
      const schemaOf = (file: string) => /\$schema=(\S+)/.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? '';
      await init(join(folder, 'one.yaml'), { cloud: ['aws'] });
      expect(schemaOf('one.yaml')).not.toBe('./estate.schema.json');
      expect(existsSync(join(folder, schemaOf('one.yaml')))).toBe(true);
      writeFileSync(join(folder, 'estate.schema.json'), '{}');
      await init(join(folder, 'two.yaml'), { cloud: ['aws'] });
      expect(schemaOf('two.yaml')).toBe('./estate.schema.json');
    });
  });

  test('fails when the file exists, and leaves it as it is', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'estate.yaml');
      writeFileSync(file, 'mine');
      await expect(init(file, { cloud: ['aws'] })).rejects.toThrow(/exists/);
      expect(readFileSync(file, 'utf8')).toBe('mine');
    });
  });

  test.each([
    [{ cloud: ['asw'] }, /no cloud "asw"; did you mean "aws"\?/],
    [{ cloud: ['aws'], accelerator: ['mi355x'] }, /AWS does not offer "mi355x"; Oracle Cloud does$/],
    [{ cloud: ['aws'], accelerator: ['b20O'] }, /AWS does not offer "b20O"; did you mean "b200"\?/],
    [
      { cloud: ['aws'], accelerator: ['gb300'] },
      /^AWS offers gb300 as p6e-gb300\.36xlarge, but does not publish "vcpus", .* and "efa" of it$/,
    ],
    [{ cloud: ['aws'], nodes: 'many' }, /"many" is not a size/],
    [{ cloud: ['aws'], nodes: '1', racks: '1' }, /sized in one unit, not in racks and nodes/],
    [{}, /no terminal to ask on/],
  ])('fails with %j and writes nothing', async (flags, message) => {
    await withFolder(async (folder) => {
      const file = join(folder, 'estate.yaml');
      await expect(init(file, flags)).rejects.toThrow(message);
      expect(existsSync(file)).toBe(false);
    });
  });

  test('fails when a size is not whole, with the sizes next to it', async () => {
    await withFolder(async (folder) => {
      const file = join(folder, 'estate.yaml');
      const run = init(file, { cloud: ['azure'], accelerator: ['gb300'], nodes: '20' });
      await expect(run).rejects.toThrow(EstateError);
      expect(existsSync(file)).toBe(false);
    });
  });
});
