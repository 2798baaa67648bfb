import type { Cloud } from '../../estate/catalog';
import type { Layer } from '../../estate/plan/names';
import type { EstateEdit } from './estate-edits';
import type { Holding } from './holdings';
import { kindOf } from './resource-kinds';
import type { Action, ResourceChange, StackChange } from './types';

/** One changed resource with what it means for the estate. */
export interface ReportedResource extends ResourceChange {
  readonly stack: string;
  readonly cloud: Cloud;
  readonly noun: string;
  /** Entry of the estate file that it belongs to. */
  readonly key: string;
  /** Names under which `--accept` finds the entry: its key now and before. */
  readonly names: readonly string[];
  /** What lives in it. */
  readonly holdings: readonly Holding[];
  /** Whether its loss was accepted. */
  readonly isAccepted: boolean;
}

/** One stack with its changes. */
export interface ReportedStack {
  readonly stack: string;
  readonly cloud: Cloud;
  readonly layer: Layer;
  readonly resources: readonly ReportedResource[];
}

/** What an edit of the estate does to all clouds. */
export interface DiffReport {
  readonly edits: readonly EstateEdit[];
  /** Stacks with changes, in the order of reports. */
  readonly stacks: readonly ReportedStack[];
  /** Stacks without any. */
  readonly unchanged: number;
  /** Protected resources that are replaced or destroyed. */
  readonly protected: readonly ReportedResource[];
  /** Whether every loss of something protected was accepted. */
  readonly ok: boolean;
}

/** What a resource belongs to and holds, asked of the estate that has it. */
export interface ResourceOwner {
  readonly key: string;
  readonly names: readonly string[];
  readonly holdings: readonly Holding[];
}

/** What a report is made from. */
export interface ReportInput {
  readonly edits: readonly EstateEdit[];
  readonly changes: readonly StackChange[];
  /** Stacks of both estates in the order of reports. */
  readonly rows: readonly { readonly stack: string; readonly cloud: Cloud; readonly layer: Layer }[];
  readonly ownerOf: (stack: string, change: ResourceChange) => ResourceOwner;
  /** Entries whose loss is accepted; `*` accepts all. */
  readonly accept: readonly string[];
}

/** Whether an entry, or what it is part of, is among the accepted ones. */
function isAccepted(names: readonly string[], accept: readonly string[]): boolean {
  return accept.some((key) => key === '*' || names.some((name) => name === key || name.startsWith(`${key}.`)));
}

/** Puts changes, their owners and what is accepted together. */
export function diffReport({ edits, changes, rows, ownerOf, accept }: ReportInput): DiffReport {
  const byStack = new Map(changes.map((each) => [each.stack, each.changes]));
  const stacks = rows
    .map(({ stack, cloud, layer }): ReportedStack => {
      const resources = (byStack.get(stack) ?? []).map((change): ReportedResource => {
        const owner = ownerOf(stack, change);
        const { noun } = kindOf(change.type);
        return { ...change, ...owner, stack, cloud, noun, isAccepted: isAccepted(owner.names, accept) };
      });
      return { stack, cloud, layer, resources };
    })
    .filter(({ resources }) => resources.length > 0);
  const lost = stacks.flatMap(({ resources }) => resources.filter((each) => each.isProtected));
  return {
    edits,
    stacks,
    unchanged: rows.length - stacks.length,
    protected: lost,
    ok: lost.every((each) => each.isAccepted),
  };
}

/** The resources of a report that come to one end, what is protected and what holds most first. */
export function resourcesThat(report: DiffReport, action: Action): ReportedResource[] {
  const weight = ({ isProtected, holdings }: ReportedResource) =>
    (isProtected ? 1e12 : 0) + holdings.reduce((sum, each) => sum + each.accelerators + each.storedTiB, 0);
  return report.stacks
    .flatMap(({ resources }) => resources.filter((each) => each.action === action))
    .sort((one, other) => weight(other) - weight(one));
}

/** The report as its JSON document. */
export function diffJson(report: DiffReport): object {
  const of = (resources: readonly ReportedResource[], action: Action) =>
    resources.filter((each) => each.action === action);
  return {
    ok: report.ok,
    edits: report.edits,
    stacks: report.stacks.map(({ stack, cloud, layer, resources }) => ({
      stack,
      cloud,
      layer,
      created: of(resources, 'created').map(({ address }) => address),
      updated: of(resources, 'updated').map(({ address, attributes, refused, rolled }) => ({
        address,
        attributes,
        ...(refused.length > 0 && { refused }),
        ...(rolled.length > 0 && { rolled }),
      })),
      replaced: of(resources, 'replaced').map(({ address, because }) => ({
        address,
        because: because.map(({ path }) => path),
      })),
      destroyed: of(resources, 'destroyed').map(({ address }) => address),
      resources: resources.map((each) => ({
        address: each.address,
        type: each.type,
        construct: each.path,
        estate: each.key,
        action: each.action,
        ...(each.isProtected && { protected: true, accepted: each.isAccepted }),
        ...(each.isRetained && { retained: true }),
        ...(each.because.length > 0 && { because: each.because }),
        ...(each.notes.length > 0 && { notes: each.notes }),
        accelerators: each.holdings.reduce((sum, { accelerators }) => sum + accelerators, 0),
        storedTiB: each.holdings.reduce((sum, { storedTiB }) => sum + storedTiB, 0),
      })),
    })),
    unchanged: report.unchanged,
    protected: [...new Set(report.protected.map(({ address }) => address))],
  };
}
