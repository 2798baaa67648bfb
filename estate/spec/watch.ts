/** An entry that may say how long logs are kept of it, or whether alarms watch it. */
export interface Watched {
  readonly logs?: { readonly retainDays: number };
  readonly alarms?: boolean;
}

/** What was said of something, and by which of the entries that it lies in, itself included. */
export interface Said<T> {
  readonly value: T;
  /** Index of the entry, the outermost being the first. */
  readonly level: number;
}

/** Days for which logs are kept, by the innermost entry that says so; undefined where none does. */
export function logDaysOf(levels: readonly (Watched | undefined)[]): Said<number> | undefined {
  return innermost(levels, (level) => level?.logs?.retainDays);
}

/** Whether alarms watch something, by the innermost entry that says so; undefined where none does. */
export function alarmsOf(levels: readonly (Watched | undefined)[]): Said<boolean> | undefined {
  return innermost(levels, (level) => level?.alarms);
}

function innermost<L, T>(levels: readonly L[], saidBy: (level: L) => T | undefined): Said<T> | undefined {
  const said = levels.flatMap((one, level) => {
    const value = saidBy(one);
    return value === undefined ? [] : [{ value, level }];
  });
  return said.at(-1);
}
