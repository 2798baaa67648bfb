import type { Cloud, Sourced } from './types';

/** Parts of the runbook of a pool, in their order. */
export const POOL_CHAPTERS = ['bring-up', 'accept', 'drain', 'upgrade', 'replace', 'window'] as const;

/** Part of the runbook of a pool. */
export type PoolChapter = (typeof POOL_CHAPTERS)[number];

/** What steps of a pool are of: where there is none of it, the step falls away. */
export type PoolThing =
  | 'pool'
  | 'rack'
  | 'whole'
  | 'domain'
  | 'fabric'
  | 'files'
  | 'queue'
  | 'held'
  | 'spares'
  | 'single'
  | 'driver'
  | 'window'
  | 'block'
  | Cloud;

/** What somebody does by hand with a pool, or sees to; texts name what differs by `{word}`. */
export interface PoolStepRow extends Sourced {
  /** Stable name of the step. */
  readonly id: string;
  readonly chapter: PoolChapter;
  readonly of: PoolThing;
  /** What to do, as an imperative. */
  readonly title: string;
  /** Why, or what goes wrong without it. */
  readonly why?: string;
  readonly run?: readonly string[];
  readonly see?: readonly string[];
  /** How to know that it is done. */
  readonly done?: string;
}

const CHECKED = { checked: '2026-11' } as const;
const KUBECTL = 'https://kubernetes.io/docs/reference/kubectl/generated';
const KUEUE = 'https://kueue.sigs.k8s.io/docs';
const JOB = 'kubectl --context {cluster} --namespace {namespace}';
const FILES = '{folder}/acceptance';
const applied = (job: string) =>
  `kubectl --context {cluster} apply --server-side --filename ${FILES}/job-{namespace}.${job}.yaml`;
const ended = (job: string, time: string) => [
  `${JOB} wait --for=condition=complete --timeout=${time} job/${job}`,
  `${JOB} logs --all-containers --prefix job/${job}`,
];

