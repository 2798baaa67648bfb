import { OfflineError } from '../provider/errors';

/** Runs a task for each name, after the tasks it comes after, at most `limit` at the same time. */
export async function inOrder(
  before: ReadonlyMap<string, readonly string[]>,
  limit: number,
  task: (name: string) => Promise<void>,
): Promise<void> {
  const waiting = new Map([...before].map(([name, names]) => [name, new Set(names)]));
  const running = new Set<Promise<void>>();
  while (waiting.size > 0 || running.size > 0) {
    const ready = [...waiting].filter(([, names]) => names.size === 0).map(([name]) => name);
    for (const name of ready.slice(0, Math.max(0, Math.max(1, limit) - running.size))) {
      waiting.delete(name);
      const run = task(name).then(() => {
        running.delete(run);
        for (const names of waiting.values()) names.delete(name);
      });
      running.add(run);
    }
    if (running.size === 0) {
      const left = [...waiting.keys()].sort().join(', ');
      throw new OfflineError(`these stacks read each other's outputs in a circle: ${left}`, 'break the circle');
    }
    await Promise.race(running);
  }
}
