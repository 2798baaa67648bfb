import { schemaOf } from '../../bundle/schemas';
import { MUTATIONS, mutate, slotsOf } from '../../lab/schemas/mutations';
import { SAMPLES } from '../../lab/schemas/objects';
import { shapes } from '../../lab/schemas/shapes';
import { Random } from '../../tools/fuzz/random';

describe('objects that the lab of schemas asks about', () => {
  test('are of kinds that are recorded', () => {
    for (const { apiVersion, kind } of SAMPLES)
      expect([kind, schemaOf(apiVersion, kind)?.row.kind]).toEqual([kind, kind]);
  });

  test('are changed in every way, repeatably, and stay as they are themselves', () => {
    const seen = new Set<string>();
    for (const sample of SAMPLES) {
      const kind = schemaOf(sample.apiVersion, sample.kind);
      const before = JSON.stringify(sample);
      const slots = kind === undefined ? [] : slotsOf(sample, kind);
      for (let seed = 0; seed < 60; seed++) {
        const mutant = mutate(sample, slots, new Random(seed));
        expect(mutate(sample, slots, new Random(seed))).toEqual(mutant);
        if (mutant === undefined) continue;
        seen.add(mutant.what.split(' at ')[0] ?? '');
        expect(JSON.stringify(mutant.object)).not.toBe(before);
      }
      expect(JSON.stringify(sample)).toBe(before);
    }
    expect([...seen].sort()).toEqual(Object.keys(MUTATIONS).sort());
  });

  test('are one of each shape', () => {
    const map = (data: Record<string, unknown>) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data,
    });
    expect(shapes([map({ a: '1' }), map({ a: '2' }), map({ b: '1' })])).toEqual([map({ a: '2' }), map({ b: '1' })]);
  });
});
