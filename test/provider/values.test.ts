import { decodeValue, encodeValue, isWhollyKnown, UNKNOWN, type Value, valueKey } from '../../provider/values';

test.each<[string, Value]>([
  ['texts', 'ü€\n"'],
  ['whole numbers beyond the exact ones of a double', 2n ** 62n],
  ['fractions', 0.1],
  ['unknown values', UNKNOWN],
  ['nested values', { list: [1, null, true], map: { a: 'b', unknown: UNKNOWN } }],
  ['values of any type, with their type', [Buffer.from('"string"'), 'x']],
])('%s survive the encoding', (_, value) => {
  expect(valueKey('dynamic', decodeValue(encodeValue(value)))).toBe(valueKey('dynamic', value));
});

test('an absent value is null', () => {
  expect(decodeValue(undefined)).toBeNull();
});

test('equal values have equal keys, whatever the order and the encoding', () => {
  expect(valueKey(['set', 'string'], ['b', 'a'])).toBe(valueKey(['set', 'string'], ['a', 'b']));
  expect(valueKey(['list', 'string'], ['b', 'a'])).not.toBe(valueKey(['list', 'string'], ['a', 'b']));
  expect(valueKey('number', 5n)).toBe(valueKey('number', 5));
  expect(valueKey(['map', 'string'], { b: '1', a: '2' })).toBe(valueKey(['map', 'string'], { a: '2', b: '1' }));
  expect(valueKey('string', '5')).not.toBe(valueKey('number', 5));
});

test('a value is wholly known when nothing in it is unknown', () => {
  expect(isWhollyKnown({ a: [1, { b: 'c' }] })).toBe(true);
  expect(isWhollyKnown({ a: [1, { b: UNKNOWN }] })).toBe(false);
});