/** Steps of the runbook of a pool, in their order in each chapter. */
export const POOL_STEPS: readonly PoolStepRow[] = [
  {
    id: 'counted',
    chapter: 'bring-up',
    of: 'pool',
    title: 'See that the queues of {cluster} are there, and that nodes count what jobs ask for',
    why: 'Until then no job can start.',
    see: [
      'kubectl --context {cluster} get clusterqueues --output \'custom-columns=QUEUE:.metadata.name,ACTIVE:.status.conditions[?(@.type=="Active")].status\'',
      "kubectl --context {cluster} get nodes --selector estate/pool={pool} --output 'custom-columns=NODE:.metadata.name,COUNT:.status.allocatable.{column}'",
    ],
    done: 'all queues are active, and {present} show {perNode} of {resource} each',
    source: `${KUEUE}/concepts/cluster_queue/`,
    ...CHECKED,
  },
  {
    id: 'shared',
    chapter: 'accept',
    of: 'pool',
    title: 'Bring what the jobs of acceptance use: scripts, and an account that reads nodes',
    why: 'GitOps leaves this folder alone. Its jobs take nodes from the queue like others.',
    run: [
      `kubectl --context {cluster} apply --server-side --kustomize ${FILES} --selector 'app.kubernetes.io/part-of!=acceptance'`,
    ],
    done: 'it lists a service account, a config map, a service, a cluster role and its binding',
    source: `${KUBECTL}/kubectl_apply/`,
    ...CHECKED,
  },
  {
    id: 'labels',
    chapter: 'accept',
    of: 'pool',
    title: 'See that nodes have all labels, and quotas are their sum',
    why: 'A node without the label of one level gets no job, and nothing says so.',
    run: [applied('{labelsJob}')],
    see: ended('{labelsJob}', '{labelsTime}'),
    done: 'the log ends with "accepted"; each line WRONG names a node or a group',
    source: `${KUEUE}/concepts/topology_aware_scheduling/`,
    ...CHECKED,
  },
  {
    id: 'racks',
    chapter: 'accept',
    of: 'whole',
    title: 'Hold all {groups} {unit} at once, one job each of {rackNodes} pods',
    why: 'Each job takes one whole, so that each is used once, or one of them does not hold together.',
    run: [
      `for n in $(seq {groups}); do sed "s/^  name: {rackJob}$/&-$n/" ${FILES}/job-{namespace}.{rackJob}.yaml | kubectl --context {cluster} apply --server-side --filename -; done`,
    ],
    see: [
      `${JOB} get pods --selector app.kubernetes.io/instance={pool},app.kubernetes.io/component=rack --output 'custom-columns=JOB:.metadata.labels.batch\\.kubernetes\\.io/job-name,NODE:.spec.nodeName'`,
    ],
    done: '{nodes} pods run, and the nodes of each job have one value of estate/group; each job ends after ten minutes',
    source: `${KUEUE}/concepts/topology_aware_scheduling/`,
    ...CHECKED,
  },
  {
    id: 'too-large',
    chapter: 'accept',
    of: 'whole',
    title: 'See that a job of one pod more than fits waits, and remove it',
    run: [applied('{tooLargeJob}')],
    see: [
      `${JOB} get workloads --output 'custom-columns=NAME:.metadata.name,SAYS:.status.conditions[?(@.type=="QuotaReserved")].message'`,
      `${JOB} delete job {tooLargeJob}`,
    ],
    done: 'its workload says "allows to fit only {rackNodes} out of {tooMany} pod(s)"; with one of them only, "insufficient quota"',
    source: `${KUEUE}/concepts/topology_aware_scheduling/`,
    ...CHECKED,
  },
  {
    id: 'domain',
    chapter: 'accept',
    of: 'domain',
    title: 'Measure the all-reduce inside of one of the {unit}',
    run: [
      `kubectl --context {cluster} apply --server-side --kustomize ${FILES} --selector 'app.kubernetes.io/instance={pool},app.kubernetes.io/component=domain'`,
    ],
    see: ended('{domainJob}', '60m'),
    done: 'its log says "accepted", with the bandwidth and the floor',
    source: 'https://github.com/NVIDIA/nccl-tests/blob/master/doc/PERFORMANCE.md',
    ...CHECKED,
  },
  {
    id: 'fabric',
    chapter: 'accept',
    of: 'fabric',
    title: 'Measure the all-reduce over the fabric, between two nodes',
    run: [applied('{fabricJob}')],
    see: ended('{fabricJob}', '60m'),
    done: 'its log says "accepted"; far below the floor, traffic goes over another network than the fabric',
    source: 'https://github.com/NVIDIA/nccl-tests/blob/master/doc/PERFORMANCE.md',
    ...CHECKED,
  },
  {
    id: 'files',
    chapter: 'accept',
    of: 'files',
    title: 'Measure the file systems that the pool mounts',
    run: [applied('{filesJob}')],
    see: ended('{filesJob}', '60m'),
    done: 'the log of its first pod has two lines "ok"',
    source: 'https://doc.lustre.org/lustre_manual.xhtml',
    ...CHECKED,
  },
  {
    id: 'clean',
    chapter: 'accept',
    of: 'pool',
    title: 'Remove the jobs of acceptance of the pool',
    run: [
      `${JOB} delete jobs --selector app.kubernetes.io/part-of=acceptance,app.kubernetes.io/instance={pool}`,
      `${JOB} delete computedomains --selector app.kubernetes.io/part-of=acceptance,app.kubernetes.io/instance={pool} --ignore-not-found   # racks of NVIDIA only`,
    ],
    source: `${KUBECTL}/kubectl_delete/`,
    ...CHECKED,
  },
  {
    id: 'hold',
    chapter: 'drain',
    of: 'queue',
    title: 'Let no new job onto the nodes',
    why: 'What applies the bundle opens the queue again, so that it is stopped first. Jobs of other pools with {accelerator} wait too.',
    run: [
      '{pause}',
      `kubectl --context {cluster} patch clusterqueue {clusterQueue} --type merge --patch '{"spec":{"stopPolicy":"Hold"}}'   # HoldAndDrain ends the jobs at once, to be queued again`,
    ],
    see: [
      "kubectl --context {cluster} get clusterqueue {clusterQueue} --output 'custom-columns=QUEUE:.metadata.name,RUNNING:.status.admittedWorkloads,WAITING:.status.pendingWorkloads'",
    ],
    done: 'RUNNING is 0, or what runs is on other pools',
    source: `${KUEUE}/concepts/cluster_queue/#stoppolicy`,
    ...CHECKED,
  },
  {
    id: 'empty',
    chapter: 'drain',
    of: 'pool',
    title: 'Cordon the nodes and move what is left of pods',
    why: 'Budgets of pods hold back this command only, not the queue.',
    run: [
      'kubectl --context {cluster} cordon --selector estate/pool={pool}',
      'kubectl --context {cluster} drain --selector estate/pool={pool} --ignore-daemonsets --delete-emptydir-data --timeout=30m',
    ],
    see: ['kubectl --context {cluster} get nodes --selector estate/pool={pool}'],
    done: 'all of them are Ready,SchedulingDisabled',
    source: 'https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/',
    ...CHECKED,
  },
  {
    id: 'open',
    chapter: 'drain',
    of: 'queue',
    title: 'Open the nodes and the queue again',
    run: [
      'kubectl --context {cluster} uncordon --selector estate/pool={pool}',
      `kubectl --context {cluster} patch clusterqueue {clusterQueue} --type merge --patch '{"spec":{"stopPolicy":"None"}}'`,
      '{resume}',
    ],
    done: 'waiting jobs start',
    source: `${KUEUE}/concepts/cluster_queue/#stoppolicy`,
    ...CHECKED,
  },
  {
    id: 'upgrade-control-plane',
    chapter: 'upgrade',
    of: 'pool',
    title: 'Hold the pool back, and upgrade the control plane with the system pool',
    why: 'Nodes may be behind their control plane, never ahead of it; it runs {version} now, and the pool {poolVersion}.',
    run: [
      'npx estate diff git:HEAD   # after kubernetes: of the cluster is the next minor version, and kubernetes: of the pool is {poolVersion}',
      '{deploy}',
    ],
    see: ['kubectl --context {cluster} version', 'kubectl --context {cluster} get nodes --label-columns estate/pool'],
    done: 'the server and the nodes without a pool have the new version, those of {pool} the old one',
    source: 'https://kubernetes.io/releases/version-skew-policy/',
    ...CHECKED,
  },
  {
    id: 'upgrade-operators',
    chapter: 'upgrade',
    of: 'pool',
    title: 'Apply the bundle, whose components fit the new version',
    why: 'Drivers and plugins come before nodes that need them; the queue admits nothing while it starts anew.',
    run: ['npx estate bundle --out gitops', '{apply}'],
    see: [
      'kubectl --context {cluster} get pods --all-namespaces --field-selector status.phase!=Running,status.phase!=Succeeded',
    ],
    done: 'nothing of a component is left there',
    source: `${KUEUE}/installation/`,
    ...CHECKED,
  },
  {
    id: 'upgrade-drivers',
    chapter: 'upgrade',
    of: 'driver',
    title: 'Restart the drivers that nodes have kept, one node after another',
    why: 'Another version comes to a node only when its pod there is deleted, which ends what uses it: hold the queue first.',
    run: [
      `for node in $(kubectl --context {cluster} get nodes --selector estate/pool={pool} --output jsonpath='{.items[*].metadata.name}'); do kubectl --context {cluster} drain $node --ignore-daemonsets --delete-emptydir-data --timeout=30m && kubectl --context {cluster} --namespace {componentNamespace} delete pods --selector {heldBy} --field-selector spec.nodeName=$node && sleep 30 && kubectl --context {cluster} --namespace {componentNamespace} wait pods --selector {heldBy} --field-selector spec.nodeName=$node --for=condition=Ready --timeout=30m && kubectl --context {cluster} uncordon $node || break; done`,
    ],
    see: [
      "kubectl --context {cluster} --namespace {componentNamespace} get pods --selector {heldBy} --output 'custom-columns=NODE:.spec.nodeName,SINCE:.status.startTime,IMAGE:.spec.containers[0].image'",
    ],
    done: 'all nodes of {pool} have the new image and count {perNode} of {resource} again; it stops at the first node that does not come back',
    source: 'https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-driver-upgrades.html',
    ...CHECKED,
    unverified: 'that a pod comes in the place of a deleted one within half a minute',
  },
  {
    id: 'upgrade-pool-aws',
    chapter: 'upgrade',
    of: 'aws',
    title: 'Drain the pool as above, then let it follow: its node groups are updated by the stack',
    why: 'EKS replaces nodes a part at a time, and waits for pods that budgets hold until it gives up.',
    run: ['{deploy}   # without kubernetes: of the pool'],
    see: ['kubectl --context {cluster} get nodes --selector estate/pool={pool}'],
    done: 'all {nodes} have the version of the control plane; accept the pool again before the queue is opened',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
    ...CHECKED,
  },
  {
    id: 'upgrade-pool-azure',
    chapter: 'upgrade',
    of: 'azure',
    title: 'Drain the pool as above, then let it follow: AKS reimages its nodes, a part at a time',
    why: 'Node pools of one subnet are changed one after the other; the stack waits a day for them.',
    run: ['{deploy}   # without kubernetes: of the pool'],
    see: ['kubectl --context {cluster} get nodes --selector estate/pool={pool}'],
    done: 'all {nodes} have the version of the control plane; accept the pool again before the queue is opened',
    source: 'https://learn.microsoft.com/azure/aks/upgrade-aks-node-pools-rolling',
    ...CHECKED,
  },
  {
    id: 'upgrade-pool-google',
    chapter: 'upgrade',
    of: 'google',
    title: 'Drain the pool as above, then let it follow: GKE makes its nodes anew, one at a time',
    why: 'Nodes follow only a whole release (1.35.3-gke.1389000); otherwise the channel upgrades them when maintenance lets it.',
    run: ['{deploy}   # with kubernetes: of the pool as a whole release'],
    see: ['kubectl --context {cluster} get nodes --selector estate/pool={pool}'],
    done: 'all {nodes} have that release; accept the pool again before the queue is opened',
    source: 'https://docs.cloud.google.com/kubernetes-engine/docs/concepts/node-pool-upgrade-strategies',
    ...CHECKED,
  },
  {
    id: 'upgrade-pool-oracle',
    chapter: 'upgrade',
    of: 'oracle',
    title: 'Drain the pool as above, then let it follow with an image of the new version',
    why: 'The image carries the version. Nodes that run keep theirs until they are made anew.',
    run: ['{deploy}   # with image: of the pool for the new version'],
    see: ['kubectl --context {cluster} get nodes --selector estate/pool={pool}'],
    done: 'nodes that are terminated come back with the new version; accept the pool again before the queue is opened',
    source: 'https://docs.oracle.com/en-us/iaas/Content/ContEng/Tasks/contengupgradingk8sworkernode.htm',
    ...CHECKED,
    unverified: 'that hosts of a GPU memory cluster are made anew one by one when they are terminated',
  },
  {
    id: 'spare',
    chapter: 'replace',
    of: 'spares',
    title: 'Take a tray that is bad out, and its spare in',
    why: 'Each rack runs {rackNodes} of {trays} trays. Jobs with a spare in reach go on: one node is replaced inside its rack.',
    run: [
      'kubectl --context {cluster} cordon NODE',
      'kubectl --context {cluster} taint node NODE estate/spare=bad:NoSchedule   # no flavor tolerates it',
      '{scaleUp}   # one node more in the group of the rack: estate/group of NODE',
    ],
    see: ['kubectl --context {cluster} get nodes --selector estate/group=GROUP --output wide'],
    done: 'the spare is Ready without the taint; the rack job of acceptance is admitted in that rack',
    source: `${KUEUE}/concepts/topology_aware_scheduling/#hot-swap-support`,
    ...CHECKED,
    unverified: 'that the cloud gives the spare tray of that rack, and no other machine',
  },
  {
    id: 'repair',
    chapter: 'replace',
    of: 'pool',
    title: 'Give a bad node back, so that another one comes in its place',
    why: 'Jobs on it end as a whole and are queued again, where no other node of their domain is free.',
    run: [
      'kubectl --context {cluster} drain NODE --ignore-daemonsets --delete-emptydir-data --timeout=30m',
      '{terminate}',
    ],
    see: ['kubectl --context {cluster} get nodes --selector estate/pool={pool}'],
    done: 'there are {nodes} nodes again, all Ready; run the labels job, and the fabric job with a copy for the new node',
    source: 'https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/',
    ...CHECKED,
  },
  {
    id: 'replace-rack',
    chapter: 'replace',
    of: 'rack',
    title: 'Replace a rack as a whole',
    why: 'Jobs on its nodes end within seconds and are queued again; other racks go on.',
    run: [
      'kubectl --context {cluster} cordon --selector estate/group=GROUP',
      'npx estate diff git:HEAD   # after capacity: of the pool names what is new in the place of what is bad',
      '{deploy}',
    ],
    see: ['kubectl --context {cluster} get nodes --selector estate/pool={pool} --label-columns estate/group'],
    done: 'the new group has {rackNodes} nodes; accept the pool again',
    source: `${KUEUE}/concepts/topology_aware_scheduling/`,
    ...CHECKED,
  },
  {
    id: 'window-plan',
    chapter: 'window',
    of: 'window',
    title: 'A week before {lastDay}: decide what follows, and say it in the estate file',
    why: 'The last day is {lastDay}. New capacity may begin before the old one ends, as further ids of the same pool.',
    run: ['npx estate show calendar'],
    done: 'the calendar shows what begins when this ends, or the jobs are told that nothing does',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-capacity-blocks.html',
    ...CHECKED,
  },
  {
    id: 'window-drain',
    chapter: 'window',
    of: 'window',
    title: 'On {lastDay}: hold the queue as above, in time for the last checkpoints',
    why: 'A job that is admitted later is ended with its nodes. It is queued again and starts where there is room.',
    run: [
      '{pause}',
      `kubectl --context {cluster} patch clusterqueue {clusterQueue} --type merge --patch '{"spec":{"stopPolicy":"Hold"}}'`,
    ],
    done: 'nothing runs on the nodes any more',
    source: `${KUEUE}/concepts/cluster_queue/#stoppolicy`,
    ...CHECKED,
  },
  {
    id: 'window-block',
    chapter: 'window',
    of: 'block',
    title: 'Before the end of a Capacity Block: be done half an hour before, of UltraServers an hour',
    why: 'EC2 begins to terminate instances 30 minutes before the end of a block, those of UltraServers 60 minutes before.',
    see: [
      'aws ec2 describe-capacity-reservations --region {region} --capacity-reservation-ids {block} --query "CapacityReservations[].[CapacityReservationId,EndDate]" --output text',
    ],
    done: 'nothing of value is left on local disks at that time',
    source: 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/capacity-blocks-how.html',
    ...CHECKED,
  },
  {
    id: 'window-remove',
    chapter: 'window',
    of: 'window',
    title: 'Afterwards: take the ids, or the pool, out of the estate file, then apply the bundle and the stack',
    why: 'The bundle goes first, so that its quota is lower before the nodes are gone.',
    run: ['npx estate diff git:HEAD', 'npx estate bundle --out gitops', '{apply}', '{deploy}'],
    done: 'no group of the pool is left in {stack}',
    source: `${KUEUE}/concepts/resource_flavor/`,
    ...CHECKED,
  },
];

