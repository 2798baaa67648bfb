import type { Cloud } from '../../catalog';
import { GITOPS_ROWS, WRITE_AGAIN } from '../../catalog/gitops-steps';
import { COMMON_STEPS } from '../../catalog/steps-common';
import { allShards } from '../../plan/all-shards';
import { accountOrder, type OrderedStack } from '../../plan/order';
import { planQuotas } from '../../plan/quotas';
import type { AccountPlan, Plan } from '../../plan/types';
import { exchangePathOf } from '../../spec/exchange';
import { joined } from '../../spec/words';
import { formatCount } from '../../units';
import { awsGuide } from './aws';
import { azureGuide } from './azure';
import { commonThings, commonWords } from './common';
import { googleGuide } from './google';
import {
  type ApplyFiles,
  type BundleWay,
  filled,
  type Guide,
  type Scope,
  sourceOf,
  stepsAt,
  type Words,
} from './guide';
import { oracleGuide } from './oracle';
import type { AccountOrder, DeployStep, FirstApply, OrderedStep, Phase, Step } from './types';

const GUIDES: { readonly [C in Cloud]: Guide<C> } = {
  aws: awsGuide,
  azure: azureGuide,
  google: googleGuide,
  oracle: oracleGuide,
};

/**
 * The order of the first apply of an estate: what exists before, what is applied, and what follows.
 *
 * @param clouds those that it is of; all by default
 */
export function firstApply(plan: Plan, files: ApplyFiles, clouds: readonly Cloud[] = plan.clouds): FirstApply {
  const things: Readonly<Record<string, readonly Words[]>> = commonThings(plan, files, clouds);
  const words = commonWords(plan, files);
  return {
    estate: plan.name,
    before: stepsAt(COMMON_STEPS.steps, 'before', words, (thing) => things[thing] ?? []),
    accounts: clouds.flatMap((cloud) => accountsOf(cloud, plan, files)),
    after: stepsAt(COMMON_STEPS.steps, 'after', words, (thing) => things[thing] ?? []),
  };
}

/** The steps of one cluster in the order of its account: its stack, the bundle, the first look at it, and its hand-over. */
export function clusterSteps(plan: Plan, files: ApplyFiles, cluster: string): readonly (Step | DeployStep)[] {
  return plan.clouds.flatMap((cloud) => clusterStepsOn(cloud, plan, files, cluster));
}

function clusterStepsOn<C extends Cloud>(
  cloud: C,
  plan: Plan,
  files: ApplyFiles,
  cluster: string,
): (Step | DeployStep)[] {
  return plan.accounts(cloud).flatMap((account) => {
    const scope = scopeOf(account, plan, files);
    const guide = GUIDES[cloud];
    const words = wordsOf(account, guide, scope, files);
    return accountOrder(account, plan)
      .filter(({ layer, shard }) => layer === 'cluster' && shard?.key === cluster)
      .flatMap((stack) => [
        deployOf(stack, guide, narrowed(scope, stack), words),
        ...bundleStepsOf(guide, narrowed(scope, stack), words),
        ...enterSteps(stack, guide, narrowed(scope, stack), words),
      ]);
  });
}

function accountsOf<C extends Cloud>(cloud: C, plan: Plan, files: ApplyFiles): AccountOrder[] {
  return plan.accounts(cloud).map((account) => orderOf(account, GUIDES[cloud], plan, files));
}

function orderOf<C extends Cloud>(
  account: AccountPlan<C>,
  guide: Guide<C>,
  plan: Plan,
  files: ApplyFiles,
): AccountOrder {
  const { cloud, key } = account;
  const scope = scopeOf(account, plan, files);
  const words = wordsOf(account, guide, scope, files);
  const order = accountOrder(account, plan);
  const at = (place: Parameters<typeof stepsAt>[1], narrow: Scope<C>, more: Words = {}) =>
    stepsAt(guide.steps.steps, place, { ...words, ...more }, (thing) => guide.find(thing, narrow));
  const steps: OrderedStep[] = [
    ...inPhase('before', at('before', scope)),
    ...inPhase(
      'apply',
      order.flatMap((stack, index) => [
        deployOf(stack, guide, narrowed(scope, stack), words),
        ...(isLastOfSite(order, index) && stack.layer !== 'cluster'
          ? at(`after-${stack.layer}`, narrowed(scope, stack), stackWords(stack))
          : []),
      ]),
    ),
    ...inPhase('enter', [
      ...bundleStepsOf(guide, scope, words),
      ...order
        .filter(({ layer }) => layer === 'cluster')
        .flatMap((stack) => enterSteps(stack, guide, narrowed(scope, stack), words)),
    ]),
    ...inPhase('last', at('last', scope)),
  ];
  return { cloud, account: key, id: guide.idOf(account), steps };
}

function scopeOf<C extends Cloud>(account: AccountPlan<C>, plan: Plan, files: ApplyFiles): Scope<C> {
  const { cloud, key } = account;
  return {
    plan,
    bundle: wayOf(plan, files),
    account,
    sites: plan.sites(cloud).filter((site) => site.account.key === key),
    shards: plan.shards(cloud).filter(({ site }) => site.account.key === key),
  };
}

function wayOf(plan: Plan, { gitops = 'flux', manager }: ApplyFiles): BundleWay {
  const [first] = plan.clouds.flatMap((cloud) => plan.shards(cloud).map(({ key }) => key));
  return { tool: gitops, argo: manager ?? first ?? '' };
}

