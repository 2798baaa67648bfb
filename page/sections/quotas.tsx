import type { Section } from '../parts/section';

/** What has to be asked of providers against what is granted. */
export const QUOTAS: Section = {
  id: 'quotas',
  title: 'Quotas',
  body: () => undefined,
};
