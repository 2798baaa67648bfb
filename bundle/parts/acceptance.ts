import type { PartMaker } from '../types';

/** Jobs by which somebody accepts nodes. */
export const acceptance: PartMaker = () => [];
