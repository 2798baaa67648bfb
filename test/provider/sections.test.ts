import fc from 'fast-check';
import { lazySections } from '../../provider/sections';

const read = (value: object) => lazySections(Buffer.from(JSON.stringify(value)));

test('holds what parsing all of it gives', () => {
  const section = fc.dictionary(fc.string(), fc.jsonValue());
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(section, fc.string(), fc.array(section))), (value) => {
      expect(read(value)).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('tells which members there are, without the others', () => {
  const { kinds } = read({ source: 'a/b', kinds: { one: { version: 1 }, two: [{ one: 1 }] } }) as {
    kinds: Record<string, unknown>;
  };
  expect(Object.keys(kinds)).toEqual(['one', 'two']);
  expect(['one' in kinds, 'version' in kinds, kinds.three, kinds.toString]).toEqual([
    true,
    false,
    undefined,
    undefined,
  ]);
  expect(kinds.two).toEqual([{ one: 1 }]);
  expect(kinds.two).toBe(kinds.two);
});

test('parses a member only when it is asked for', () => {
  const text = JSON.stringify({ kinds: { good: 1, bad: 2 } }).replace('2', 'nonsense');
  const { kinds } = lazySections(Buffer.from(text)) as { kinds: Record<string, unknown> };
  expect(kinds.good).toBe(1);
  expect(() => kinds.bad).toThrow('nonsense');
});

test.each([
  ['{"kinds":{"one":1}', 'ends too early'],
  ['{"kinds":{"one', 'ends inside a text'],
  ['{"kinds": {}}', 'white space'],
])('refuses %s', (text, problem) => {
  expect(() => lazySections(Buffer.from(text))).toThrow(problem);
});
