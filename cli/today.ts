import { type Day, isDay } from '../estate/days';
import { ToolError } from './app';

/** The day that it is, in UTC: the one clock of commands, which nothing that synthesizes ever reads. */
export function today(): Day {
  return new Date().toISOString().slice(0, 10);
}

/** The day that an option names; undefined where it is not given. */
export function dayOption(name: string, value: string | undefined): Day | undefined {
  if (value === undefined || isDay(value)) return value;
  throw new ToolError(`--${name} ${value} is no day`, `write a day that there is, such as --${name} 2027-01-31`);
}

/** A time that options name, both days included; undefined where neither is given. */
export function timeOption(
  from: string | undefined,
  until: string | undefined,
  usual: { readonly from: Day; readonly until: (from: Day) => Day },
): { readonly from: Day; readonly until: Day } | undefined {
  const [first, last] = [dayOption('from', from), dayOption('to', until)];
  if (first === undefined && last === undefined) return undefined;
  const start = first ?? usual.from;
  const time = { from: start, until: last ?? usual.until(start) };
  if (time.from <= time.until) return time;
  throw new ToolError(`the time ends on ${time.until}, before it begins on ${time.from}`, 'give a later --to');
}
