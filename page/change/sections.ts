import type { Section } from '../parts/section';
import { CHANGES } from './changes';
import { EDITS } from './edits';
import { JOBS } from './jobs';
import type { ChangePage } from './model';
import { ORDER } from './order';
import { RACKS } from './racks';
import { RESOURCES } from './resources';
import { STAKE } from './stake';
import { VERDICT } from './verdict';

/** The chapters of the page of a change, in order. */
export const CHANGE_SECTIONS: readonly Section<ChangePage>[] = [
  VERDICT,
  STAKE,
  CHANGES,
  RACKS,
  EDITS,
  JOBS,
  ORDER,
  RESOURCES,
];
