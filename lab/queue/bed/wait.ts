/** Waits, in milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

/** Asks again and again until something is there, or gives up: then it returns nothing. */
export async function until<T>(
  ask: () => Promise<T | undefined>,
  seconds: number,
  everyMs = 250,
): Promise<T | undefined> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await ask();
    if (found !== undefined || Date.now() > end) return found;
    await sleep(everyMs);
  }
}
