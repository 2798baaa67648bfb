import type { ResourceChange } from '../../diff/types';

/** What becomes of a resource, of which a test says only what matters to it. */
export function resourceChange(more: Partial<ResourceChange> & Pick<ResourceChange, 'action'>): ResourceChange {
  return {
    address: 'a',
    type: 't',
    path: 'p',
    attributes: [],
    because: [],
    isGuarded: false,
    isProtected: false,
    isRetained: false,
    refused: [],
    rolled: [],
    newNodesOnly: [],
    reread: [],
    shrunk: [],
    notes: [],
    ...more,
  };
}
