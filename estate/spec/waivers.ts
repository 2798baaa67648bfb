import { type Day, daysBetween } from '../days';
import type { Diagnostic } from '../diagnostics';
import type { Path, Places } from './positions';
import type { Estate } from './schema';
import { counted, formatPath } from './words';

/** A limit of policy that may be broken at one place for a while. */
export type Waiver = NonNullable<Estate['policy']['waivers']>[number];

/** Whether a waiver covers what breaks a rule at a place: its own path, and everything below it. */
export function covers({ rule, path }: Pick<Waiver, 'rule' | 'path'>, code: string, at: string): boolean {
  return rule === code && (at === path || at.startsWith(`${path}.`));
}

/** Days before its last one on which a waiver is told of. */
const NOTICE_DAYS = 30;

/** Waivers that have ended by a day, which are errors, and those that end soon. */
export function waiversOn({ policy }: Estate, positions: Places, day: Day): readonly Diagnostic[] {
  return (policy.waivers ?? []).flatMap(({ rule, path, until }, index): Diagnostic[] => {
    const left = daysBetween(day, until);
    if (left > NOTICE_DAYS) return [];
    const place: Path = ['policy', 'waivers', index, 'until'];
    const what = `the waiver of ${rule} at ${path}`;
    return [
      {
        code: left < 0 ? 'WaiverEnded' : 'WaiverEnds',
        severity: left < 0 ? 'error' : 'warning',
        path: formatPath(place),
        value: until,
        message: left < 0 ? `${what} ended on ${until}` : `${what} ends on ${until}, in ${counted(left, 'day')}`,
        hint: 'keep the limit and remove the waiver, or give it a later day and the reason for that',
        at: positions.locate(place),
      },
    ];
  });
}
