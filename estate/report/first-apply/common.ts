import { type Cloud, ENGINES } from '../../catalog';
import { GITOPS_ROWS } from '../../catalog/gitops-steps';
import type { CommonThing } from '../../catalog/steps-common';
import { stackOrder } from '../../plan/order';
import type { Plan, ShardPlan } from '../../plan/types';
import type { StateSettings } from '../../spec/schema';
import { counted } from '../../spec/words';
import { type ApplyFiles, type Words, when } from './guide';

/** Name of the estate file that commands take where none is said. */
export const DEFAULT_FILE = 'estate.yaml';

/** The words of steps before those of any account. */
export function commonWords(plan: Plan, files: ApplyFiles): Words {
  const order = stackOrder(plan);
  const count = (engine: string) => counted(order.filter(({ cloud }) => ENGINES[cloud] === engine).length, 'stack');
  return {
    estate: plan.name,
    file: files.estate,
    lock: files.lock,
    stacks: counted(order.length, 'stack'),
    awsStacks: count('cloudformation'),
    terraformStacks: count('terraform'),
  };
}

/** What there is of each thing that those steps are of. */
export function commonThings(
  plan: Plan,
  files: ApplyFiles,
  clouds: readonly Cloud[],
): Readonly<Record<CommonThing, readonly Words[]>> {
  const { state } = plan;
  const { gitops = 'flux', manager } = files;
  const terraform = clouds.some((cloud) => ENGINES[cloud] === 'terraform');
  const kept = (kind: StateSettings['kind']) => (terraform && state.kind === kind ? [stateWords(state)] : []);
  return {
    estate: [{}],
    'other-file': when(files.estate !== DEFAULT_FILE),
    tool: [...tools(clouds, terraform), GITOPS_ROWS[gitops].version].map((version) => ({ version })),
    read: when(gitops !== 'none'),
    manager: when(manager !== undefined),
    pool: poolsOf(plan, clouds).map((pool) => ({ pool })),
    aws: when(clouds.includes('aws')),
    terraform: when(terraform),
    'state-local': kept('local'),
    'state-s3': kept('s3'),
    'state-azurerm': kept('azurerm'),
    'state-gcs': kept('gcs'),
    'state-oci': kept('oci'),
  };
}

/** Pools as runbooks name them, each once. */
function poolsOf(plan: Plan, clouds: readonly Cloud[]): readonly string[] {
  const shards = clouds.flatMap((cloud): readonly ShardPlan[] => plan.shards(cloud));
  return [...new Set(shards.flatMap(({ cluster, pools }) => pools.map(({ key }) => `${cluster}.${key}`)))];
}

/** How each tool says its version. */
const CLI: Readonly<Record<Cloud, string>> = {
  aws: 'aws --version',
  azure: 'az version',
  google: 'gcloud version   # with the component beta: gcloud components install beta',
  oracle: 'oci --version',
};

function tools(clouds: readonly Cloud[], terraform: boolean): readonly string[] {
  const ours = ['node --version', ...(terraform ? ['terraform version'] : []), 'kubectl version --client'];
  return [...ours, ...clouds.map((cloud) => CLI[cloud])];
}

function stateWords(state: StateSettings): Words {
  const { kind, ...settings } = state;
  if (kind !== 's3') return settings;
  const { region = '' } = { region: '', ...settings };
  // Buckets of the first region take no place; all others have to be told theirs.
  const where = region === 'us-east-1' ? '' : ` --create-bucket-configuration LocationConstraint=${region}`;
  return { ...settings, where };
}
