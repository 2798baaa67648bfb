import type { Section } from '../parts/section';

/** Limits that the estate sets itself, and what is left when something is lost. */
export const POLICY: Section = {
  id: 'policy',
  title: 'Policy and survival',
  body: () => undefined,
};
