import { terminalColor } from '../../bin/app';

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
