import type { LinkPeer } from './links';
import type { Sourced } from './types';

const CHECKED = { checked: '2026-11' } as const;

/** Numbers of autonomous systems that the end of a link cannot have. */
export interface ReservedAsns extends Sourced {
  readonly first: number;
  readonly last: number;
  /** What they are kept for, as part of a sentence. */
  readonly why: string;
  /** Gateways that refuse them at their peers. @default all */
  readonly at?: LinkPeer;
}

const AZURE = {
  at: 'azure',
  source: 'https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq',
  ...CHECKED,
} as const;

const DOCUMENTATION = {
  why: 'is kept for documentation',
  source: 'https://www.rfc-editor.org/rfc/rfc5398',
  ...CHECKED,
} as const;

/** Numbers that are kept for something else, or that a provider keeps for itself. */
export const RESERVED_ASNS: readonly ReservedAsns[] = [
  { first: 8074, last: 8075, why: 'is one of those of Azure itself', ...AZURE },
  { first: 12076, last: 12076, why: 'is one of those of Azure itself', ...AZURE },
  {
    first: 23456,
    last: 23456,
    why: 'stands for numbers that do not fit 16 bits',
    source: 'https://www.rfc-editor.org/rfc/rfc6793',
    ...CHECKED,
  },
  { first: 64496, last: 64511, ...DOCUMENTATION },
  { first: 65515, last: 65515, why: 'is the one that gateways of Azure have of their own accord', ...AZURE },
  { first: 65517, last: 65520, why: 'is one of those of Azure itself', ...AZURE },
  {
    first: 65535,
    last: 65535,
    why: 'is the last one of 16 bits, which is kept',
    source: 'https://www.rfc-editor.org/rfc/rfc7300',
    ...CHECKED,
  },
  { first: 65536, last: 65551, ...DOCUMENTATION },
];
