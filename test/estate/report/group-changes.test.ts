import { groupChanges } from '../../../estate/report/group-changes';
import { groupRows } from '../../../estate/report/groups';
import { estateOf, inputOf, lockAndResolve } from '../../helpers/estates';

/** An estate with racks of some size, and what else its cluster has. */
function input(
  pool: Readonly<Record<string, unknown>>,
  others: Readonly<Record<string, Record<string, unknown>>> = {},
) {
  const gb = { accelerator: 'gb300', racks: 3, ...pool };
  return inputOf([{ name: 'east', account: 'azure-gb', clusters: { train: { pools: { gb, ...others } } }, stores: 0 }]);
}

/** What a change does to the groups of an estate, each of which is there as it is after it. */
function statesOf(before: ReturnType<typeof input>, after: ReturnType<typeof input>) {
  const first = lockAndResolve(estateOf(before));
  const second = lockAndResolve(estateOf(after), first.lock);
  const changes = groupChanges(first.plan, second.plan);
  // What leaves has the size that it had, which the plan after the change does not know.
  const stay = changes.filter(({ state }) => state !== 'gone').map(({ state: _state, ...row }) => row);
  expect(stay.length).toBe(groupRows(second.plan).length);
  expect(stay).toMatchObject(groupRows(second.plan));
  return changes.map(({ group, state, nodes, retired }) => [group, state, nodes, ...(retired ? ['kept'] : [])]);
}

describe('changes of groups', () => {
  test('are none where the estate is the same', () => {
    expect(statesOf(input({}), input({}))).toEqual([
      ['gb-1', 'same', 18],
      ['gb-2', 'same', 18],
      ['gb-3', 'same', 18],
    ]);
  });

  test('are racks that appear, and racks that vanish as they were', () => {
    expect(statesOf(input({}), input({ racks: 4 })).at(-1)).toEqual(['gb-4', 'new', 18]);
    expect(statesOf(input({}), input({ racks: 2 }))).toEqual([
      ['gb-1', 'same', 18],
      ['gb-2', 'same', 18],
      ['gb-3', 'gone', 18],
    ]);
  });

  test('are racks with other spares', () => {
    expect(statesOf(input({}), input({ spareTraysPerRack: 2 }))).toEqual([
      ['gb-1', 'changed', 16],
      ['gb-2', 'changed', 16],
      ['gb-3', 'changed', 16],
    ]);
  });

  test('are racks that are kept where they run, which do not vanish', () => {
    const held = { capacity: { kind: 'dedicated' } };
    expect(statesOf(input(held), input({ ...held, racks: 2 })).at(-1)).toEqual(['gb-3', 'changed', 18, 'kept']);
  });

  test('are pools that come and go, beside those that stay in their Kubernetes cluster', () => {
    const more = { more: { accelerator: 'gb200', racks: 1 } };
    expect(statesOf(input({}), input({}, more)).at(-1)).toEqual(['more-1', 'new', 18]);
    expect(statesOf(input({}, more), input({})).at(-1)).toEqual(['more-1', 'gone', 18]);
  });
});
