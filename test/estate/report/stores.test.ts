import { formatStores, storeRows } from '../../../estate/report/stores';
import { REPORT_WIDTH } from '../../../estate/report/table';
import { type Estate, estateSchema } from '../../../estate/spec/schema';
import { planOf } from '../../helpers/linked';
import { STORED, storedEstate } from '../../helpers/stored';

const estate = storedEstate({ g: { from: 'c-iowa', to: 's-ohio', access: 'read' } });

const rowsOf = (of: Estate, earlier?: Estate) => storeRows(of, planOf(of, STORED, earlier));
const rowOf = (store: string, of = estate) => rowsOf(of).find((row) => row.store === store);

/** The estate with a store in the place of another one. */
function withStore(key: string, change: object): Estate {
  const text = JSON.parse(JSON.stringify(estate));
  return estateSchema.parse({ ...text, stores: { ...text.stores, [key]: change } });
}

test('says of a file system how large it is in the unit of its provider and in TiB, and what its tier has', () => {
  expect(rowOf('f-ohio')).toEqual({
    store: 'f-ohio',
    cloud: 'aws',
    site: 'ohio',
    kind: 'lustre',
    state: 'made',
    name: 'atlas-f-ohio',
    stack: 'atlas-ohio-storage',
    zone: 'us-east-2a',
    size: 38400,
    unit: 'GiB',
    sizeTiB: 37.5,
    throughputMBps: 4688,
    residency: [],
    claim: 'f-ohio',
    mountedBy: ['c-ohio'],
    grants: [],
  });
});

test('counts throughput for each TB where the provider sizes in GB', () => {
  expect(rowOf('f-phoenix')).toMatchObject({ size: 31200, unit: 'GB', sizeTiB: 28.38, throughputMBps: 3900 });
});

test('names buckets as their clouds know them, with who mounts them and whom grants let in', () => {
  expect(rowOf('s-ohio')).toMatchObject({
    kind: 'object',
    name: 'atlas-ohio-storage-s1a2b3c4d-e5f6g7h8',
    retainDays: 30,
    claim: 's-ohio',
    mountedBy: ['c-ohio'],
    grants: ['g'],
  });
  expect(rowOf('s-iowa')?.name).toMatch(/^atlas-s-iowa/);
});

test('says where data may lie, and nothing of claims where no cluster mounts a store', () => {
  const row = rowOf('alone', withStore('alone', { kind: 'object', site: 'iowa', residency: ['US', 'EU'] }));
  expect(row).toMatchObject({ residency: ['US', 'EU'], mountedBy: [] });
  expect(row).not.toHaveProperty('claim');
});

test('tells stores that exist already, and those that left the estate file and are kept', () => {
  expect(rowOf('theirs', withStore('theirs', { kind: 'object', site: 'iowa', existing: { id: 'corpus' } }))).toEqual({
    store: 'theirs',
    cloud: 'google',
    site: 'iowa',
    kind: 'object',
    state: 'existing',
    name: 'corpus',
    residency: [],
    mountedBy: [],
    grants: [],
  });
  const before = withStore('left', { kind: 'object', site: 'iowa' });
  expect(rowsOf(estate, before).find(({ store }) => store === 'left')).toEqual({
    store: 'left',
    cloud: 'google',
    site: 'iowa',
    kind: 'object',
    state: 'retired',
    name: 'atlas-left',
    stack: 'atlas-iowa-storage',
    residency: [],
    mountedBy: [],
    grants: [],
  });
});

test('has an order that does not depend on that of the file', () => {
  const text = JSON.parse(JSON.stringify(estate));
  const stores = Object.fromEntries(Object.entries(text.stores).reverse());
  expect(rowsOf(estateSchema.parse({ ...text, stores }))).toEqual(rowsOf(estate));
});

test('is a table that fits a report, with what stores are in all', () => {
  const text = formatStores(rowsOf(estate));
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(REPORT_WIDTH);
  expect(text).toMatch(/\nf-ohio +aws +ohio +lustre +made +38,400 GiB +4,688 +c-ohio\n/);
  expect(text).toMatch(/stores: 4 file systems of 184\.19 TiB, \d+ object stores$/);
  expect(formatStores([])).toBe('the estate has no stores');
});
