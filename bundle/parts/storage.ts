import type { PartMaker } from '../types';

/** Service accounts of workloads, and classes and volumes of the stores that are mounted. */
export const storage: PartMaker = () => [];
