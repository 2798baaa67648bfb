import { FABRIC_COMPONENTS } from './fabric-components';
import { NVIDIA_COMPONENTS } from './nvidia-components';
import { OTHER_COMPONENTS } from './other-components';
import { QUEUE_COMPONENTS } from './queue-components';
import type { ComponentRow } from './types';

/** What GitOps can install, by name. */
export const COMPONENTS: Readonly<Record<string, ComponentRow>> = Object.fromEntries(
  [...QUEUE_COMPONENTS, ...NVIDIA_COMPONENTS, ...FABRIC_COMPONENTS, ...OTHER_COMPONENTS].map((row) => [row.name, row]),
);
