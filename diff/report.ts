import { type Cloud, ENGINES } from '../estate/catalog';
import type { PendingFact } from '../estate/plan/links/types';
import type { Layer } from '../estate/plan/names';
import type { PortfolioChange } from '../estate/report/what-if';
import { groupBy } from '../estate/units';
import { EXPORTS } from './cloudformation-outputs';
import type { EstateEdit } from './estate-edits';
import type { GivenUp } from './given-up';
import type { Holding } from './holdings';
import type { ReportedJobs } from './job-words';
import { type Lift, liftOfChanges, liftOfStack } from './lift';
import type { LinkCut, LinkLosses } from './link-losses';
import { type Loss, losesProtected, lossesOf } from './losses';
import { deployOrder, type OrderedStack, type Tool } from './order';
import type { Readdressed } from './refactor';
import type { ReportedResource } from './reported';
import { isSiteNetwork, kindOf, linkPartOf, nounOf } from './resource-kinds';
import { isTagChange } from './tags';
import type { Action, OutputChange, Refusal, ReleaseChange, ResourceChange, ResourceName, StackChange } from './types';

/** One stack with its changes. */
export interface ReportedStack {
  readonly stack: string;
  readonly cloud: Cloud;
  readonly layer: Layer;
  readonly resources: readonly ReportedResource[];
  readonly outputs: readonly OutputChange[];
  /** Whether the edit leaves it out, so that nothing destroys it. */
  readonly isLeft: boolean;
  /** Whether CloudFormation refuses to delete it. */
  readonly isTerminationProtected: boolean;
  /** Whether it stands on other stacks, and others on it. */
  readonly hasLower: boolean;
  readonly hasUpper: boolean;
  /** What it was made from and the exchange file has no longer. */
  readonly forgotten: readonly PendingFact[];
}

/** A change that is refused when it is applied. */
export interface ReportedRefusal extends Refusal {
  /** Address of the resource, or name of the stack. */
  readonly address: string;
  readonly stack: string;
  /** Entry of the estate file. */
  readonly key: string;
}

/** Something kept that is given up. */
export interface ReportedGivenUp extends GivenUp {
  /** Whether that was accepted. */
  readonly isAccepted: boolean;
}

/** What an edit of the estate does to all clouds. */
export interface DiffReport {
  /** What the estates say differently; absent where two output folders are compared. */
  readonly edits?: readonly EstateEdit[];
  /** What it does to numbers of the whole estate; absent where it does nothing to them, or there is no estate file. */
  readonly portfolio?: readonly PortfolioChange[];
  /** Whether text tells of those numbers: one of the estates says something of money, time or policy. */
  readonly tellsPortfolio: boolean;
  /** Stacks with changes, in the order of reports. */
  readonly stacks: readonly ReportedStack[];
  /** Stacks without any. */
  readonly unchanged: number;
  /** Protected resources that are replaced, destroyed, made smaller, or leave the estate. */
  readonly protected: readonly ReportedResource[];
  /** What had left the estate file before, was kept, and is not any more. */
  readonly givenUp: readonly ReportedGivenUp[];
  /** What the edit takes away, by entry of the estate. */
  readonly lost: readonly Loss[];
  /** Links that are cut, or keep fewer of their tunnels, sorted by path. */
  readonly cut: readonly LinkCut[];
  /** What it does to the objects of clusters, and to jobs; absent where it does nothing, or there is no estate file. */
  readonly jobs?: ReportedJobs;
  /** What is refused when it is applied; nothing is accepted of that but what is said to be empty. */
  readonly refused: readonly ReportedRefusal[];
  /** Resources that get another address and stay as they are, of Terraform by the `moved` blocks of the output. */
  readonly readdressed: readonly Readdressed[];
  /** Commands that give resources of CloudFormation stacks their other logical ids, before anything is deployed. */
  readonly refactoring: readonly string[];
  /** Commands that bring the state of stacks to where it is kept from now on, in the order of their layers. */
  readonly migrations: readonly string[];
  /** Providers that stacks pin in another release than before, with those stacks in the order of their layers. */
  readonly releases: readonly (ReleaseChange & { readonly stacks: readonly string[] })[];
  /** Commands in the order that works; empty where the usual order does. */
  readonly order: readonly string[];
  /** Pairs of stacks of which each has to go before the other: the edit takes two passes. */
  readonly passes: readonly (readonly [string, string])[];
  /** Whether nothing is refused, and every loss of something protected was accepted. */
  readonly ok: boolean;
}

/** What a resource belongs to and holds, asked of the estate that has it. */
export interface ResourceOwner {
  readonly key: string;
  readonly names: readonly string[];
  readonly holdings: readonly Holding[];
  /** What it holds after the edit. */
  readonly becomes: readonly Holding[];
  /** Whether anything lives at its site, so that its network is in use. */
  readonly isInUse: boolean;
}

