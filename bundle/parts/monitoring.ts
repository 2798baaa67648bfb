import type { PartMaker } from '../types';

/** Who watches nodes and accelerators. */
export const monitoring: PartMaker = () => [];
