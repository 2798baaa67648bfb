import type { Value } from '../../provider/values';
import { type NumberRow, sumAt } from './numbers';
import { valuesAt } from './rule';

/** The sizes of a group as its template says them. */
interface Sizes {
  readonly fewest: number;
  /** Undefined where the template leaves alone how many run. */
  readonly desired?: number;
  readonly most: number;
  /** Whether an autoscaler of the cluster sizes it. */
  readonly isRange: boolean;
  /** Whether its size belongs to somebody else: then the template only says how it starts. */
  readonly isExternal: boolean;
}

function sizesOf(group: Value): Sizes {
  const at = (name: string) => sumAt(group, `ScalingConfig.${name}`);
  const [fewest = 0, desired, most = 0] = [at('MinSize'), at('DesiredSize'), at('MaxSize')];
  const isRange = valuesAt(group, 'Tags.nodes').some((text) => /^\d+-\d+$/.test(String(text)));
  return { fewest, desired, most, isRange, isExternal: !isRange && desired === 0 && fewest === 0 && most > 0 };
}

/**
 * Nodes that a change of the sizes takes away.
 *
 * CloudFormation sends the whole block when a part of it changes, the size that the group started with included.
 */
export const lostNodes: NonNullable<NumberRow['lost']> = (before, after) => {
  const [had, has] = [sizesOf(before), sizesOf(after)];
  if (had.fewest === has.fewest && had.desired === has.desired && had.most === has.most) return undefined;
  // Where nothing is said of how many run, EKS takes none away, but lets no more run than the most.
  if (has.desired === undefined) return fewer(had.isRange ? had.most : (had.desired ?? had.most), has.most, '');
  if (had.isExternal && has.desired !== 0) return undefined;
  const most = had.isExternal || had.isRange ? had.most : (had.desired ?? had.most);
  const sets = has.desired === 0 || had.isRange;
  return fewer(most, has.desired, sets ? `CloudFormation sets the running size to ${has.desired}` : '');
};

function fewer(before: number, after: number, note: string): ReturnType<NonNullable<NumberRow['lost']>> {
  return after < before ? { before, after, note } : undefined;
}
