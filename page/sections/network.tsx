import type { Section } from '../parts/section';

/** Sites, ranges, links, and who may use what over them. */
export const NETWORK: Section = {
  id: 'network',
  title: 'Network',
  body: () => undefined,
};
