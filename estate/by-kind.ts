/** What is done with each kind of something. */
export type Cases<T extends { readonly kind: string }, R> = {
  readonly [K in T['kind']]: (thing: Extract<T, { readonly kind: K }>) => R;
};

/**
 * Decides by the kind of something.
 *
 * Every kind needs a case: where a kind is added, the compiler names each place that has to say what becomes of it.
 */
export function byKind<T extends { readonly kind: string }, R>(thing: T, cases: Cases<T, R>): R {
  const decide: (thing: never) => R = cases[thing.kind as T['kind']];
  return decide(thing as never);
}
