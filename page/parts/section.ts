import type { ComponentChildren } from 'preact';
import type { EstatePage } from '../model';

/** A chapter of the page. */
export interface Section<Page = EstatePage> {
  /** What links lead to: never changes. */
  readonly id: string;
  readonly title: string;
  /** What stands in it; undefined where the estate has nothing to tell, so that the chapter is left out. */
  readonly body: (page: Page) => ComponentChildren | undefined;
}
