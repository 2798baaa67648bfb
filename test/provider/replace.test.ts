import { replacingPaths } from '../../provider/replace';
import type { BlockSchema } from '../../provider/schema';
import { UNKNOWN } from '../../provider/values';

const block: BlockSchema = {
  attributes: { name: { type: 'string', optional: true } },
  block_types: {
    part: { nesting_mode: 'list', block: { attributes: { size: { type: 'number', optional: true } } } },
  },
};

describe('the paths that replace a resource', () => {
  test.each([
    ['a block that comes', { part: [] }, { part: [{ size: 1 }] }, [['part']]],
    ['a block that goes', { part: [{ size: 1 }] }, { part: [] }, [['part']]],
    ['a block that stays', { part: [{ size: 1 }] }, { part: [{ size: 2 }] }, []],
    ['a block that is there and becomes unknown', { part: [{ size: 1 }] }, { part: UNKNOWN }, [['part']]],
    ['a block that is not there and becomes unknown', { part: [] }, { part: UNKNOWN }, [['part']]],
  ])('are told of %s', (_, prior, planned, expected) => {
    expect(replacingPaths(block, ['part'], { name: null, ...prior }, { name: null, ...planned })).toEqual(expected);
  });
});
