import { capacityIds } from '../../../estate/spec/capacity-ids';
import { capacity } from '../../../estate/spec/schema-capacity';

const FABRIC = 'ocid1.computegpumemoryfabric.oc1.phx.x';
const HOSTS = 'ocid1.computehostgroup.oc1.phx.x';

test.each([
  [{ kind: 'on-demand' }, []],
  [{ kind: 'dedicated', fabrics: [FABRIC] }, [{ id: FABRIC, path: ['fabrics', 0] }]],
  [{ kind: 'dedicated', hostGroups: [HOSTS] }, [{ id: HOSTS, path: ['hostGroups', 0] }]],
  [{ kind: 'dedicated' }, []],
  [
    { kind: 'reservation', ids: ['a', { id: 'b', nodes: 2 }] },
    [
      { id: 'a', path: ['ids', 0] },
      { id: 'b', nodes: 2, path: ['ids', 1] },
    ],
  ],
])('reads the ids of %j', (written, ids) => {
  expect(capacityIds(capacity.parse(written))).toEqual(ids);
});
