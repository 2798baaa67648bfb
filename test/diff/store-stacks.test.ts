import { planLayout } from '../../estate/plan/layout';
import { EMPTY_LOCK, type Lock } from '../../estate/plan/lock';
import { parseEstate } from '../../estate/spec/load';
import { all, DiffScene, outline, swap, withoutLine } from './scene';

/** An estate with as many object stores at one site of AWS as one stack can have, and a file system. */
const FULL = `estate: v1
name: atlas
owner: { team: research, email: research@example.com }
accounts:
  main: { cloud: aws, accountId: "111122223333" }
sites:
  oregon: { account: main, region: us-west-2, zones: [us-west-2a, us-west-2b] }
clusters:
  oregon:
    site: oregon
    mounts: [scratch]
stores:
  scratch: { kind: lustre, site: oregon, zone: us-west-2a, capacityGiB: 9600, throughputMBpsPerTiB: 500 }
${Array.from({ length: 97 }, (_, index) => `  s${100 + index}: { kind: object, site: oregon }\n`).join('')}`;

/** The lock of a release that had all stores of a site in one stack, and recorded none. */
function earlierLock(text: string): Lock {
  const { lock } = planLayout(parseEstate(text, 'estate.yaml').estate, EMPTY_LOCK);
  const chosen = Object.entries(lock.chosen).filter(([path]) => !path.startsWith('stores.'));
  return { ...lock, chosen: Object.fromEntries(chosen) };
}

describe('diff of an estate with as many stores as one stack can have', () => {
  const scene = new DiffScene(FULL, earlierLock(FULL));
  afterAll(() => scene.close());
  const added = swap('stores:\n', 'stores:\n  aaa: { kind: object, site: oregon }\n');

  test('makes another stack for one more, and changes nothing', () => {
    const report = scene.diff(added);
    expect(outline(report)).toEqual(['+ oregon-storage-2 sites.oregon', '+ oregon-storage-2 stores.aaa']);
    expect(report.ok).toBe(true);
    expect(report.stacks.map(({ stack, layer }) => [stack, layer])).toEqual([['atlas-oregon-storage-2', 'storage']]);
  });

  test('mounts it from there', () => {
    const report = scene.diff(all(added, swap('mounts: [scratch]', 'mounts: [scratch, aaa]')));
    expect(outline(report)).toEqual([
      '+ oregon-cluster clusters.oregon',
      '+ oregon-storage-2 sites.oregon',
      '+ oregon-storage-2 stores.aaa',
    ]);
  });

  test('keeps what leaves where it is', () => {
    const report = scene.diff(withoutLine('  s110:'));
    expect(outline(report)).toEqual([
      '= oregon-storage stores.s110',
      'outputs removed oregon-storage',
      'protected stores.s110',
    ]);
  });
});

describe('diff of an estate whose stores lie in several stacks', () => {
  const more = Array.from({ length: 3 }, (_, index) => `  t${index}: { kind: object, site: oregon }\n`).join('');
  const scene = new DiffScene(
    all(
      swap('mounts: [scratch]', 'mounts: [scratch, s100, tfs]'),
      swap(
        'stores:\n',
        `stores:\n${more}  tfs: { kind: lustre, site: oregon, zone: us-west-2a, capacityGiB: 9600, throughputMBpsPerTiB: 500 }\n`,
      ),
    )(FULL),
    earlierLock(FULL),
  );
  afterAll(() => scene.close());

  test('tells what of a further stack is lost', () => {
    const report = scene.diff(all(withoutLine('  tfs:'), swap(', tfs]', ']')));
    expect(outline(report)).toEqual([
      '- oregon-cluster stores.tfs',
      '= oregon-storage-2 stores.tfs',
      'order 1 npx cdk deploy oregon-cluster --exclusively',
      'order 2 npx cdk deploy oregon-storage-2 --exclusively',
      'outputs removed oregon-storage-2',
      'protected stores.tfs',
    ]);
  });

  test('tells what grows there', () => {
    const report = scene.diff((text) => text.replace(/(tfs: .*capacityGiB: )9600/, '$119200'));
    expect(outline(report)).toEqual(['~ oregon-storage-2 stores.tfs StorageCapacity']);
    const [grown] = report.stacks.flatMap(({ resources }) => resources);
    expect(grown?.holdings).toEqual([expect.objectContaining({ id: 'stores/tfs', storedTiB: 9.375 })]);
  });
});
