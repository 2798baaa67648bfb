/** What labels begin with that nodes get from the estate; nobody else gives any. */
export const NODE_LABEL_PREFIX = 'estate/';

/** Labels of the nodes of pools: the key of the pool and the id of the group, as they were when those were new. */
export const NODE_LABELS = { pool: `${NODE_LABEL_PREFIX}pool`, group: `${NODE_LABEL_PREFIX}group` } as const;
