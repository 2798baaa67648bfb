import { simulateDocument } from '../../../cli/json/simulate';
import { formatLinkLoss, linkLossOf } from '../../../estate/report/link-loss';
import { formatLoss } from '../../../estate/report/loss';
import { lossOf } from '../../../estate/spec/loss';
import type { LostThing } from '../../../estate/spec/policy';
import { linkedEstate, planOf, SOME_LINKS } from '../../helpers/linked';

const estate = linkedEstate(SOME_LINKS);
const { links } = planOf(estate);
const lossWith = (...things: readonly LostThing[]) => linkLossOf(links, estate, things);

describe('what the loss of things takes of links', () => {
  test('is the links with an end there, and the pairs that reached each other through it', () => {
    expect(lossWith({ kind: 'site', key: 'eastus2' })).toEqual({
      links: ['eastus2-iowa', 'eastus2-phoenix', 'ohio-eastus2', 'ohio-phoenix'],
      cut: [['ohio', 'phoenix']],
    });
    expect(lossWith({ kind: 'cloud', key: 'aws' })?.links).toEqual(['hq', 'ohio-eastus2', 'ohio-phoenix', 'west']);
  });

  test.each([
    ['account', 'azure'],
    ['region', 'eastus2'],
    ['cloud', 'azure'],
  ] as const)('is the same with the %s %s, where nothing else is', (kind, key) => {
    expect(lossWith({ kind, key })).toEqual(lossWith({ kind: 'site', key: 'eastus2' }));
  });

  test('is nothing with clusters and machines, and not told where there are no links', () => {
    expect(lossWith({ kind: 'machine', key: 'p5.48xlarge' }, { kind: 'cluster', key: 'a' })).toEqual({
      links: [],
      cut: [],
    });
    expect(linkLossOf([], estate, [{ kind: 'cloud', key: 'aws' }])).toBeUndefined();
  });

  test('stands among what a simulation tells, as text and as JSON', () => {
    const things = [{ kind: 'site', key: 'eastus2' }] as const;
    const loss = lossOf(estate, things);
    const told = lossWith(...things);
    expect(formatLoss(loss, estate, undefined, told)).toContain(
      '\n\n4 links go: eastus2-iowa, eastus2-phoenix, ohio-eastus2, ohio-phoenix; cut from each other: ohio - phoenix\n\n',
    );
    expect(simulateDocument.parse({ ...loss, links: told })).toEqual({ ...loss, links: told });
    expect(formatLinkLoss({ links: [], cut: [] })).toBe(
      'no link goes; whatever else is linked reaches each other still',
    );
  });
});