/** What a report is made from. */
export interface ReportInput {
  /** @default none: there is no estate file */
  readonly edits?: readonly EstateEdit[];
  /** What the edit does to numbers of the whole estate. @default none: there is no estate file */
  readonly portfolio?: readonly PortfolioChange[];
  /** @default false */
  readonly tellsPortfolio?: boolean;
  readonly changes: readonly StackChange[];
  /**
   * What is given up of what was kept, with the names under which `--accept` finds it.
   *
   * @default none: there is no lock file
   */
  readonly givenUp?: readonly (GivenUp & { readonly names: readonly string[] })[];
  /** Stacks of both estates in the order of reports. */
  readonly rows: readonly { readonly stack: string; readonly cloud: Cloud; readonly layer: Layer }[];
  readonly ownerOf: (stack: string, change: ResourceChange) => ResourceOwner;
  /** What is lost with parts of links. @default none: there is no estate file */
  readonly links?: LinkLosses;
  /** What the edit does to the objects of clusters, and to jobs. @default nothing */
  readonly jobs?: ReportedJobs;
  /** Entries whose loss is accepted; `*` accepts all. */
  readonly accept: readonly string[];
  /** What the estate is compared with, as it was named. */
  readonly base: string;
  /** Resources that get another address and stay as they are. @default none: both outputs are of one release */
  readonly readdressed?: readonly Readdressed[];
  /** Commands that give resources of CloudFormation stacks their other logical ids. @default none */
  readonly refactoring?: readonly string[];
}

/** Whether an entry, or what it is part of, is among the accepted ones. */
function isAccepted(names: readonly string[], accept: readonly string[]): boolean {
  return accept.some((key) => key === '*' || names.some((name) => name === key || name.startsWith(`${key}.`)));
}

/** Puts the entries that a refusal is about before what it says of them. */
function withSubjects({ subjects, ...refusal }: Refusal, keyOf: (name: ResourceName) => string): Refusal {
  if (subjects === undefined) return refusal;
  const keys = [...new Set(subjects.map(keyOf))];
  return { ...refusal, why: `${keys.join(', ')} ${keys.length === 1 ? 'is' : 'are'} ${refusal.why}` };
}

function reportResource(
  change: ResourceChange,
  { stack, cloud, layer }: ReportInput['rows'][number],
  { ownerOf, accept, links }: ReportInput,
): ReportedResource {
  const { isInUse, ...owned } = ownerOf(stack, change);
  // An edit of a cluster or a network is not about the pools in it, unless they go with it.
  const { holds } = kindOf(change.type);
  const isAround = (holds === 'cluster' || holds === 'site') && ['created', 'updated'].includes(change.action);
  const owner = isAround ? { ...owned, holdings: [], becomes: [] } : owned;
  const isLost = change.action === 'replaced' || change.action === 'destroyed';
  const part = links === undefined ? linkPartOf(change.type, layer) : links.partOf(stack, layer, change);
  // What leaves with its stack goes on existing, but nothing keeps a link by it.
  const isPartLost = part !== undefined && (isLost || change.action === 'kept');
  const accepted = isAccepted(owner.names, accept);
  const resource: ReportedResource = {
    ...change,
    ...owner,
    stack,
    cloud,
    noun: nounOf(change.type),
    refused: change.refused
      .filter((each) => (isInUse || !each.whileInUse) && !(accepted && each.unlessEmpty))
      .map((each) => withSubjects(each, (name) => ownerOf(stack, { ...change, ...name }).key)),
    isProtected: change.isProtected || isPartLost || (isLost && isSiteNetwork(change.type, layer)),
    notes: [...change.notes, ...(links?.notesOf(stack, layer, change) ?? [])],
    isAccepted: accepted,
    isTagChange: isTagChange(change),
  };
  return resource.isProtected ? resource : { ...resource, isProtected: losesProtected(resource) };
}