function wordsOf<C extends Cloud>(
  account: AccountPlan<C>,
  guide: Guide<C>,
  scope: Scope<C>,
  { estate, isWritten = false }: ApplyFiles,
): Words {
  return {
    ...guide.words(account, scope.plan.catalog),
    account: account.key,
    quotas: quotasOf(scope),
    exchange: exchangePathOf(estate),
    argo: scope.bundle.argo,
    bundle: isWritten ? WRITE_AGAIN : GITOPS_ROWS[scope.bundle.tool].write,
  };
}

/** What clusters of an account are told, and the bundle that is made from it. */
function bundleStepsOf<C extends Cloud>(guide: Guide<C>, scope: Scope<C>, words: Words): readonly Step[] {
  return stepsAt(guide.steps.steps, 'bundle', words, (thing) => guide.find(thing, scope));
}

/** How the queue of a cluster is left alone for a while, and brought up to date, by what brings its bundle there. */
export function bundleCommands(plan: Plan, files: ApplyFiles, cluster: string): Words & { readonly apply: string } {
  const { tool, argo } = wayOf(plan, files);
  const shards = allShards(plan);
  const resources = shards.find(({ key }) => key === cluster)?.name ?? cluster;
  const { apply, pause = '', resume = '' } = GITOPS_ROWS[tool];
  const of = (command: string) => filled(command, { cluster, argo, resources });
  return { pause: of(pause), resume: of(resume), apply: apply.map(of).join(' && ') };
}

/** The first look at a cluster, and what is handed over there. */
function enterSteps<C extends Cloud>(
  stack: OrderedStack<C>,
  guide: Guide<C>,
  scope: Scope<C>,
  words: Words,
): readonly Step[] {
  const more = { ...words, ...clusterWords(stack, guide) };
  return (['after-cluster', 'hand-over'] as const).flatMap((place) =>
    stepsAt(guide.steps.steps, place, more, (thing) => guide.find(thing, scope)),
  );
}

/** What commands call a cluster and what it lies in. */
export function clusterNames(plan: Plan, cluster: string): Words {
  const found = plan.clouds.flatMap((cloud) => namesOn(cloud, plan, cluster));
  return found[0] ?? {};
}

function namesOn<C extends Cloud>(cloud: C, plan: Plan, cluster: string): Words[] {
  const guide = GUIDES[cloud];
  return plan
    .shards(cloud)
    .filter(({ key }) => key === cluster)
    .map((shard) => {
      const { account } = shard.site;
      const bundle = wayOf(plan, { estate: '', lock: '' });
      const scope: Scope<C> = { plan, bundle, account, sites: [shard.site], shards: [shard] };
      const places = ['made-cluster', 'existing-cluster'].flatMap((thing) => guide.find(thing, scope));
      return {
        ...guide.words(account, plan.catalog),
        ...places[0],
        region: shard.site.region,
        clusterName: guide.clusterWords(shard).clusterName,
      };
    });
}

function inPhase(phase: Phase, steps: readonly (Step | DeployStep)[]): OrderedStep[] {
  return steps.map((step) => ({ phase, ...step }));
}

/** A site may have several stacks of stores: what follows them follows the last one. */
function isLastOfSite<C extends Cloud>(order: readonly OrderedStack<C>[], index: number): boolean {
  const [stack, next] = [order[index], order[index + 1]];
  return stack?.layer !== next?.layer || stack?.site?.key !== next?.site?.key;
}

function narrowed<C extends Cloud>(scope: Scope<C>, { site, shard }: OrderedStack<C>): Scope<C> {
  if (site === undefined) return scope;
  const shards = scope.shards.filter((one) =>
    shard === undefined ? one.site.key === site.key : one.key === shard.key,
  );
  return { ...scope, sites: [site], shards };
}

function stackWords<C extends Cloud>({ stack, site, region }: OrderedStack<C>): Words {
  return { stack, ...(site && { site: site.key }), ...(region !== undefined && { region }) };
}

function clusterWords<C extends Cloud>(stack: OrderedStack<C>, guide: Guide<C>): Words {
  const { shard } = stack;
  if (shard === undefined) return stackWords(stack);
  const { administrators } = shard.access;
  return {
    ...stackWords(stack),
    cluster: shard.key,
    administrators: administrators.length === 0 ? 'access.administrators names nobody' : joined(administrators, 'or'),
    ...guide.clusterWords(shard),
    ...shard.workload,
  };
}

function deployOf<C extends Cloud>(stack: OrderedStack<C>, guide: Guide<C>, scope: Scope<C>, words: Words): DeployStep {
  const { layer, after } = stack;
  const rows = guide.steps.deploys.filter((row) => row.layers.includes(layer) && guide.find(row.of, scope).length > 0);
  const all = { ...words, ...stackWords(stack) };
  const texts = (name: 'reach' | 'again') =>
    rows.flatMap((row) => {
      const text = row[name];
      if (text === undefined) return [];
      return [...new Set(guide.find(row.of, scope).map((thing) => filled(text, { ...all, ...thing })))];
    });
  return {
    step: 'deploy',
    title: `Apply ${stack.stack}`,
    ...guide.deploy(stack),
    stack: stack.stack,
    layer,
    after,
    reach: texts('reach'),
    again: texts('again'),
    sources: rows.map(sourceOf),
  };
}

/** What there is to ask for in an account: `12 over what an account has, 3 without a known default`. */
function quotasOf<C extends Cloud>({ plan, account }: Scope<C>): string {
  const needs = planQuotas(plan).filter(({ cloud, account: key }) => cloud === account.cloud && key === account.key);
  const over = needs.filter((need) => need.default !== undefined && need.needed > need.default).length;
  const unknown = needs.filter((need) => need.default === undefined).length;
  return `${formatCount(over)} over what an account has, ${formatCount(unknown)} without a known default`;
}
