import type { Diagnostic } from '../../../estate/diagnostics';
import { countLine, diagnosticsJson, formatAcknowledged, formatDiagnostics } from '../../../estate/report/diagnostics';
import { findingsIn } from '../spec/fixtures';

const TRAIN = '      train: { accelerator: b2000, accelerators: 4096 }';
const FOUND: Diagnostic = {
  code: 'UnknownAccelerator',
  severity: 'error',
  path: 'clusters.ohio-b200.pools.train.accelerator',
  value: 'b2000',
  message: '"b2000" is not in the catalog; did you mean "b200"?',
  at: { file: 'estate.yaml', line: 14, column: 29, length: 5, text: TRAIN },
};
const plain = (diagnostics: readonly Diagnostic[], width?: number) =>
  formatDiagnostics(diagnostics, { color: false, width });
const at = (text: string, column: number, length = 1) => ({ file: 'estate.yaml', line: 1, column, length, text });

test('shows the source line, a caret under the value and the message', () => {
  expect(plain([FOUND])).toBe(
    `estate.yaml:14:29  UnknownAccelerator  clusters.ohio-b200.pools.train.accelerator
   14 | ${TRAIN}
      |                             ^^^^^ "b2000" is not in the catalog; did you mean "b200"?

1 error`,
  );
});

test('says where and what in lines of their own where one is too long', () => {
  const long = { ...FOUND, at: { ...at(TRAIN, 29, 5), file: `${'folder/'.repeat(9)}estate.yaml` } };
  expect(plain([long], 120).split('\n').slice(0, 3)).toEqual([
    `${'folder/'.repeat(9)}estate.yaml:1:29`,
    '  UnknownAccelerator',
    '  clusters.ohio-b200.pools.train.accelerator',
  ]);
});

test('shows the hint below and marks warnings', () => {
  const text = plain([{ ...FOUND, severity: 'warning', hint: 'write b200' }]);
  expect(text).toContain('estate.yaml:14:29  warning UnknownAccelerator');
  expect(text).toContain('\n      = write b200\n\n1 warning');
});

test('keeps findings without a place, such as a missing file', () => {
  const missing = { code: 'FileMissing', severity: 'error', path: '', message: 'a.yaml does not exist' } as const;
  expect(plain([{ ...missing, hint: 'name another' }])).toBe(
    'FileMissing\n  a.yaml does not exist\n = name another\n\n1 error',
  );
});

test('groups findings by file and counts them', () => {
  const other = { ...FOUND, severity: 'warning', at: { ...at('x', 1), file: 'other.yaml' } } as const;
  const files = [...plain([FOUND, other, FOUND]).matchAll(/^(\w+\.yaml):/gm)].map(([, file]) => file);
  expect(files).toEqual(['estate.yaml', 'estate.yaml', 'other.yaml']);
  expect(countLine([FOUND, other, FOUND])).toBe('2 errors, 1 warning');
  expect(countLine([])).toBe('no findings');
});

test('shows so many findings and counts the rest', () => {
  const many = Array.from({ length: 5000 }, () => FOUND);
  const text = plain(many);
  expect(text.match(/estate\.yaml:14:29 {2}UnknownAccelerator/g)).toHaveLength(200);
  expect(text).toContain('\n\n… and 4,800 more, which --json lists: 4,800 UnknownAccelerator\n\n5,000 errors');
});

test.each([40, 60, 80, 120])(
  'keeps every line within %d columns and cuts long source lines around the caret',
  (width) => {
    const line = `${'a: { b: 1 }, '.repeat(20_000)}HERE${', c: { d: 2 }'.repeat(20_000)}`;
    const long = {
      ...FOUND,
      message: 'word '.repeat(60).trim(),
      hint: 'hint '.repeat(60).trim(),
      at: at(line, 260_001, 4),
    };
    const lines = plain([long], width)
      .split('\n')
      .filter((each) => !/^(estate| {2}(Unknown|clusters))/.test(each));
    expect(Math.max(...lines.map((one) => one.length))).toBeLessThanOrEqual(width);
    const [source = '', carets = ''] = lines;
    expect(source).toMatch(/… ?.*HERE.*…$/);
    expect(source.indexOf('HERE')).toBe(carets.indexOf('^^^^'));
  },
);

