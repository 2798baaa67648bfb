/** Sizes of the types. */
export const TYPE = { shard: 13, pool: 13, detail: 11, key: 10 } as const;

/** Width of pictures of racks: all of them have one scale. */
export const WIDTH = 1080;

/** Room around what stands in the band of a Kubernetes cluster. */
export const INSET = 12;

/** How wide groups can be. */
export const ROOM = WIDTH - 2 * INSET;

/** One cell is one node: how wide and high it is, and from where to where the next one below and beside it is. */
export const CELL = { width: 20, height: 3.2, below: 4, beside: 22 } as const;
