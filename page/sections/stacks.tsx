import type { Section } from '../parts/section';

/** Every stack after those that it needs. */
export const STACKS: Section = {
  id: 'stacks',
  title: 'Stacks in order of apply',
  body: () => undefined,
};
