import type { Section } from '../parts/section';

/** Where every figure comes from that nobody has confirmed. */
export const SOURCES: Section = {
  id: 'sources',
  title: 'Sources and assumptions',
  body: () => undefined,
};
