import { AWS_QUOTAS } from './aws-quotas';
import { AZURE_QUOTAS } from './azure-quotas';
import { GOOGLE_QUOTAS } from './google-quotas';
import { ORACLE_QUOTAS } from './oracle-quotas';
import type { QuotaRow } from './quota-row';

export type { QuotaRow } from './quota-row';

const ROWS = { ...AWS_QUOTAS, ...AZURE_QUOTAS, ...GOOGLE_QUOTAS, ...ORACLE_QUOTAS } as const;

/** Key of a quota row. */
export type QuotaKey = keyof typeof ROWS;

/** Quotas by their key, which an estate's `catalog.quotas` uses too. */
export const QUOTAS: Readonly<Record<QuotaKey, QuotaRow>> = ROWS;
