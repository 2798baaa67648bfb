import { CATALOG, CLOUDS } from '../estate/catalog';
import { outputs } from '../estate/plan/ids';
import type { CircuitPlan, KeyReference, LinkPlan, LinkSide } from '../estate/plan/links/types';
import type { Plan } from '../estate/plan/types';
import { didYouMean } from '../estate/spec/suggest';
import { ToolError } from './app';

/**
 * The commands that make the keys of a link, as a script to read and paste; no key passes through this program.
 *
 * A key begins with a letter and has 39 more letters and digits, which the gateways of all clouds take.
 */
export function linkKeys(name: string | undefined, plan: Plan): string {
  const names = plan.links.map(({ key }) => key);
  const link = plan.links.find(({ key }) => key === name);
  if (link === undefined) {
    const problem = name === undefined ? 'no link is named' : `there is no link "${name}"${didYouMean(name, names)}`;
    throw new ToolError(problem, names.length === 0 ? 'the estate has no links' : `links: ${names.join(', ')}`);
  }
  const parts = [...tunnelKeys(link, plan), ...circuitKeys(link)];
  if (parts.length === 0) return `Link ${link.key} has no keys: ${reasonOf(link)}.`;
  return parts.join('\n');
}

function reasonOf({ kind, via }: LinkPlan): string {
  if (via !== undefined) return `it leads through ${via}, whose own links have them`;
  return kind === 'peering' ? 'the provider joins its own networks without' : 'the providers agree on them';
}

/** A function of the shell that prints a new key, which goes from there into what keeps it. */
const MAKE =
  'new_key() { LC_ALL=C tr -dc A-Za-z </dev/urandom | head -c 1; LC_ALL=C tr -dc A-Za-z0-9 </dev/urandom | head -c 39; }';

/** Where keys are kept for those who come after, and how they are put there and read. */
interface Keeper {
  /** What is said before its commands. */
  readonly about: readonly string[];
  readonly put: (key: KeyReference) => string;
  readonly get: (key: KeyReference) => string;
}

function tunnelKeys(link: LinkPlan, plan: Plan): readonly string[] {
  const { key, tunnels, sides } = link;
  if (tunnels.length === 0) return [];
  const keeper = keeperOf(sides, plan);
  const readers = sides.filter(({ peer }) => peer === 'azure' || peer === 'google' || peer === 'oracle');
  return [
    `# Pre-shared keys of link ${key}, one for each of its ${tunnels.length} tunnels. No line here holds one: the shell makes them.`,
    ...keeper.about.map((line) => `# ${line}`),
    '#',
    '# 1. Once, by one person. What exists is left alone: each line fails then, and nothing is replaced.',
    MAKE,
    ...tunnels.map(({ presharedKey }) => keeper.put(presharedKey)),
    ...(readers.length === 0
      ? []
      : [
          '#',
          `# 2. In every shell that applies ${readers.flatMap(({ stack }) => stack ?? []).join(' or ')}, by whoever does:`,
          ...tunnels.map(
            ({ presharedKey }) => `export TF_VAR_${presharedKey.variable}="$(${keeper.get(presharedKey)})"`,
          ),
        ]),
    ...sides.flatMap(({ peer, stack }) =>
      peer === 'aws' && stack !== undefined
        ? [`# ${stack} reads them itself: its template names the secrets only.`]
        : [],
    ),
    ...(sides[1].peer === 'on-premises'
      ? [
          '#',
          `# The engineers at ${sides[1].site} read each of them so, and put it into their devices:`,
          ...tunnels.map(({ presharedKey }) => `#   ${keeper.get(presharedKey)}`),
        ]
      : []),
    ...(readers.length === 0
      ? []
      : [
          '# The state of Terraform holds what it was given: keep it encrypted, and closed to all but those who apply.',
        ]),
  ];
}

/** AWS keeps keys where its stacks read them from; else the first cloud of the link that has a place does. */
function keeperOf(sides: LinkPlan['sides'], plan: Plan): Keeper {
  const aws = sides.find(({ peer }) => peer === 'aws');
  if (aws !== undefined) return secretsManager(aws, plan);
  const google = sides.find(({ peer }) => peer === 'google');
  if (google !== undefined) return secretManager(google, plan);
  return sides.some(({ peer }) => peer === 'azure') ? KEY_VAULT : BY_HAND;
}

