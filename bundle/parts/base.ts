import type { PartMaker } from '../types';

/** Namespaces of jobs, priorities of pods and what may reach whom. */
export const base: PartMaker = () => [];
