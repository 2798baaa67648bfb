import type { Section } from '../parts/section';

/** Stores, and how data comes from one to another. */
export const STORES: Section = {
  id: 'stores',
  title: 'Stores and replication',
  body: () => undefined,
};
