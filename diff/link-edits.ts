import type { LinkPlan } from '../estate/plan/links/types';
import type { Exchange } from '../estate/spec/exchange';
import { compareKeys } from '../estate/units';
import { isJsonObject } from '../terraform/document';
import type { EstateEdit } from './estate-edits';

/**
 * What differs in the exchange file: each place in it that is there before or after, `gateways.eastus2.addresses A -> B`.
 *
 * Gateways of clouds get their addresses once, so that a change of one that was known means another gateway.
 */
export function exchangeEdits(before: Exchange | undefined, after: Exchange | undefined): EstateEdit[] {
  const [old, now] = [placesOf(before), placesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((place) => old.get(place) !== now.get(place))
    .sort(compareKeys)
    .map((place) => ({
      path: 'exchange',
      change: `${place} ${old.get(place) ?? 'unset'} -> ${now.get(place) ?? 'unset'}`,
    }));
}

/** Sections of an exchange file, by their places. */
function placesOf(exchange: Exchange | undefined): Map<string, string> {
  const places = new Map<string, string>();
  const visit = (value: unknown, place: string): void => {
    if (isJsonObject(value))
      for (const [key, member] of Object.entries(value)) visit(member, place === '' ? key : `${place}.${key}`);
    else places.set(place, Array.isArray(value) ? value.join(', ') : String(value));
  };
  const { version: _version, estate: _estate, ...sections } = exchange ?? {};
  visit(sections, '');
  return places;
}

/** Numbers of links that are not the same, which the estate file may not say: what gateways are known by inside of tunnels. */
export function linkEdits(
  before: readonly LinkPlan[],
  after: readonly LinkPlan[],
  pathOf: (path: string) => string,
): EstateEdit[] {
  const old = new Map(before.map((link) => [link.key, link]));
  return after.flatMap((link) => {
    const was = old.get(link.key);
    const changes = was === undefined ? [] : numbersChanged(was, link);
    return changes.length === 0 ? [] : [{ path: pathOf(`links.${link.key}`), change: changes.join(', ') }];
  });
}

/** Numbers of autonomous systems and inside ranges of a link that are not the same, in words. */
export function numbersChanged(before: LinkPlan, after: LinkPlan): string[] {
  const asns = after.sides.flatMap(({ site, asn }) => {
    const was = before.sides.find((side) => side.site === site)?.asn;
    return was === undefined || asn === undefined || was === asn ? [] : [`ASN of ${site} ${was} -> ${asn}`];
  });
  const ranges = after.tunnels.flatMap(({ key, insideCidr }) => {
    const was = before.tunnels.find((tunnel) => tunnel.key === key)?.insideCidr;
    return was === undefined || was === insideCidr ? [] : [`tunnel ${key} inside ${was} -> ${insideCidr}`];
  });
  return [...asns, ...ranges];
}
