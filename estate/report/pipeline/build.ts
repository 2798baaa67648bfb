import { type Cloud, ENGINES } from '../../catalog';
import { type Diagnostic, EstateError } from '../../diagnostics';
import { layersOf, type OrderedStack, stackOrder } from '../../plan/order';
import type { StacksPlan } from '../../plan/types';
import { groupBy } from '../../units';
import type { Pipeline, PipelineGroup, PipelineOptions } from './types';

const STACKS_PER_SHARD = 40;
const MOST_SHARDS = 32;

/** The cloud that each kind of state lies in. */
const STATE_CLOUD = { s3: 'aws', azurerm: 'azure', gcs: 'google', oci: 'oracle', local: undefined } as const;

/**
 * The pipeline of an estate: its stacks in groups of one account and layer, each after the layers before it.
 *
 * @param most stacks of one group, where the engine limits them
 * @throws EstateError when the machines of a pipeline would lose the state
 */
export function buildPipeline(plan: StacksPlan, options: PipelineOptions, most = Number.POSITIVE_INFINITY): Pipeline {
  const { name, state, clouds } = plan;
  if (state.kind === 'local' && clouds.some((cloud) => ENGINES[cloud] === 'terraform'))
    throw new EstateError([LOCAL_STATE]);
  const stacks = stackOrder(plan);
  const accounts = groupBy(stacks, ({ cloud, account }) => `${cloud}/${account.key}`);
  const shards = Math.min(Math.ceil(stacks.length / STACKS_PER_SHARD), MOST_SHARDS);
  return {
    estate: name,
    file: options.file,
    branch: options.branch,
    shards: options.shards ?? Math.max(shards, 1),
    state,
    clouds,
    groups: [...accounts.values()].flatMap((own) => groupsOf(own, STATE_CLOUD[state.kind], most)),
  };
}

const LOCAL_STATE: Diagnostic = {
  code: 'PipelineState',
  severity: 'error',
  path: 'state.kind',
  value: 'local',
  message:
    'the state is kept in files, which are gone with the machine of each job: the next run would make everything again',
  hint: 'keep it in a bucket: state: { kind: s3, azurerm, gcs or oci, … }; npx estate explain state',
};

/** The groups of one account, by layer; no stack waits for one of another account. */
function groupsOf(stacks: readonly OrderedStack[], state: Cloud | undefined, most: number): PipelineGroup[] {
  const groups: PipelineGroup[] = [];
  let before: readonly string[] = [];
  const [first] = stacks;
  if (first === undefined) return groups;
  const { cloud, account } = first;
  for (const layer of layersOf(cloud)) {
    const own = stacks.filter((stack) => stack.layer === layer);
    if (own.length === 0) continue;
    const parts = chunked(own.map(({ stack }) => stack).sort(), most);
    const logins = [...new Set(ENGINES[cloud] === 'terraform' && state !== undefined ? [cloud, state] : [cloud])];
    const layered = parts.map((names, index): PipelineGroup => {
      const part = parts.length === 1 ? '' : `-${index + 1}`;
      return { name: `${account.key}-${layer}${part}`, account, layer, stacks: names, after: before, logins };
    });
    groups.push(...layered);
    before = layered.map(({ name }) => name);
  }
  return groups;
}

/** Divides a list in as few even parts as have no more than so many each. */
function chunked<T>(list: readonly T[], most: number): T[][] {
  const parts = Math.max(1, Math.ceil(list.length / most));
  const size = Math.ceil(list.length / parts);
  return Array.from({ length: parts }, (_, index) => list.slice(index * size, (index + 1) * size));
}
