import { CATALOG } from '../../../estate/catalog';
import { planMaintenance } from '../../../estate/plan/maintenance';

const { google, azure, aws, oracle } = CATALOG;

describe('planMaintenance', () => {
  test('uses the window and the exclusions of the catalog where the estate says nothing', () => {
    expect(planMaintenance(undefined, google.maintenance)).toEqual({
      maintenance: {
        window: { days: ['sat', 'sun'], startTime: '04:00', hours: 8 },
        exclusions: [{ name: 'training', startTime: '2026-01-01T00:00:00Z' }],
      },
    });
    expect(planMaintenance(undefined, azure.maintenance)).toEqual({
      maintenance: { window: { days: ['sun'], startTime: '02:00', hours: 4 }, exclusions: [] },
    });
  });

  test('plans nothing where the service has no windows', () => {
    expect(planMaintenance(undefined, aws.maintenance)).toEqual({});
    expect(planMaintenance(undefined, oracle.maintenance)).toEqual({});
  });

  test('orders days by the week and exclusions by name, however they are written', () => {
    const window = { days: ['sun' as const, 'wed' as const], start: '22:30', hours: 5 };
    const exclusions = [
      { name: 'winter', start: '2026-12-20', end: '2026-12-31' },
      { name: 'autumn', start: '2026-10-01' },
    ];
    expect(planMaintenance({ window, exclusions }, google.maintenance)).toEqual({
      maintenance: {
        window: { days: ['wed', 'sun'], startTime: '22:30', hours: 5 },
        exclusions: [
          { name: 'autumn', startTime: '2026-10-01T00:00:00Z' },
          // The last day belongs to it.
          { name: 'winter', startTime: '2026-12-20T00:00:00Z', endTime: '2027-01-01T00:00:00Z' },
        ],
      },
    });
  });

  test('keeps each half that the estate leaves out, and takes an empty list as none', () => {
    expect(planMaintenance({ exclusions: [] }, google.maintenance).maintenance).toEqual({
      window: { days: ['sat', 'sun'], startTime: '04:00', hours: 8 },
      exclusions: [],
    });
    const window = { days: ['mon' as const], start: '04:00', hours: 4 };
    expect(planMaintenance({ window }, google.maintenance).maintenance?.exclusions).toHaveLength(1);
  });
});
