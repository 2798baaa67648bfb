import type { PartMaker } from '../types';

/** Interfaces of the network between accelerators, as pods ask for them; part of the software. */
export const fabric: PartMaker = () => [];
