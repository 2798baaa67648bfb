import type { Section } from '../parts/section';

/** Warnings, what is accepted with its reason, and what waits. */
export const FINDINGS: Section = {
  id: 'findings',
  title: 'Findings and acknowledgements',
  body: () => undefined,
};
