import type { Section } from '../parts/section';

/** Power of every site against its limit. */
export const POWER: Section = {
  id: 'power',
  title: 'Power',
  body: () => undefined,
};
