import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveEstate } from '../cli/app';
import { readAwsStacks, readTerraformStacks } from '../cli/assembly';
import { stackOrder } from '../estate/plan/order';
import type { Plan } from '../estate/plan/types';
import { firstApply } from '../estate/report/first-apply/build';
import { isDeploy } from '../estate/report/first-apply/types';
import { lockPathOf } from '../estate/spec/load';
import { idOf } from '../provider/fake-ids';
import type { ValueObject } from '../provider/values';
import { isJsonObject, type JsonObject, memberOf, statesRead } from '../terraform/document';
import { readStacks } from '../terraform/manifest';
import { ROOT } from './helpers/cli';
import { readTree, synthesizePlan, withFolder } from './helpers/synth';

const FILES = [
  'estate.yaml',
  ...readdirSync(join(ROOT, 'examples'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `examples/${name}`),
];

/** What a synthesis wrote, as far as it decides the order. */
interface Made {
  /** Names that are given to anything. */
  readonly names: ReadonlySet<string>;
  /** Every stack, with the stacks that the tools apply before it. */
  readonly declared: ReadonlyMap<string, readonly string[]>;
  /** Stacks that a stack reads, by what it says: states, exports, names of what they make. */
  readonly read: ReadonlyMap<string, readonly string[]>;
  /** Ids in stacks that neither a stack makes nor the estate names. */
  readonly unknown: readonly string[];
}

const PROVIDERS = { azurerm_: 'azurerm', google_: 'google' } as const;

/** Every text in a value, with the key that it stands at. */
function textsIn(value: unknown, key = ''): (readonly [key: string, text: string])[] {
  if (typeof value === 'string') return [[key, value]];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, key));
  return isJsonObject(value) ? Object.entries(value).flatMap(([name, member]) => textsIn(member, name)) : [];
}

/** Ids of what a stack makes whose ids follow from their names: those of Azure and Google Cloud, and buckets of Oracle. */
function idsMade(json: JsonObject): Set<string> {
  const ids = new Set<string>();
  for (const [type, byName] of Object.entries(memberOf(json, 'resource'))) {
    // Buckets of Oracle Cloud are known by their names alone.
    if (type === 'oci_objectstorage_bucket' && isJsonObject(byName))
      for (const bucket of Object.values(byName)) ids.add(String((bucket as JsonObject).name));
    const found = Object.entries(PROVIDERS).find(([prefix]) => type.startsWith(prefix));
    if (found === undefined || !isJsonObject(byName)) continue;
    const [prefix, provider] = found;
    const [config = {}] = (memberOf(json, 'provider')[provider] as JsonObject[] | undefined) ?? [];
    for (const values of Object.values(byName)) {
      const subject = { type: type.slice(prefix.length), values: values as ValueObject, config: config as ValueObject };
      const id = idOf(provider, subject, 'id', 'MARK', () => 'MARK');
      if (!id.includes('MARK') && !id.includes('${')) ids.add(id);
      if (type === 'azurerm_resource_group') ids.add(String((values as JsonObject).name));
    }
  }
  return ids;
}

const ID =
  /^(\/subscriptions\/[^/]+\/resourceGroups\/|projects\/[^/]+\/(global\/networks|regions\/[^/]+\/subnetworks|locations\/[^/]+\/keyRings)\/)/;

/** Arguments that give something its name. */
const NAME = /^(name|display_name|Name|Value|LogGroupName)$/;

