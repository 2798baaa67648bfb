import type { Section } from '../parts/section';

/** Who answers for what, who reaches it, and who is told. */
export const OWNERS: Section = {
  id: 'owners',
  title: 'Owners and access',
  body: () => undefined,
};
