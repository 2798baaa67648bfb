import { type ChangeSource, changePage } from './change/model';
import { CHANGE_SECTIONS } from './change/sections';
import { filtersOf } from './estate-page';
import { htmlDocument } from './shell';

/** The page of a change: one HTML file without anything beside it. */
export function changeHtml(source: ChangeSource): string {
  const { base, file, before, after, version } = source;
  const name = (after ?? before)?.plan.name;
  return htmlDocument({
    title: name === undefined ? 'Change of stacks' : `Change of estate ${name}`,
    subtitle: `From ${base} to ${file}: nothing was asked of a cloud, and nothing is applied.`,
    page: changePage(source),
    sections: CHANGE_SECTIONS,
    filters: filtersOf([before, after].flatMap((side) => (side === undefined ? [] : [side.plan]))),
    footer: `Made by training-estate ${version}. Every number is one of estate diff.`,
  });
}
