import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Facts, readFacts } from '../../../tools/facts/rows';
import { withFolder } from '../../helpers/synth';

/** The facts in made-up files. */
function read(files: Readonly<Record<string, string>>): Promise<Facts> {
  return withFolder((folder) => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return readFacts(folder);
  });
}

const named = ({ rows }: Facts) => rows.map(({ name }) => name);

describe('rows of facts', () => {
  test('are found in a folder that nobody listed, with the line and the names that lead to them', async () => {
    const text = `export const LIMITS = {
  nodes: { value: 1, source: 'https://learn.microsoft.com/azure/aks', checked: '2026-11' },
};
`;
    expect((await read({ 'brand/new/table.ts': text })).rows).toEqual([
      {
        file: 'brand/new/table.ts',
        line: 2,
        name: 'LIMITS nodes',
        cloud: 'azure',
        source: 'https://learn.microsoft.com/azure/aks',
        checked: '2026-11',
      },
    ]);
  });

  test('are read through constants, members, templates, spreads, functions and other modules', async () => {
    const facts = await read({
      'a.ts': `import { PAGE, stamp } from './b';
const READ = { checked: '2026-10' } as const;
const ROW = { type: 'aws_thing', source: \`\${PAGE}/one.html\`, ...READ };
const CPU = { source: PAGE, ...READ } as const;
const cpu = (type: string, { more }: { more: string }) => ({ ...CPU, type, unverified: \`size; \${more}\` });
export const ROWS = [ROW, cpu('small', { more: 'price' }), { ...CPU, type: 'large' }];
export const LATER = stamp('later');
`,
      'b.ts': `export const PAGE = 'https://docs.aws.amazon.com';
export function stamp(name: string) {
  const checked = '2026-09';
  return { name, source: PAGE + '/x', checked };
}
`,
    });
    expect(facts.unlisted).toEqual([]);
    expect(facts.rows.map(({ name, source, checked, unverified }) => [name, source, checked, unverified])).toEqual([
      ['ROW', 'https://docs.aws.amazon.com/one.html', '2026-10', undefined],
      ['ROWS small', 'https://docs.aws.amazon.com', '2026-10', 'size; price'],
      ['ROWS large', 'https://docs.aws.amazon.com', '2026-10', undefined],
      ['LATER', 'https://docs.aws.amazon.com/x', '2026-09', undefined],
    ]);
  });

  test('tell what is assumed of their parts', async () => {
    const text = `const quota = (id: string) => ({ id, unverified: 'its id' });
const PART = { quota: quota('x'), unverified: 'its size' };
export const MACHINE = { ...PART, source: 'https://example.com', checked: '2026-11' };
`;
    const facts = await read({ 'a.ts': text });
    expect(facts.unlisted).toEqual([]);
    expect(facts.rows.map(({ name, unverified }) => [name, unverified])).toEqual([
      ['MACHINE', 'quota: its id; its size'],
    ]);
  });

  test('are each source that a condition may choose', async () => {
    const text = `const [ONE, TWO] = ['https://example.com/one', 'https://example.com/two'];
const PAGE = 'https://example.com/page';
export const rowOf = (isBoth: boolean) => ({ source: isBoth ? \`\${PAGE}; also\` : PAGE, checked: '2026-11' });
`;
    expect((await read({ 'a.ts': text })).rows.map(({ source }) => source)).toEqual([
      'https://example.com/page; also; https://example.com/page',
    ]);
  });

  test('are not what is copied from another row', async () => {
    const text = `export const ROW = { source: 'https://example.com', checked: '2026-11' };
export const told = ({ source, checked }: typeof ROW) => ({ source, checked });
export const RULE = { code: 'X', source: ROW.source };
export const COPY = { ...ROW, checked: ROW.checked };
export const schema = (text: string) => text;
`;
    expect(named(await read({ 'a.ts': text }))).toEqual(['ROW', 'COPY']);
  });

  test('of JSON are those with a source and a month', async () => {
    const text = JSON.stringify(
      { source: 'validators of google 7.45.0', checked: '2026-11', google: { a: 1 } },
      undefined,
      1,
    );
    const { rows } = await read({ 'rules/x.json': text, 'rules/y.json': '{"source": "https://example.com"}' });
    expect(rows).toEqual([
      {
        file: 'rules/x.json',
        line: 2,
        name: '',
        cloud: 'google',
        source: 'validators of google 7.45.0',
        checked: '2026-11',
      },
    ]);
  });

  test('of tests, examples and what is installed are none', async () => {
    const text = `export const ROW = { source: 'https://example.com', checked: '2026-11' };\n`;
    const { rows } = await read({
      'test/a.ts': text,
      'examples/a.ts': text,
      'node_modules/a.ts': text,
      '.gen/a.ts': text,
    });
    expect(rows).toEqual([]);
  });

  test.each([
    [`export const A = { source: 'https://example.com', value: 1 };`, 'has a `source` without `checked`'],
    [`export const A = { value: 1, unverified: 'all of it' };`, 'is unverified, without `source` and `checked`'],
    [
      `export const A = { source: 'https://example.com', checked: new Date().toISOString() };`,
      'has a `checked` that is no',
    ],
    [`export const A = { source: String(process.pid), checked: '2026-11' };`, 'has a `source` that is no constant'],
  ])('that cannot be listed are said: %s', async (text, why) => {
    const { rows, unlisted } = await read({ 'a.ts': text });
    expect(rows).toEqual([]);
    expect(unlisted).toEqual([{ file: 'a.ts', line: 1, why: expect.stringContaining(why) }]);
  });
});
