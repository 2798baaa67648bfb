/** Waits for all before failing, so that nothing runs on behind an error message; what each came to. */
export async function settle<T extends readonly unknown[] | []>(
  running: T,
): Promise<{ -readonly [Index in keyof T]: Awaited<T[Index]> }> {
  await Promise.allSettled(running);
  return Promise.all(running);
}
