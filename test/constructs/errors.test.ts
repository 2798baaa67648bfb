import { Construct } from 'constructs';
import { CONSTRUCT_ERRORS, ConstructError } from '../../constructs/errors';

class Root extends Construct {
  constructor() {
    super(undefined as never, '');
  }
}

describe('an error of a construct', () => {
  test('says where it is, what is wrong and its code', () => {
    const pool = new Construct(new Construct(new Root(), 'cluster'), 'pool');
    const error = new ConstructError(pool, 'CountInvalid', 'nodeCount must be a whole number above zero, not 1.5');
    expect(error.message).toBe('cluster/pool: nodeCount must be a whole number above zero, not 1.5 [CountInvalid]');
    expect([error.name, error.code, error.path]).toEqual(['ConstructError', 'CountInvalid', 'cluster/pool']);
    expect(error).toBeInstanceOf(Error);
  });

  test('has codes in alphabetical order, each with a meaning', () => {
    const codes = Object.keys(CONSTRUCT_ERRORS);
    expect(codes).toEqual([...codes].sort());
    for (const meaning of Object.values(CONSTRUCT_ERRORS)) expect(meaning).toMatch(/^[a-z].*[a-z]$/);
  });
});
