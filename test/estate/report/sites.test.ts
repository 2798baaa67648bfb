import { powerRows } from '../../../estate/report/power';
import { siteRows } from '../../../estate/report/sites';
import { capacityRows } from '../../../estate/report/views';
import { pageOf } from '../../helpers/pages';

describe('the sites of an estate', () => {
  test.each(['frontier', 'queue', 'existing', 'circuits'])('of %s have what capacity and power say', (example) => {
    const { estate, plan } = pageOf(example);
    const rows = siteRows(estate, plan);
    expect(rows.map(({ site, cloud, megawatts }) => ({ site, cloud, megawatts }))).toEqual(
      powerRows(plan).map(({ site, cloud, megawatts }) => ({ site, cloud, megawatts })),
    );
    for (const { site, accelerators, nodes } of rows) {
      const own = capacityRows(plan).filter((row) => row.site === site);
      expect(accelerators).toBe(own.reduce((sum, row) => sum + row.accelerators, 0));
      expect(nodes).toBe(own.reduce((sum, row) => sum + row.nodes, 0));
    }
  });

  test('have their place, their country, and zones that lie elsewhere', () => {
    const { estate, plan } = pageOf('frontier');
    const virginia = siteRows(estate, plan).find(({ site }) => site === 'virginia');
    expect(virginia).toMatchObject({
      region: 'us-east-1',
      country: 'US',
      clusters: 1,
      place: { latitude: expect.any(Number), longitude: expect.any(Number), source: expect.any(String) },
      away: [{ zone: 'us-east-1-dfw-2a' }],
    });
  });
});
