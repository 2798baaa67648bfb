import type { Section } from '../parts/section';

/** The headline: what the estate is, in numbers. */
export const SUMMARY: Section = {
  id: 'summary',
  title: 'At a glance',
  body: () => undefined,
};
