import type { PartMaker } from '../types';

/** The queue of a cluster: its objects of Kueue. */
export const queue: PartMaker = () => [];
