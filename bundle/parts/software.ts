import type { PartMaker } from '../types';

/** What the software of a cluster needs beside its charts and manifests, which the tool that applies the bundle brings. */
export const software: PartMaker = () => [];