/** Puts changes, their owners and what is accepted together. */
export function diffReport(input: ReportInput): DiffReport {
  const { edits, portfolio, changes, rows, base, accept } = input;
  const givenUp = (input.givenUp ?? []).map(({ names, ...each }) => ({
    ...each,
    isAccepted: isAccepted(names, accept),
  }));
  const byStack = new Map(changes.map((each) => [each.stack, each]));
  const stacks = rows
    .map((row): ReportedStack => {
      const known = byStack.get(row.stack);
      return {
        ...row,
        resources: (known?.changes ?? []).map((change) => reportResource(change, row, input)),
        outputs: known?.outputs ?? [],
        isLeft: known?.isLeft ?? false,
        isTerminationProtected: known?.isTerminationProtected ?? false,
        hasLower: (known?.dependsOn ?? []).length > 0,
        hasUpper: changes.some(({ dependsOn }) => dependsOn.includes(row.stack)),
        forgotten: input.links?.forgottenOf(row.stack) ?? [],
      };
    })
    .filter(({ resources, outputs, isLeft }) => resources.length + outputs.length > 0 || isLeft);
  const resources = stacks.flatMap((stack) => stack.resources);
  const open = resources.filter((each) => each.isProtected);
  const stopped = [
    ...resources.flatMap(refusalsOf),
    ...rows.flatMap(({ stack }) =>
      (byStack.get(stack)?.refused ?? []).map((each) => ({ ...each, address: stack, stack, key: stack })),
    ),
  ];
  // Where a service refuses the edit, lifting protection does not carry it out.
  const clouds = new Map(rows.map(({ stack, cloud }) => [stack, cloud]));
  const halted = new Set(stopped.map(({ stack }) => clouds.get(stack)));
  const lifted = stacks.filter(({ isLeft, cloud }) => isLeft || !halted.has(cloud));
  const lifts = new Map(lifted.map((each) => [each.stack, liftFor(each)]));
  const { commands, stuck } = deployOrder(orderedStacks(input, lifts), base);
  const refused = [...stopped, ...stuck.filter(([lower]) => toolOf(clouds.get(lower)) === 'cdk').map(twoPasses)];
  return {
    ...(edits !== undefined && { edits }),
    ...(portfolio !== undefined && portfolio.length > 0 && { portfolio }),
    tellsPortfolio: input.tellsPortfolio ?? false,
    stacks,
    unchanged: rows.length - stacks.length,
    protected: open,
    givenUp,
    lost: lossesOf(resources),
    cut: input.links?.cutsOf(stacks) ?? [],
    ...(input.jobs !== undefined && { jobs: input.jobs }),
    refused,
    readdressed: input.readdressed ?? [],
    refactoring: input.refactoring ?? [],
    migrations: rows.filter(({ stack }) => byStack.get(stack)?.movesState).map(({ stack }) => migrationOf(stack)),
    releases: releasesOf(rows.flatMap(({ stack }) => byStack.get(stack) ?? [])),
    order: commands,
    passes: stuck,
    ok: refused.length === 0 && [...open, ...givenUp].every((each) => each.isAccepted),
  };
}

/** Releases that change, each with the stacks in which it does. */
function releasesOf(changes: readonly StackChange[]): DiffReport['releases'] {
  const all = changes.flatMap(({ stack, releases = [] }) => releases.map((release) => ({ stack, release })));
  const groups = groupBy(all, ({ release: { provider, before, after } }) => [provider, before, after].join());
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ release }) => ({ ...release, stacks: group.map(({ stack }) => stack) })),
  );
}

/** Terraform asks to move a state when it is initialized; comparing does that and applies nothing. */
function migrationOf(stack: string): string {
  return `npx cdktf diff ${stack} --migrate-state`;
}

/** What deploys the stacks of a cloud. */
export function toolOf(cloud: Cloud | undefined): Tool {
  return cloud !== undefined && ENGINES[cloud] === 'cloudformation' ? 'cdk' : 'cdktf';
}

function orderedStacks(
  { changes, rows, links }: ReportInput,
  lifts: ReadonlyMap<string, Lift | undefined>,
): OrderedStack[] {
  const places = new Map(rows.map((row) => [row.stack, row]));
  return changes.map((change): OrderedStack => {
    const { cloud, layer } = places.get(change.stack) ?? {};
    const lift = lifts.get(change.stack);
    return {
      ...change,
      tool: toolOf(cloud),
      isOfLinks: layer === 'gateway' || layer === 'link',
      goneAfter: links?.goneAfter(change.stack) ?? [],
      ...(lift !== undefined && { lift }),
    };
  });
}

/** What lifts the protection of what goes with a stack, or by it where that was accepted. */
export function liftFor({ stack, resources, isLeft, isTerminationProtected }: ReportedStack): Lift | undefined {
  if (isLeft) return liftOfStack(stack, resources, isTerminationProtected);
  return liftOfChanges(
    stack,
    resources.filter(({ isAccepted }) => isAccepted),
  );
}

function refusalsOf({ refused, address, stack, key }: ReportedResource): ReportedRefusal[] {
  return refused.map((each) => ({ ...each, address, stack, key }));
}

/** CloudFormation rolls a stack back where others would take only its removals for failed. */
function twoPasses([lower, upper]: readonly [string, string]): ReportedRefusal {
  return {
    attributes: [],
    who: 'CloudFormation',
    why: `${upper} reads exports that go and exports that come, so neither it nor ${lower} can be deployed first`,
    way: 'in two passes: first an estate that only adds, then this one',
    source: EXPORTS.source,
    address: lower,
    stack: lower,
    key: lower,
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