test('puts the caret under the value behind tabs, wide characters and combining marks', () => {
  const cases: readonly (readonly [string, number, number])[] = [
    ['\t\tname: X', 9, 9],
    ['名前: X', 5, 7],
    ['e\u0301: X', 5, 4],
    ['😀: X', 5, 5],
  ];
  for (const [text, column, shown] of cases) {
    const [, , carets = ''] = plain([{ ...FOUND, at: at(text, column) }]).split('\n');
    expect([text, carets.indexOf('^') - '      | '.length + 1]).toEqual([text, shown]);
  }
});

test('lets nothing through that would disturb a terminal', () => {
  const text = plain([{ ...FOUND, message: 'a\u001b[2J\u202eb', at: at('x: \u001b[31m\u0007', 1) }]);
  expect(text).toContain('a·[2J·b');
  expect(text).toContain('x: ·[31m·');
});

test('colours codes and carets only when asked to', () => {
  expect(plain([FOUND])).not.toContain('\u001b');
  const coloured = formatDiagnostics([FOUND], { color: true });
  expect(coloured).toContain('\u001b[1;31mUnknownAccelerator\u001b[0m');
  expect(coloured).toContain('\u001b[1;31m^^^^^\u001b[0m');
});

test('gives a document for --json without the source lines', () => {
  const { text: _, ...place } = { ...FOUND.at };
  expect(diagnosticsJson([FOUND])).toEqual({ ok: false, diagnostics: [{ ...FOUND, at: place }], acknowledged: [] });
  const warning = { ...FOUND, severity: 'warning' } as const;
  expect(diagnosticsJson([warning]).ok).toBe(true);
  expect(diagnosticsJson([warning], [], true).ok).toBe(false);
  expect(diagnosticsJson([], [{ warning, reason: 'approved' }], true)).toEqual({
    ok: true,
    diagnostics: [],
    acknowledged: [{ ...warning, at: place, reason: 'approved' }],
  });
});

test('reads well for a file with many mistakes', () => {
  const text = `estate: v1
name: Atlas
owner: { team: training, email: training@example.com }
accounts:
  aws-main: { cloud: aws, accountId: 111122223333 }
  azure-gb: { cloud: azur }
sites:
  ohio: { account: aws-mian, region: us-east-2, zones: [us-east-2a] }
stores:
  scratch: { kind: lustre, site: ohio, capacityTiB: 1201, throughputMBpsPerTiB: 500 }
`;
  expect(plain(findingsIn(text))).toMatchSnapshot();
});

test('counts by their codes the findings that are not shown', () => {
  const many = ['UnknownKey', 'StoreSize', 'StoreSize', 'StoreSize', 'ZoneForm'].map((code) => ({ ...FOUND, code }));
  const text = formatDiagnostics(many, { color: false, limit: 2 });
  expect(text).toMatch(/\n\n… and 3 more, which --json lists: 2 StoreSize, 1 ZoneForm\n\n5 errors$/);
});

test('lists what one reason covers once', () => {
  const warning = { ...FOUND, severity: 'warning' } as const;
  const accepted = ['a', 'b', 'c'].map((path) => ({ warning: { ...warning, path }, reason: 'approved' }));
  expect(formatAcknowledged(accepted)).toBe(`3 warnings acknowledged:\n  ${FOUND.code}  a  and 2 more\n      approved`);
});

test('lists accepted warnings with their reasons', () => {
  const warning = { ...FOUND, severity: 'warning' } as const;
  expect(formatAcknowledged([])).toBe('');
  const text = formatAcknowledged([{ warning, reason: 'approved '.repeat(30).trim() }]);
  expect(text).toContain(`1 warning acknowledged:\n  ${FOUND.code}  ${FOUND.path}\n      approved approved`);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});
