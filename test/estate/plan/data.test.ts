import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolveEstate } from '../../../cli/app';
import { changedHalves } from '../../../cli/diff';
import { CLOUDS } from '../../../estate/catalog';
import { planFrom } from '../../../estate/plan/data';
import type { Plan, PlanData } from '../../../estate/plan/types';
import { parseEstate } from '../../../estate/spec/load';
import { SMALL_ESTATE } from '../../diff/small-estate';
import { ROOT } from '../../helpers/cli';
import { lockAndResolve } from '../../helpers/estates';
import { readTree, synthesizePlan, withFolder } from '../../helpers/synth';

const EXAMPLES = readdirSync(join(ROOT, 'examples')).filter((name) => name.endsWith('.lock.json'));

/** The data as another process reads it. */
function handedOver({ data }: Plan): PlanData {
  return JSON.parse(JSON.stringify(data));
}

describe('the data of a plan', () => {
  const { plan } = lockAndResolve(parseEstate(SMALL_ESTATE, 'small.yaml').estate);

  test.each(EXAMPLES)('of the estate of %s is the same on the other side', (lock) => {
    const own = resolveEstate(join(ROOT, 'examples', lock.replace('.lock.json', '.yaml'))).plan;
    const other = planFrom(handedOver(own));
    for (const cloud of CLOUDS) {
      // Where a region has no zones, JSON leaves out what is undefined here.
      expect(other.accounts(cloud)).toEqual(own.accounts(cloud));
      expect(other.sites(cloud)).toEqual(own.sites(cloud));
      expect(other.shards(cloud)).toEqual(own.shards(cloud));
    }
    expect([other.name, other.tags, other.clouds, other.state]).toEqual([own.name, own.tags, own.clouds, own.state]);
  });

  test('is all that stacks are made from', async () => {
    const other = planFrom(handedOver(plan));
    const [here, there] = [
      await withFolder((folder) => {
        synthesizePlan(plan, folder);
        return readTree(folder);
      }),
      await withFolder((folder) => {
        synthesizePlan(other, folder);
        return readTree(folder);
      }),
    ];
    expect(Object.keys(here).length).toBeGreaterThan(20);
    expect(there).toEqual(here);
  });

  test('cannot be changed', () => {
    expect(() => Object.assign(planFrom(handedOver(plan)).sites('aws')[0] ?? {}, { key: 'other' })).toThrow(TypeError);
  });

  test('tells which clouds have to be synthesized again', () => {
    const edited = (from: string, to: string) =>
      lockAndResolve(parseEstate(SMALL_ESTATE.replace(from, to), 'small.yaml').estate).plan;
    expect(changedHalves(plan, edited('name: small', 'name: small'))).toEqual({ aws: false, terraform: false });
    expect(changedHalves(plan, edited('nodes: 8, zone: us-west-2a', 'nodes: 9, zone: us-west-2a'))).toEqual({
      aws: true,
      terraform: false,
    });
    expect(changedHalves(plan, edited('nodes: 8, zone: us-central1-a', 'nodes: 9, zone: us-central1-a'))).toEqual({
      aws: false,
      terraform: true,
    });
    expect(changedHalves(plan, edited('team: one', 'team: two'))).toEqual({ aws: true, terraform: true });
  });
});
