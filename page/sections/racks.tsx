import type { Section } from '../parts/section';

/** The groups of every pool, drawn to scale. */
export const RACKS: Section = {
  id: 'racks',
  title: 'Racks',
  body: () => undefined,
};