function secretsManager({ account = '', region = '' }: LinkSide, plan: Plan): Keeper {
  const id = plan.accounts('aws').find(({ key }) => key === account)?.ids.accountId ?? '';
  const at = `--region ${region}`;
  return {
    about: [
      `They are kept, encrypted, in Secrets Manager of AWS account ${id} in ${region}: be signed in there, which is shown by`,
      'aws sts get-caller-identity --query Account --output text',
    ],
    put: ({ secret }) =>
      `new_key | aws secretsmanager create-secret --name ${secret} --secret-string file:///dev/stdin ${at}`,
    get: ({ secret }) =>
      `aws secretsmanager get-secret-value --secret-id ${secret} --query SecretString --output text ${at}`,
  };
}

function secretManager({ account = '' }: LinkSide, plan: Plan): Keeper {
  const id = plan.accounts('google').find(({ key }) => key === account)?.ids.projectId ?? '';
  return {
    about: [`They are kept, encrypted, in Secret Manager of project ${id}: be signed in with gcloud.`],
    put: ({ secret }) =>
      `new_key | gcloud secrets create ${flat(secret)} --data-file=- --replication-policy=automatic --project=${id}`,
    get: ({ secret }) => `gcloud secrets versions access latest --secret=${flat(secret)} --project=${id}`,
  };
}

const KEY_VAULT: Keeper = {
  about: ['They are kept, encrypted, in a Key Vault of yours: set "vault" to its name first, signed in with az.'],
  put: ({ secret }) =>
    `az keyvault secret show --vault-name "$vault" --name ${flat(secret)} --output none || new_key | az keyvault secret set --vault-name "$vault" --name ${flat(secret)} --file /dev/stdin --encoding utf-8 --output none`,
  get: ({ secret }) =>
    `az keyvault secret show --vault-name "$vault" --name ${flat(secret)} --query value --output tsv`,
};

/** Oracle Cloud and the company alone: what keeps secrets there is theirs to say. */
const BY_HAND: Keeper = {
  about: [
    'Keep them where your team keeps secrets: set "put" and "get" to commands that take a name, the one a secret on its input,',
    'such as those of a password manager.',
  ],
  put: ({ secret }) => `new_key | $put ${flat(secret)}`,
  get: ({ secret }) => `$get ${flat(secret)}`,
};

/** A name without slashes, which not every keeper takes. */
function flat(secret: string): string {
  return secret.replaceAll('/', '-');
}

/** How the key of an order gets from the end that makes it to the one that takes it. */
function circuitKeys({ key, circuits, sides, origin }: LinkPlan): readonly string[] {
  const [from, to] = [sides[origin], sides[origin === 0 ? 1 : 0]];
  if (circuits.length === 0 || from.stack === undefined || to.stack === undefined) return [];
  const { stack } = to;
  return [
    `# Keys of the order of link ${key}: ${titleOf(from)} makes one for each circuit when ${from.stack} is applied, and`,
    `# ${titleOf(to)} takes it once. No line here holds one. In the shell that applies ${stack}, once the other one is:`,
    ...circuits.flatMap((circuit) => [orderKey(from, circuit)]),
    ...(to.peer === 'aws'
      ? [
          `npx cdk deploy ${stack} --exclusively ${circuits.map((each) => `--parameters CircuitKey${each.key}="$TF_VAR_${each.variable}"`).join(' ')}`,
          '# On a machine of your own: who sees its processes sees the key while that runs. Later deploys keep what was given.',
        ]
      : []),
  ];
}

/** What gives the key of a circuit to the shell. */
function orderKey({ peer, stack = '' }: LinkSide, { key, variable }: CircuitPlan): string {
  const read = `terraform -chdir=cdktf.out/stacks/${stack} output -raw ${outputs.circuitKey(key)}`;
  return peer === 'azure' || peer === 'google'
    ? `export TF_VAR_${variable}="$(${read})"`
    : `read -rsp 'Key of circuit ${key}, from the console: ' TF_VAR_${variable}; export TF_VAR_${variable}`;
}

function titleOf({ peer }: LinkSide): string {
  const cloud = CLOUDS.find((each) => each === peer);
  return cloud === undefined ? 'the company' : CATALOG[cloud].title;
}
