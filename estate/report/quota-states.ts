import type { Cloud } from '../catalog';
import type { QuotaNeed } from '../plan/quotas';
import { compareKeys, groupBy } from '../units';

/** Whether an account has as much of a quota as is needed; unknown where nobody says what it has. */
export type QuotaState = 'enough' | 'raise' | 'unknown';

/** Says whether an account has as much of a quota as is needed. */
export function quotaState({ needed, default: granted }: QuotaNeed): QuotaState {
  if (granted === undefined) return 'unknown';
  return needed > granted ? 'raise' : 'enough';
}

/** A quota of which more is needed than an account has. */
export interface QuotaRaise extends QuotaNeed {
  readonly default: number;
  /** What is missing, in its unit. */
  readonly raiseBy: number;
  /** How many times as much as the account has is needed; null where it has nothing. */
  readonly times: number | null;
}

/** The quotas that have to be raised, those first of which the largest multiple is needed. */
export function quotaRaises(needs: readonly QuotaNeed[]): readonly QuotaRaise[] {
  return needs
    .flatMap((need): QuotaRaise[] => {
      const { needed, default: granted } = need;
      if (granted === undefined || needed <= granted) return [];
      return [{ ...need, default: granted, raiseBy: needed - granted, times: granted === 0 ? null : needed / granted }];
    })
    .sort((one, other) => (other.times ?? Infinity) - (one.times ?? Infinity) || byPlace(one, other));
}

function byPlace(one: QuotaNeed, other: QuotaNeed): number {
  return (
    compareKeys(one.key, other.key) || compareKeys(one.account, other.account) || compareKeys(one.region, other.region)
  );
}

/** How many quotas of one account are in which state. */
export interface QuotaCount extends Readonly<Record<QuotaState, number>> {
  readonly cloud: Cloud;
  /** Key of the account. */
  readonly account: string;
}

/** How many quotas of each account are in which state, in the order of the quotas. */
export function quotaCounts(needs: readonly QuotaNeed[]): readonly QuotaCount[] {
  return [...groupBy(needs, ({ cloud, account }) => `${cloud} ${account}`).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const own = [first, ...others].map(quotaState);
    const count = (state: QuotaState) => own.filter((each) => each === state).length;
    const { cloud, account } = first;
    return [{ cloud, account, enough: count('enough'), raise: count('raise'), unknown: count('unknown') }];
  });
}
