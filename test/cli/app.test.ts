import { report, terminalColor, terminalWidth } from '../../cli/app';
import { EstateError } from '../../estate/diagnostics';
import { findingsIn } from '../estate/spec/fixtures';

describe('colour', () => {
  const { NO_COLOR } = process.env;
  afterEach(() => {
    if (NO_COLOR === undefined) delete process.env.NO_COLOR;
    else process.env.NO_COLOR = NO_COLOR;
  });

  test('is for terminals only, and not where NO_COLOR is set', () => {
    delete process.env.NO_COLOR;
    expect([terminalColor({ isTTY: true }), terminalColor({ isTTY: false }), terminalColor({})]).toEqual([
      true,
      false,
      false,
    ]);
    process.env.NO_COLOR = '1';
    expect(terminalColor({ isTTY: true })).toBe(false);
  });
});

describe('width', () => {
  test.each([
    [{ isTTY: true, columns: 60 }, 60],
    [{ isTTY: true, columns: 300 }, 120],
    [{ isTTY: true, columns: 0 }, 120],
    [{ isTTY: true }, 120],
    [{ isTTY: false, columns: 60 }, 120],
    [{}, 120],
  ])('of %j is %d', (stream, width) => expect(terminalWidth(stream)).toBe(width));

  test('of a narrow terminal fits what is printed on it, with carets that point at their text', () => {
    const before = { isTTY: process.stderr.isTTY, columns: process.stderr.columns };
    const written: string[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const { NO_COLOR } = process.env;
    try {
      process.env.NO_COLOR = '1';
      Object.assign(process.stderr, { isTTY: true, columns: 60 });
      const line = `estate: v1 # ${'x'.repeat(100)}\n{ name: ${'y'.repeat(30)}, sites: { ohio: { account: nobody } } }`;
      expect(report(new EstateError(findingsIn(line)))).toBe(2);
    } finally {
      write.mockRestore();
      Object.assign(process.stderr, before);
      if (NO_COLOR === undefined) delete process.env.NO_COLOR;
      else process.env.NO_COLOR = NO_COLOR;
    }
    const lines = written.join('').split('\n');
    expect(lines.some((text) => text.includes('^'))).toBe(true);
    // The first line of a finding says where it is and is as long as its path.
    for (const text of lines.filter((one) => /^ +(\d+ )?[|=]/.test(one))) expect(text.length).toBeLessThanOrEqual(60);
  });
});
