import type { Section } from '../parts/section';

/** What the estate costs, and what it draws from commitments. */
export const MONEY: Section = {
  id: 'money',
  title: 'Spend and commitments',
  body: () => undefined,
};
