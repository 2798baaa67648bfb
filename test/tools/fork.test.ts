import { differences, withoutRelease } from '../../tools/fork';

describe('the comparison of cdktf with its fork', () => {
  test('tells documents that differ, or are in one synthesis only', () => {
    const one = new Map<string, unknown>([
      ['a.json', { name: 'a', list: [1, 2] }],
      ['b.json', { name: 'b' }],
      ['c.json', {}],
    ]);
    const other = new Map<string, unknown>([
      ['a.json', { list: [1, 2], name: 'a' }],
      ['b.json', { name: 'other' }],
      ['d.json', {}],
    ]);
    expect(differences(one, one)).toEqual([]);
    expect(differences(one, other)).toEqual(['b.json', 'c.json', 'd.json']);
  });

  test('leaves out the release that wrote a document, and no other version', () => {
    const stack = { '//': { metadata: { stackName: 'x', version: '0.21.0' } }, resource: { version: '1.35' } };
    expect(withoutRelease(JSON.stringify(stack))).toEqual({
      '//': { metadata: { stackName: 'x' } },
      resource: { version: '1.35' },
    });
    expect(withoutRelease('{"stacks":{},"version":"0.24.0"}')).toEqual({ stacks: {} });
  });
});
