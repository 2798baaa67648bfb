import type { Cloud } from '../../estate/catalog';

/** A row that says a fact, where it is written. */
export interface FactRow {
  /** Path from the folder of the checkout. */
  readonly file: string;
  readonly line: number;
  /** How it is found in its file: the names that lead to it. */
  readonly name: string;
  /** The cloud that it is about. @default none, or several */
  readonly cloud?: Cloud;
  readonly source: string;
  readonly checked: string;
  /** The day on which what it is about came out, YYYY-MM-DD: its age counts from there. @default - its age is that of `checked` */
  readonly released?: string;
  /** The first release of a provider that it no longer holds for. @default every recorded one */
  readonly before?: string;
  /** What of it is assumed. @default nothing */
  readonly unverified?: string;
}
