import { LIMITS, physicalName, resourceTags } from '../../../constructs/google';
import { newStack } from './support';

describe('names', () => {
  const stack = newStack();

  test('joins parts and keeps what fits', () => {
    expect(physicalName(['atlas-iowa', 'nat'], LIMITS.router)).toBe('atlas-iowa-nat');
  });

  test.each(Object.entries(LIMITS))('cuts a name of kind %s with a hash', (_, limit) => {
    const long = 'a-name-that-is-longer-than-anything-that-google-cloud-will-ever-take'.repeat(4);
    const name = physicalName([long], limit, 'project');
    expect(name.length).toBeLessThanOrEqual(limit.maxLength);
    expect(name).toMatch(/[-_][0-9a-f]{8}$/);
    expect(physicalName([`${long}-2`], limit, 'project')).not.toBe(name);
  });

  test('ends the name of a bucket with a hash of its project', () => {
    const one = physicalName(['atlas-data'], LIMITS.bucket, 'one');
    expect(one).toMatch(/^atlas-data-[0-9a-f]{8}$/);
    expect(physicalName(['atlas-data'], LIMITS.bucket, 'two')).not.toBe(one);
  });

  test('writes labels in the characters that Google Cloud allows', () => {
    expect(resourceTags(stack, { 'Cost-Center': 'CC 10/42', team: 'Frontier' })).toEqual({
      'cost-center': 'cc-10-42',
      team: 'frontier',
    });
    expect(Object.values(resourceTags(stack, { team: 'x'.repeat(80) }))[0]).toHaveLength(63);
    expect(resourceTags(stack, { 'cost-center': '7731' })).toEqual({ 'cost-center': '7731' });
    expect(resourceTags(stack, { 'cost-center': 'EMEA.Research_7' })).toEqual({ 'cost-center': 'emea-research_7' });
    expect(resourceTags(stack)).toEqual({});
    expect(resourceTags(stack, { '1-team': 'x' })).toEqual({ team: 'x' });
  });

  test('fails when nothing of a tag can start a label', () => {
    expect(() => resourceTags(stack, { '2026': 'x' })).toThrow(/tag "2026".*needs a letter.*\[TagInvalid\]/);
  });
});
