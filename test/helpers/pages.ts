import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ComponentChildren, Fragment, h } from 'preact';
import { render } from 'preact-render-to-string';
import { checkEstate } from '../../cli/checked';
import type { Day } from '../../estate/days';
import type { Estate } from '../../estate/spec/schema';
import { type EstatePage, estatePage } from '../../page/model';
import type { Section } from '../../page/parts/section';
import { ROOT } from './cli';
import { lockAndResolve } from './estates';

/** Day that pages of tests are as of. */
export const PAGE_DAY: Day = '2026-11-30';

/** Names of all examples, without ending. */
export const EXAMPLES = readdirSync(join(ROOT, 'examples')).flatMap((name) =>
  name.endsWith('.yaml') ? [name.replace(/\.yaml$/, '')] : [],
);

/** What the page of one of the examples is drawn from, by its name without ending. */
export function pageOf(example: string, day = PAGE_DAY): EstatePage {
  const { resolved, diagnostics: warnings, acknowledged } = checkEstate(join(ROOT, 'examples', `${example}.yaml`), day);
  if (resolved === undefined) throw new Error(`${example} has errors: ${warnings.map(({ message }) => message)}`);
  const { loaded, plan, told } = resolved;
  return estatePage({
    estate: loaded.estate,
    plan,
    warnings,
    acknowledged,
    day,
    version: '0.0.0',
    ...(told && { told }),
  });
}

/** What the page of an estate of a test is drawn from. */
export function pageFrom(estate: Estate, day = PAGE_DAY): EstatePage {
  const { plan } = lockAndResolve(estate);
  return estatePage({ estate, plan, warnings: [], acknowledged: [], day, version: '0.0.0' });
}

/** The HTML of a chapter; undefined where it is left out. */
export function bodyOf({ body }: Section, page: EstatePage): string | undefined {
  const content = body(page);
  return content === undefined ? undefined : htmlOf(content);
}

/** The HTML of what is drawn. */
export function htmlOf(content: ComponentChildren): string {
  return render(h(Fragment, null, content));
}
