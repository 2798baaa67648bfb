import type { Section } from '../parts/section';

/** Windows of capacity, phases, commitments and waivers in time. */
export const TIMELINE: Section = {
  id: 'timeline',
  title: 'Timeline',
  body: () => undefined,
};
