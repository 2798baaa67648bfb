import { LIMITS, physicalName, resourceTags } from '../../../constructs/oracle/names';

describe('oracle names', () => {
  test('keeps a name that fits', () => {
    expect(physicalName(['atlas-gpu', 'nodes'], LIMITS.displayName)).toBe('atlas-gpu-nodes');
  });

  test('gives file systems a name of at most 8 letters and digits', () => {
    const names = ['scratch', 'atlas-scratch', 'atlas-scratch-2'].map((name) => physicalName([name], LIMITS.lustre));
    expect(names[0]).toBe('scratch');
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^[a-z0-9]{1,8}$/);
  });

  test('gives DNS labels that start with a letter', () => {
    expect(physicalName(['control-plane-phoenix-gb300'], LIMITS.dnsLabel)).toMatch(/^[a-z][a-z0-9]{0,14}$/);
  });

  test('ends bucket names with a hash of the namespace', () => {
    const one = physicalName(['atlas-datasets'], LIMITS.bucket, 'one');
    expect(one).toMatch(/^atlas-datasets-[0-9a-f]{8}$/);
    expect(physicalName(['atlas-datasets'], LIMITS.bucket, 'other')).not.toBe(one);
  });

  test('writes tags in the order of their keys', () => {
    expect(Object.keys(resourceTags({ team: 'a', 'cost-center': 'b' }))).toEqual(['cost-center', 'team']);
  });
});
