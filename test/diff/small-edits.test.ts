import { formatDiff, formatDiffMarkdown } from '../../diff';
import { EMPTY_LOCK } from '../../estate/plan/lock';
import { GROWN } from './grown-edits';
import { LEFT } from './left-edits';
import { DiffScene, outline } from './scene';
import { SMALL_ESTATE } from './small-estate';
import { SMALL_REFUSED } from './small-refused-edits';
import { SMALL_SHRUNK } from './small-shrunk-edits';

describe('diff of a small estate', () => {
  let scene: DiffScene;
  beforeAll(() => {
    scene = new DiffScene(SMALL_ESTATE, EMPTY_LOCK);
  });
  afterAll(() => scene.close());

  test.each(GROWN)('$name: $answer', ({ edit, expected }) => {
    const report = scene.diff(edit);
    expect(outline(report)).toEqual(expected);
    expect([report.ok, report.lost, report.refused, report.order]).toEqual([true, [], [], []]);
  });

  test.each([...SMALL_SHRUNK, ...LEFT])('$name: $answer', ({ edit, expected }) => {
    const report = scene.diff(edit);
    expect(outline(report)).toEqual(expected);
    const isRefused = expected.some((line) => line.startsWith('refused'));
    expect(report.ok).toBe(!isRefused && !expected.some((line) => line.startsWith('protected')));
    expect(scene.diff(edit, ['*']).ok).toBe(!isRefused);
    for (const command of report.order) {
      expect(formatDiff(report)).toContain(`\n  ${command}`);
      expect(formatDiffMarkdown(report)).toContain(`\n${command}`);
    }
  });

  test.each(SMALL_REFUSED)('$name is refused: $answer', ({ edit, expected }) => {
    const report = scene.diff(edit, ['*']);
    expect(outline(report)).toEqual(expected);
    expect(report.ok).toBe(false);
  });
});
