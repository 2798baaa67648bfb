import type { Section } from '../parts/section';

/** The sites on a map of the world. */
export const MAP: Section = {
  id: 'map',
  title: 'Where it is',
  body: () => undefined,
};