/** How one node more is started, and how a node is given back, on each cloud. */
export const NODE_COMMANDS: Readonly<
  Record<Cloud, Sourced & { readonly scaleUp: string; readonly terminate: string }>
> = {
  aws: {
    scaleUp:
      'aws eks update-nodegroup-config --region {region} --cluster-name {clusterName} --nodegroup-name NODEGROUP --scaling-config maxSize={more},desiredSize={more}',
    terminate: 'aws ec2 terminate-instances --region {region} --instance-ids INSTANCE',
    source: 'https://docs.aws.amazon.com/cli/latest/reference/eks/update-nodegroup-config.html',
    ...CHECKED,
  },
  azure: {
    scaleUp:
      'az aks nodepool scale --resource-group {resourceGroup} --cluster-name {clusterName} --name NODEPOOL --node-count {more}',
    terminate:
      'az aks nodepool delete-machines --resource-group {resourceGroup} --cluster-name {clusterName} --nodepool-name NODEPOOL --machine-names NODE',
    source: 'https://learn.microsoft.com/cli/azure/aks/nodepool',
    ...CHECKED,
  },
  google: {
    scaleUp:
      'gcloud container clusters resize {clusterName} --project={project} --location={region} --node-pool=NODEPOOL --num-nodes={more}',
    terminate:
      'gcloud compute instance-groups managed recreate-instances GROUP --project={project} --zone=ZONE --instances=NODE',
    source: 'https://docs.cloud.google.com/sdk/gcloud/reference/container/clusters/resize',
    ...CHECKED,
  },
  oracle: {
    scaleUp:
      'oci compute compute-gpu-memory-cluster update --compute-gpu-memory-cluster-id CLUSTER --size {more} --region {region}',
    terminate: 'oci compute instance terminate --instance-id INSTANCE --region {region}',
    source:
      'https://docs.oracle.com/en-us/iaas/tools/oci-cli/latest/oci_cli_docs/cmdref/compute/compute-gpu-memory-cluster/update.html',
    ...CHECKED,
    unverified: 'the name of the command; nodes of other shapes are counted by their node pool',
  },
};
