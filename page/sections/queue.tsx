import type { Section } from '../parts/section';

/** Who may use which accelerators, and what clusters run besides. */
export const QUEUE: Section = {
  id: 'queue',
  title: 'Queue and software',
  body: () => undefined,
};
