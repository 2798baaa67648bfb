import { checkNulls } from '../../../provider/rules/nulls';
import type { BlockSchema } from '../../../provider/schema';
import { UNKNOWN, type Value } from '../../../provider/values';

const RULE: BlockSchema = {
  attributes: {
    ports: { type: ['list', 'string'], optional: true },
    tags: { type: ['map', 'string'], optional: true },
  },
};
const BLOCK: BlockSchema = {
  attributes: {
    name: { type: 'string', optional: true },
    ids: { type: ['set', 'string'], optional: true },
    deep: { type: ['list', ['object', { names: ['list', 'string'] }]], optional: true },
  },
  block_types: {
    rule: { nesting_mode: 'list', block: RULE },
    group: { nesting_mode: 'set', block: RULE },
    one: { nesting_mode: 'single', block: RULE },
  },
};

const pathsIn = (config: Value) => checkNulls(BLOCK, config).map(({ path }) => path.join('.'));

test.each<[Value, string]>([
  [{ ids: ['a', null] }, 'ids'],
  [{ deep: [{ names: [null] }] }, 'deep'],
  [{ rule: [{ ports: [] }, { ports: [null] }] }, 'rule.1.ports'],
  // Elements of sets have no positions.
  [{ group: [{ ports: [null] }] }, 'group'],
  [{ one: { ports: [null] } }, 'one.ports'],
])('fails for a null among the elements of %j, at %s', (config, path) => {
  expect(pathsIn(config)).toEqual([path]);
});

test.each<[Value]>([
  [{ name: null, ids: null, rule: [], one: null }],
  [{ ids: [UNKNOWN, 'a'], rule: UNKNOWN }],
  [{ rule: [{ ports: ['1'], tags: { a: null } }], deep: [{ names: null }] }],
])('takes %j', (config) => {
  expect(pathsIn(config)).toEqual([]);
});
