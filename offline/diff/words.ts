import { groupBy } from '../../estate/units';
import { formatHoldings } from './holdings';
import type { DiffReport, ReportedResource } from './report';
import { countNoun } from './resource-kinds';
import type { Action, Cause } from './types';

/** The four ends of a resource, in the order in which reports count them. */
export const ACTIONS: readonly Action[] = ['created', 'updated', 'replaced', 'destroyed'];

/** What several resources are, by their nouns and with what they hold: `node pool for rack 17 (18 nodes, 72 GB300)`. */
export function describeResources(resources: readonly ReportedResource[]): string {
  const byNoun = groupBy(resources, ({ noun }) => noun);
  return [...byNoun]
    .sort(([, one], [, other]) => weightOf(other) - weightOf(one))
    .map(([noun, members]) => {
      const holdings = members.flatMap((member) => member.holdings);
      const nodes = holdings.reduce((sum, each) => sum + each.nodes, 0);
      const held = formatHoldings(holdings);
      const inside = [nodes > 0 && countNoun(nodes, 'node'), held].filter(Boolean).join(', ');
      const label = members.length === 1 ? holdings[0]?.label : '';
      const what = members.length === 1 ? noun : countNoun(members.length, noun);
      return `${what}${label ? ` for ${label}` : ''}${inside === '' ? '' : ` (${inside})`}`;
    })
    .join(', ');
}

function weightOf(members: readonly ReportedResource[]): number {
  return members.reduce((sum, { holdings }) => sum + (holdings.length > 0 ? 1000 : 0), members.length);
}

/** Why a resource is replaced, in words. */
export function describeCause({ path, of, certain }: Cause): string {
  const source = of === undefined ? 'changes' : `comes from ${of}, which is replaced`;
  return `${path} ${source}${certain ? '' : ' (the provider decides)'}`;
}

/** What else a reader has to know of a lost resource. */
export function describeNotes(resource: ReportedResource): string[] {
  const held = formatHoldings(resource.holdings);
  const kept = resource.action === 'replaced' ? 'the old one is retained' : 'leaves the estate but is retained';
  return [...(held === '' ? [] : [held]), ...(resource.isRetained ? [kept] : []), ...resource.notes];
}

/** Pools whose nodes are replaced one after another, with the attributes that cause it. */
export function rolledPools(report: DiffReport): { key: string; held: string; attributes: string[] }[] {
  const rolled = report.stacks.flatMap(({ resources }) => resources.filter((each) => each.rolled.length > 0));
  return [...groupBy(rolled, ({ key }) => key)].map(([key, members]) => ({
    key,
    held: formatHoldings(members.flatMap(({ holdings }) => holdings)),
    attributes: [...new Set(members.flatMap((member) => member.rolled))],
  }));
}

/** Changes that the provider refuses, by entry of the estate file. */
export function refusedChanges(report: DiffReport): { key: string; what: string; attributes: string[] }[] {
  const refused = report.stacks.flatMap(({ resources }) => resources.filter((each) => each.refused.length > 0));
  return [...groupBy(refused, ({ key, noun }) => `${key} ${noun}`).values()].map((members) => ({
    key: members[0]?.key ?? '',
    what: describeResources(members),
    attributes: [...new Set(members.flatMap((member) => member.refused))],
  }));
}

/** What is lost in all: accelerators and stored TiB behind replaced and destroyed resources. */
export function describeLoss(report: DiffReport): string {
  const lost = report.stacks.flatMap(({ resources }) =>
    resources.filter(({ action }) => action === 'replaced' || action === 'destroyed'),
  );
  return formatHoldings(lost.flatMap(({ holdings }) => holdings));
}

/** The entries that have to be accepted before everything protected may be lost. */
export function entriesToAccept(report: DiffReport): string[] {
  return [...new Set(report.protected.filter(({ isAccepted }) => !isAccepted).map(({ key }) => key))].sort();
}
