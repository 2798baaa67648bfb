import type { Section } from '../parts/section';
import { CAPACITY } from './capacity';
import { FINDINGS } from './findings';
import { MAP } from './map';
import { MONEY } from './money';
import { NETWORK } from './network';
import { OWNERS } from './owners';
import { POLICY } from './policy';
import { POWER } from './power';
import { QUEUE } from './queue';
import { QUOTAS } from './quotas';
import { RACKS } from './racks';
import { SOURCES } from './sources';
import { STACKS } from './stacks';
import { STORES } from './stores';
import { SUMMARY } from './summary';
import { TIMELINE } from './timeline';

/** The chapters of the page of an estate, in order. */
export const SECTIONS: readonly Section[] = [
  SUMMARY,
  MAP,
  CAPACITY,
  RACKS,
  NETWORK,
  STORES,
  TIMELINE,
  MONEY,
  POWER,
  QUOTAS,
  QUEUE,
  POLICY,
  FINDINGS,
  STACKS,
  OWNERS,
  SOURCES,
];
