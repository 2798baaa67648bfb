import { type LinkPart, parsePart, partsOf } from '../estate/plan/links/loss';
import type { LinkPlan } from '../estate/plan/links/types';
import type { Estate } from '../estate/spec/schema';
import { ToolError } from './app';

/** Most parts that a hint lists: a large estate has thousands. */
const LISTED = 60;

/** The parts of links that `--lose` names, by the keys of today or by those that entries had first. */
export function partsFor(texts: readonly string[], links: readonly LinkPlan[], estate: Estate): readonly LinkPart[] {
  return texts.map((named) => {
    const text = firstName(named, estate);
    const part = parsePart(text, links);
    if (typeof part === 'string') throw new ToolError(part, hintFor(text, links));
    return part;
  });
}

/** A part by the first key of its link or site, as the plan calls them: `site:new/gateway` -> `site:old/gateway`. */
export function firstName(text: string, { links, sites }: Pick<Estate, 'links' | 'sites'>): string {
  const [, kind = '', key = '', rest = ''] = /^(\w+:)?([^/]*)(.*)$/s.exec(text) ?? [];
  const first = links[key]?.renamedFrom ?? sites[key]?.renamedFrom ?? key;
  return `${kind}${first}${rest}`;
}

/** The parts that there are: those of the same site or link where the text begins with its name. */
function hintFor(text: string, links: readonly LinkPlan[]): string {
  const names = [...new Set(partsOf(links).map(({ name }) => name))];
  if (names.length === 0) return 'the estate has no links';
  const [whole = ''] = text.split('/');
  const near = names.filter((name) => name.startsWith(`${whole}/`));
  const wholes = names.filter((name) => !name.includes('/'));
  const listed = names.length <= LISTED ? names : near.length > 0 ? near : wholes;
  const more = names.length > listed.length ? '; others are SITE/gateway, LINK/tunnel-1 and such' : '';
  return `parts: ${listed.slice(0, LISTED).join(', ')}${listed.length > LISTED ? ', …' : ''}${more}`;
}
