import { middleTone } from '../../../page/graph/tones';
import { PALETTE, type ToneName } from '../../../page/palette';
import { contrast } from '../../helpers/contrast';

/** Grounds of GitHub, light and dark. */
const GROUNDS = ['#ffffff', '#0d1117'];
const MARKS = ['aws', 'azure', 'google', 'oracle', 'other', 'spare', 'good', 'warn', 'bad', 'soft'] as const;

test.each(MARKS)('%s stands out by 3 on light and on dark ground', (name: ToneName) => {
  expect(Object.keys(PALETTE)).toContain(name);
  for (const ground of GROUNDS) expect(contrast(middleTone(name), ground)).toBeGreaterThanOrEqual(3);
});
