import { planLayout } from '../../../../estate/plan/layout';
import type { Lock } from '../../../../estate/plan/lock';
import type { Estate } from '../../../../estate/spec/schema';
import { lockAndResolve } from '../../../helpers/estates';
import { linkedEstate } from '../../../helpers/linked';

const COPY = { kind: 'object', site: 'phoenix', retainDays: 0 };
const STORES = { data: { kind: 'object', site: 'phoenix' }, copy: COPY };
const NATIVE = { again: { from: 'data', to: 'copy' } };

const estateOf = (stores: object, replication: object = {}): Estate => linkedEstate({}, { stores, replication });
const lockOf = (estate: Estate, lock?: Lock): Lock => planLayout(estate, lock).lock;
const versionsIn = ({ chosen }: Lock) =>
  Object.entries(chosen).flatMap(([path, { versions }]) => (versions === undefined ? [] : [path]));

describe('stores of Oracle Cloud that Object Storage copies to', () => {
  test('have no versions from the start, which the lock keeps', () => {
    const estate = estateOf(STORES, NATIVE);
    const lock = lockOf(estate);
    expect(versionsIn(lock)).toEqual(['stores.copy']);
    expect(lockOf(estate, lock)).toEqual(lock);
    const [site] = lockAndResolve(estate).plan.sites('oracle');
    expect(site?.stores.map((store) => [store.key, store.kind === 'object' && store.isCopy])).toEqual([
      ['copy', true],
      ['data', undefined],
    ]);
  });

  test('are new ones: what was planned with versions is refused', () => {
    const lock = lockOf(estateOf(STORES));
    expect(() => lockOf(estateOf(STORES, NATIVE), lock)).toThrow(
      expect.objectContaining({
        diagnostics: [
          expect.objectContaining({ code: 'CopyHasVersions', path: 'replication.again.to', value: 'copy' }),
        ],
      }),
    );
    const grown = { ...STORES, other: COPY };
    expect(versionsIn(lockOf(estateOf(grown, { again: { from: 'data', to: 'other' } }), lock))).toEqual([
      'stores.other',
    ]);
  });

  test('get versions when nothing is copied to them any more, and are no copies again', () => {
    const lock = lockOf(estateOf(STORES), lockOf(estateOf(STORES, NATIVE)));
    expect(versionsIn(lock)).toEqual([]);
    expect(() => lockOf(estateOf(STORES, NATIVE), lock)).toThrow('Object Storage copies to no bucket that has had any');
  });

  test('are none where a cluster copies', () => {
    const rclone = { again: { ...NATIVE.again, engine: 'rclone' } };
    expect(versionsIn(lockOf(estateOf(STORES, rclone)))).toEqual([]);
  });
});
