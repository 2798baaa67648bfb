import { type LinkPart, linkedPairs, lossOfPair, partId, partsOf } from '../plan/links/loss';
import type { Plan } from '../plan/types';

/** What the loss of one part takes of the ways between linked ends, each as `estate show links --lose` tells it. */
export interface PartLossRow {
  /** Such as `ohio/gateway`, as `--lose` takes it. */
  readonly part: string;
  readonly kind: LinkPart['kind'];
  /** Paths that go. */
  readonly paths: number;
  /** Pairs that lose a path, and have another one. */
  readonly thinned: readonly string[];
  /** Pairs whose ends are left and reach each other no longer. */
  readonly cut: readonly string[];
}

/** What the loss of each part takes that paths go with, from the widest part. */
export function partLossRows({ links }: Pick<Plan, 'links'>): PartLossRow[] {
  const pairs = linkedPairs(links);
  return partsOf(links).flatMap((part): PartLossRow[] => {
    const hit = pairs.flatMap((pair) => {
      const { left, lost } = lossOfPair(pair, [part]);
      const name = pair.ends.map(({ site }) => site).join(' - ');
      return lost.length === 0 ? [] : [{ name, isCut: left.length === 0, lost: lost.length, isEnd: isEnd(pair, part) }];
    });
    if (hit.length === 0) return [];
    return [
      {
        part: part.name,
        kind: part.kind,
        paths: hit.reduce((sum, { lost }) => sum + lost, 0),
        thinned: hit.filter(({ isCut }) => !isCut).map(({ name }) => name),
        cut: hit.filter(({ isCut, isEnd: isGone }) => isCut && !isGone).map(({ name }) => name),
      },
    ];
  });
}

/** Whether a part is an end of a pair, or what that lies in. */
function isEnd({ ends }: ReturnType<typeof linkedPairs>[number], part: LinkPart): boolean {
  return ends.some(({ peer, site }) =>
    [`cloud:${peer}`, `${peer === 'on-premises' ? 'place' : 'site'}:${site}`].includes(partId(part)),
  );
}
