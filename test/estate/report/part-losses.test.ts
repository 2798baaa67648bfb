import { partsOf } from '../../../estate/plan/links/loss';
import { linksReport } from '../../../estate/report/links';
import { partLossRows } from '../../../estate/report/part-losses';
import { linkedEstate, planOf, SOME_LINKS } from '../../helpers/linked';

const plan = planOf(linkedEstate(SOME_LINKS));
const rows = partLossRows(plan);

test('says of each part what show links says where it is lost', () => {
  for (const part of partsOf(plan.links)) {
    const { pairs } = linksReport(plan, [part]);
    const lost = pairs.filter((pair) => pair.lost.length > 0);
    const names = (isIn: (pair: (typeof pairs)[number]) => boolean) =>
      lost.filter(isIn).map(({ ends }) => ends.join(' - '));
    const row = rows.find(({ part: name, kind }) => name === part.name && kind === part.kind);
    expect(row ?? { cut: [], thinned: [], paths: 0 }).toMatchObject({
      paths: lost.reduce((sum, pair) => sum + pair.lost.length, 0),
      cut: names(({ left, endLost }) => left.length === 0 && !endLost),
      thinned: names(({ left }) => left.length > 0),
    });
  }
});

test('leaves out what no path goes with, and begins with the widest part', () => {
  expect(rows.every(({ paths }) => paths > 0)).toBe(true);
  expect(rows[0]).toMatchObject({ part: 'aws', kind: 'cloud' });
  expect(partLossRows({ links: [] })).toEqual([]);
});
