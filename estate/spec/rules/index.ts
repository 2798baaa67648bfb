import type { Rule } from './rule';

export type { Finding, Rule } from './rule';

/** Every rule, sorted by code. */
export const RULES: readonly Rule[] = [];
