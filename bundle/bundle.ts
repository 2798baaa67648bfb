import { allShards } from '../estate/plan/all-shards';
import { estateIdentity } from '../estate/plan/identity';
import { planQueue } from '../estate/plan/queue/plan-queue';
import type { QueuePlan } from '../estate/plan/queue/types';
import { planSoftware } from '../estate/plan/software/plan-software';
import type { SoftwarePlan, SoftwareSet } from '../estate/plan/software/types';
import type { Plan, ShardPlan } from '../estate/plan/types';
import type { Estate } from '../estate/spec/schema';
import { byPath, identityOf, objectFile, writtenObject, yamlText } from './files';
import { argo } from './gitops/argo';
import { flux } from './gitops/flux';
import { manifestFiles } from './gitops/manifests';
import { none } from './gitops/none';
import type { BundleSource, ClusterScene, GitOpsTool, NamedSource, PartScene } from './gitops/types';
import { kustomizationFile } from './kustomize';
import { bundleLock } from './lock';
import { acceptance } from './parts/acceptance';
import { base } from './parts/base';
import { fabric } from './parts/fabric';
import { monitoring } from './parts/monitoring';
import { queue as queueObjects } from './parts/queue';
import { software as softwareObjects } from './parts/software';
import { storage } from './parts/storage';
import { partFolder } from './places';
import {
  type Bundle,
  type BundleContext,
  type BundleFile,
  type ClusterObject,
  type GitOps,
  PARTS,
  type Part,
  type PartMaker,
} from './types';

/** How a bundle is written. */
export interface BundleOptions extends BundleSource {
  readonly gitops: GitOps;
}

/** What a bundle is made from. */
export interface BundlePlans {
  readonly plan: Plan;
  readonly queue: QueuePlan;
  readonly software: SoftwarePlan;
}

/** Who makes the objects of each part. */
const MAKERS: Readonly<Record<Part, readonly PartMaker[]>> = {
  base: [base],
  software: [softwareObjects],
  fabric: [fabric],
  queue: [queueObjects],
  storage: [storage],
  monitoring: [monitoring],
  acceptance: [acceptance],
};

const TOOLS: Readonly<Record<GitOps, GitOpsTool>> = { flux, argo, none };

/** The bundle of an estate, from its plan alone. */
export function makeBundle(estate: Estate, plan: Plan, options: BundleOptions): Bundle {
  return bundleOf(planBundle(estate, plan), { ...options, name: estateIdentity(estate) });
}

/** What a bundle is made from: the plan of an estate, with its queue and its software. */
export function planBundle(estate: Estate, plan: Plan): BundlePlans {
  const queue = planQueue(estate, plan);
  return { plan, queue, software: planSoftware(estate, plan, queue) };
}

/** The bundle of plans: for each cluster a folder, in it one for each part that has something, and the lock of all files. */
export function bundleOf(plans: BundlePlans, { gitops, ...source }: BundleOptions & Partial<NamedSource>): Bundle {
  const tool = TOOLS[gitops];
  const clusters = scenes(plans);
  const files = byPath([
    ...clusters.flatMap((cluster) => cluster.parts.flatMap((part) => partFiles(cluster, part, tool))),
    ...tool.around(clusters, { name: plans.plan.name, ...source }),
  ]);
  const twice = files.find(({ path }, index) => files[index + 1]?.path === path);
  if (twice !== undefined) throw new Error(`the bundle has two files ${twice.path}`);
  return { files: byPath([...files, bundleLock(gitops, files, source)]) };
}

/** The objects of a bundle, without those by which a tool brings components and parts into clusters. */
export function clusterObjects(plans: BundlePlans): readonly ClusterObject[] {
  return scenes(plans).flatMap(({ shard: { key: shard }, parts }) =>
    parts.flatMap(({ part, objects }) =>
      objects.map((object) => ({ shard, part, identity: identityOf(object), object: writtenObject(object) })),
    ),
  );
}

function scenes(plans: BundlePlans): ClusterScene[] {
  const shards = shardsByKey(plans.plan);
  return plans.queue.sets.flatMap((set) => {
    const shard = shards.get(set.shard);
    if (shard === undefined) return [];
    const context = { ...plans, shard, set, software: softwareOf(plans.software, set.shard) };
    return [{ shard, components: context.software.components, parts: partsOf(context) }];
  });
}

function shardsByKey(plan: Plan): ReadonlyMap<string, ShardPlan> {
  return new Map(allShards(plan).map((shard) => [shard.key, shard]));
}

function softwareOf({ sets }: SoftwarePlan, shard: string): SoftwareSet {
  return sets.find((set) => set.shard === shard) ?? { shard, components: [], owners: [] };
}

/** Parts with something in them; two of them never have the same object, since two appliers would fight over it. */
function partsOf(context: BundleContext): PartScene[] {
  const parts = PARTS.map((part) => ({ part, objects: MAKERS[part].flatMap((make) => make(context)) }));
  const seen = new Map<string, Part>();
  for (const { part, objects } of parts)
    for (const object of objects) {
      const identity = identityOf(object);
      const other = seen.get(identity);
      if (other !== undefined)
        throw new Error(`${context.shard.key}: ${other} and ${part} both have the object ${identity}`);
      seen.set(identity, part);
    }
  const isThere = ({ part, objects }: PartScene) =>
    objects.length > 0 || (part === 'software' && context.software.components.length > 0);
  return parts.filter(isThere);
}

function partFiles({ shard, components }: ClusterScene, { part, objects }: PartScene, tool: GitOpsTool): BundleFile[] {
  const folder = partFolder(shard.key, part);
  const own = part === 'software' ? components : [];
  const valued = own.filter(({ source }) => source.kind !== 'git');
  const valuesOf = ({ name }: { readonly name: string }) => `values-${name}.yaml`;
  const installed = tool.install(own, valuesOf);
  const files = [...objects, ...installed.objects].map((object) => objectFile(folder, object));
  const names = files.map(({ path }) => path.slice(folder.length + 1));
  const values = valued.map((component) => ({
    path: `${folder}/${valuesOf(component)}`,
    text: yamlText(component.values),
  }));
  const { resources = [], ...settings } = installed.kustomization;
  const listed = kustomizationFile(folder, [...names, ...(resources as readonly string[])], settings);
  return [...files, ...values, ...manifestFiles(folder, own), listed].map((file) => ({
    ...file,
    shard: shard.key,
    part,
  }));
}
