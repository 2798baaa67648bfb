import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { planTexts } from '../cli/diff';
import type { Plan } from '../estate/plan/types';
import { ROOT } from './helpers/cli';
import { readTree, synthesizePlan, withFolder } from './helpers/synth';

const text = readFileSync(join(ROOT, 'examples/minimal.yaml'), 'utf8');
const lock = readFileSync(join(ROOT, 'examples/minimal.lock.json'), 'utf8');

/** The plan of the minimal estate under another name, from the lock that it had before. */
function planOf(names: string): Plan {
  const renamed = text.replace('name: mini\n', `${names}\n`);
  return planTexts({ name: 'estate.yaml', text: renamed, lock, lockName: 'estate.lock.json', isPast: false }).plan;
}

/** What tools deploy, by file. */
const documents = (plan: Plan) =>
  withFolder((folder) => {
    synthesizePlan(plan, folder);
    const files = Object.entries(readTree(folder));
    return Object.fromEntries(files.filter(([path]) => /\.template\.json$|cdk\.tf\.json$/.test(path)));
  });

test('a renamed estate keeps every name, stack and address, and says the new name in labels only', async () => {
  const [before, after] = [planOf('name: mini'), planOf('name: borealis\nrenamedFrom: mini')];
  expect([after.name, after.tags.estate]).toEqual(['borealis', 'borealis']);
  expect(after.addresses).toEqual(before.addresses);
  const [one, other] = await Promise.all([documents(before), documents(after)]);
  expect(Object.keys(other)).toEqual(Object.keys(one));
  const labels = Object.values(other).join('\n');
  expect(labels).toMatch(/"borealis"/);
  expect(labels.replaceAll('"borealis"', '')).not.toContain('borealis');
  const unlabelled = Object.entries(other).map(([path, document]) => [
    path,
    document.replaceAll('"borealis"', '"mini"'),
  ]);
  expect(Object.fromEntries(unlabelled)).toEqual(one);
});

test('an estate that is renamed without a word is another one', () => {
  const [before, after] = [planOf('name: mini'), planOf('name: borealis')];
  expect(before.sites('aws')[0]?.stacks.network).toMatch(/^mini-/);
  expect(after.sites('aws')[0]?.stacks.network).toMatch(/^borealis-/);
});