/** Names of what stacks make in what the first apply says, by how they stand there. */
const NAMED: readonly (readonly [string, RegExp])[] = [
  ['cluster of EKS', /aws eks update-kubeconfig --region \S+ --name ([\w-]+) /g],
  ['log group', /--log-group-name-prefix (\S+)/g],
  ['node group', /Key=Name,Values=(\S+)/g],
  ['vault of Azure', /([\w-]+)\.vault\.azure\.net/g],
  ['cluster of AKS', /az aks get-credentials .* --name (\S+)/g],
  ['resource group', /\/resourceGroups\/([\w-]+)/g],
  ['network of Azure', /--vnet-name ([\w-]+) /g],
  ['private DNS zone', /--zone-name (\S+)/g],
  ['identity of Azure', /az identity show .* --name ([\w-]+) /g],
  ['cluster of GKE', /gcloud container clusters get-credentials (\S+)/g],
  ['vault of Oracle Cloud', /"display-name"==`([^`]+)`/g],
  ['cluster of OKE', /oci ce cluster list .* --name (\S+)/g],
];

/** Every such name in the steps of an estate. */
function namedIn(plan: Plan, file: string): (readonly [kind: string, name: string])[] {
  const steps = firstApply(plan, { estate: file, lock: lockPathOf(file) }).accounts.flatMap((account) => account.steps);
  const said = steps.flatMap((step) => [...step.run, ...step.see, ...(isDeploy(step) ? step.reach : [])]);
  return NAMED.flatMap(([kind, form]) =>
    said.flatMap((text) => [...text.matchAll(form)].map(([, name = '']) => [kind, name] as const)),
  );
}

/** Whose something is: the resource group of an id of Azure, else its name. */
const placeOf = (text: string) => /\/resourceGroups\/([^/]+)\//.exec(text)?.[1] ?? text.split('/').at(-1) ?? text;

/** A text is an id, or lies below one. */
const isOf = (text: string, id: string) => text === id || (id.includes('/') && text.startsWith(`${id}/`));

function made(plan: Plan, estate: string): Promise<Made> {
  return withFolder((folder) => {
    synthesizePlan(plan, folder);
    const clouds = { aws: plan.clouds.includes('aws'), others: plan.clouds.some((cloud) => cloud !== 'aws') };
    const terraform = clouds.others ? readStacks(join(folder, 'cdktf.out')) : new Map();
    const declared = new Map(
      [
        ...(clouds.aws ? readAwsStacks(join(folder, 'cdk.out')) : []),
        ...(clouds.others ? readTerraformStacks(join(folder, 'cdktf.out')) : []),
      ].map(({ stack, dependsOn }) => [stack, dependsOn]),
    );
    const read = new Map<string, string[]>();
    const unknown: string[] = [];
    for (const [path, text] of Object.entries(clouds.aws ? readTree(join(folder, 'cdk.out')) : {})) {
      const [, stack] = /^(.+)\.template\.json$/.exec(path) ?? [];
      if (stack === undefined) continue;
      read.set(
        stack,
        [...text.matchAll(/"Fn::ImportValue": "([^:"]+):/g)].map(([, from = '']) => from),
      );
    }
    const documents = new Map([...terraform].map(([name, { json }]) => [name, json as JsonObject]));
    const ids = new Map([...documents].map(([name, json]) => [name, idsMade(json)]));
    for (const [name, json] of documents) {
      const own = [...(ids.get(name) ?? [])];
      const foreign = textsIn({ resource: json.resource, data: json.data })
        .filter(([key, text]) => ID.test(text) || key === 'resource_group_name' || key === 'bucket')
        .map(([, text]) => text)
        .filter((text) => !text.includes('${') && !own.some((id) => isOf(text, id)));
      const found = foreign.map((text) => {
        const makers = [...ids]
          .filter(([, theirs]) => [...theirs].some((id) => isOf(text, id)))
          .map(([maker]) => maker);
        if (makers.length === 0 && !estate.includes(placeOf(text))) unknown.push(`${name}: ${text}`);
        return makers;
      });
      read.set(name, [...new Set([...statesRead(json, documents).values(), ...found.flat()])]);
    }
    const given = Object.entries(readTree(folder)).flatMap(([path, text]) =>
      /\.template\.json$|cdk\.tf\.json$/.test(path) ? textsIn(JSON.parse(text)) : [],
    );
    const names = new Set(given.filter(([key]) => NAME.test(key)).map(([, text]) => text));
    return { declared, read, unknown, names };
  });
}

describe.each(FILES)('the first apply of %s', (name) => {
  const file = join(ROOT, name);
  const { plan } = resolveEstate(file);
  const order = stackOrder(plan);
  const place = new Map(order.map(({ stack }, index) => [stack, index]));
  let stacks: Made;
  beforeAll(async () => {
    stacks = await made(plan, readFileSync(file, 'utf8'));
  });

  /** Everything that a stack comes after, by what the plan says. */
  const earlierThan = (stack: string): string[] => {
    const after = order[place.get(stack) ?? -1]?.after ?? [];
    return [...after, ...after.flatMap(earlierThan)];
  };

  test('names every stack that is made exactly once', () => {
    const deployed = firstApply(plan, { estate: file, lock: lockPathOf(file) }).accounts.flatMap(({ steps }) =>
      steps.filter(isDeploy).map(({ stack }) => stack),
    );
    expect([...deployed].sort()).toEqual([...stacks.declared.keys()].sort());
    expect(deployed).toEqual(order.map(({ stack }) => stack));
    expect(new Set(deployed).size).toBe(deployed.length);
  });

  test('comes to a stack after all that its tool applies before it, and the plan says so', () => {
    for (const [stack, dependsOn] of stacks.declared) {
      for (const earlier of dependsOn) expect(place.get(earlier)).toBeLessThan(place.get(stack) ?? -1);
      expect([stack, dependsOn.filter((earlier) => !earlierThan(stack).includes(earlier))]).toEqual([stack, []]);
    }
  });

  test('comes to a stack after all whose states, exports and names it reads, and the plan says so', () => {
    for (const [stack, earlier] of stacks.read) {
      expect([stack, earlier.filter((one) => !earlierThan(stack).includes(one))]).toEqual([stack, []]);
    }
  });

  test('reads no name that neither a stack makes nor the estate says', () => {
    expect(stacks.unknown).toEqual([]);
  });

  test('calls what is made by the name that it gets', () => {
    const text = readFileSync(file, 'utf8');
    const wrong = namedIn(plan, file).filter(([, name]) => !stacks.names.has(name) && !text.includes(name));
    expect(wrong).toEqual([]);
  });

  test('says of each stack only stacks that come before it', () => {
    for (const { stack, after } of order)
      for (const earlier of after)
        expect([stack, earlier, place.get(earlier)]).toEqual([stack, earlier, expect.any(Number)]);
    for (const { stack, after } of order)
      for (const earlier of after) expect(place.get(earlier)).toBeLessThan(place.get(stack) ?? -1);
  });
});

test('reads of names, states and exports are found in the default estate', async () => {
  const file = join(ROOT, 'estate.yaml');
  const { read } = await made(resolveEstate(file).plan, readFileSync(file, 'utf8'));
  expect(read.get('atlas-virginia-cluster')).toEqual(
    expect.arrayContaining(['atlas-virginia-network', 'atlas-virginia-storage']),
  );
  expect([...(read.get('atlas-eastus2-gb300-cluster') ?? [])].sort()).toEqual([
    'atlas-azure-gb-foundation',
    'atlas-eastus2-network',
    'atlas-eastus2-storage',
  ]);
  expect([...(read.get('atlas-iowa-cluster') ?? [])].sort()).toEqual(['atlas-iowa-network', 'atlas-iowa-storage']);
  expect([...(read.get('atlas-phoenix-cluster') ?? [])].sort()).toEqual([
    'atlas-oracle-main-foundation',
    'atlas-phoenix-network',
  ]);
});

test('names of every kind are found in the default estate, but for clusters whose name CloudFormation chooses', () => {
  const file = join(ROOT, 'estate.yaml');
  const found = new Set(namedIn(resolveEstate(file).plan, file).map(([kind]) => kind));
  expect(NAMED.map(([kind]) => kind).filter((kind) => !found.has(kind))).toEqual([]);
});

test('the bootstrap of CDK is the one that the stacks ask for', async () => {
  const { plan } = resolveEstate(join(ROOT, 'examples/aws.yaml'));
  const asked = await withFolder((folder) => {
    synthesizePlan(plan, folder);
    return Object.values(readTree(join(folder, 'cdk.out'))).join('');
  });
  const said = firstApply(plan, { estate: 'estate.yaml', lock: 'estate.lock.json' }).accounts[0]?.steps.find(
    ({ step }) => step === 'bootstrap',
  );
  const [, parameter] = /"bootstrapStackVersionSsmParameter": "([^"]+)"/.exec(asked) ?? [];
  const [, version] = /"requiresBootstrapStackVersion": (\d+)/.exec(asked) ?? [];
  expect(said?.see[0]).toContain(`--name ${parameter} `);
  expect(said?.done).toBe(`each prints ${version} or more`);
});
