import type { DiffReport } from '../../diff';
import type { Plan } from '../../estate/plan/types';
import type { Estate } from '../../estate/spec/schema';
import { type Facets, facetsOf } from '../model';

/** An estate on one side of a change. */
export interface ChangeSide {
  readonly estate: Estate;
  readonly plan: Plan;
}

/** What the page of a change is made from. */
export interface ChangeSource {
  readonly report: DiffReport;
  /** What is compared, as it was named. */
  readonly base: string;
  readonly file: string;
  /** The estate before the change. @default two output folders are compared */
  readonly before?: ChangeSide;
  /** The estate after it. @default two output folders are compared */
  readonly after?: ChangeSide;
  /** Release of the tool that made it. */
  readonly version: string;
}

/** Everything that sections of the page of a change draw from. */
export interface ChangePage extends ChangeSource {
  /** What can be asked of an entry, as it is after the change; of what goes, as it was. */
  readonly facets: (path: string) => Facets;
}

/** Makes a change ready to be drawn. */
export function changePage(source: ChangeSource): ChangePage {
  const [after, before] = [source.after, source.before].map((side) => (side ? facetsOf(side.plan) : () => ({})));
  return { ...source, facets: (path) => ({ ...before?.(path), ...after?.(path) }) };
}

/** What can be asked of a stack that changes: where the entries lie that it is made for, and who answers for them. */
export function stackFacets(
  { facets }: Pick<ChangePage, 'facets'>,
  { resources, cloud }: Pick<DiffReport['stacks'][number], 'resources' | 'cloud'>,
): Facets {
  return { ...facets(resources[0]?.key ?? ''), cloud };
}
