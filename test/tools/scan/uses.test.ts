import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FINDINGS } from '../../../estate/catalog/findings';
import { readUses } from '../../../tools/scan';
import { targets } from '../../../tools/scan/targets';
import { ROOT } from '../../helpers/cli';

const uses = Object.entries(readUses());

describe('the reasons that examples need', () => {
  test('are written down for the default estate, every example, and what is off by default', () => {
    const examples = readdirSync(join(ROOT, 'examples')).filter((name) => !/\.(lock|exchange)\.json$/.test(name));
    const options = readdirSync(join(ROOT, 'tools/scan/options')).map((name) => `tools/scan/options/${name}`);
    const all = ['estate.yaml', ...examples.map((name) => `examples/${name}`), ...options].sort();
    expect(uses.map(([name]) => name).sort()).toEqual(all);
    expect(
      targets()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(all);
  });

  test('are reasons that there are, and all of them', () => {
    expect([...new Set(uses.flatMap(([, names]) => names))].sort()).toEqual(Object.keys(FINDINGS).sort());
  });

  test('are of clouds that the example has, by its name', () => {
    for (const [name, needed] of uses.filter(([name]) => /aws|azure|google|oracle/.test(name))) {
      const [cloud = ''] = /aws|azure|google|oracle/.exec(name) ?? [];
      expect([name, needed.filter((one) => !one.startsWith(`${cloud}-`))]).toEqual([name, []]);
    }
  });
});
