import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkTemplates, type TemplateText } from '../../../cli/template-limits';
import { CATALOG, type StackCounts } from '../../../estate/catalog';
import { AWS_STORAGE_STACK } from '../../../estate/catalog/aws';
import type { Plan } from '../../../estate/plan/types';
import { estateOf, lockAndResolve } from '../../helpers/estates';
import { synthesizePlan, withFolder } from '../../helpers/synth';

const COUNTED = ['resources', 'outputs', 'bytes'] as const;
/** The longest key that an estate takes; `index` tells several apart. */
const longest = (index: number) => `k${'y'.repeat(35)}${1000 + index}`;

interface Names {
  readonly estate: string;
  readonly owner: { readonly team: string; readonly email: string; readonly costCenter?: string };
  readonly site: string;
}

const SHORT: Names = { estate: 'a', owner: { team: 't', email: 'research@example.com' }, site: 's' };
const LONG: Names = {
  estate: 'a'.repeat(16),
  owner: { team: 't'.repeat(40), email: 'research@example.com', costCenter: 'c'.repeat(63) },
  site: 's'.repeat(40),
};

/** A plan of one site with one cluster that mounts all of its stores. */
function planOf(objects: readonly string[], fileSystems: readonly string[] = [], names = SHORT): Plan {
  const store = (kind: 'object' | 'lustre', keys: readonly string[]) =>
    keys.map((key) => {
      const lustre = { zone: 'ap-southeast-2a', capacityTiB: 1500, throughputMBpsPerTiB: 125 };
      return [key, { kind, site: names.site, ...(kind === 'lustre' && lustre) }] as const;
    });
  return lockAndResolve(
    estateOf({
      estate: 'v1',
      name: names.estate,
      owner: names.owner,
      accounts: { main: { cloud: 'aws', accountId: '111122223333' } },
      sites: {
        [names.site]: { account: 'main', region: 'ap-southeast-2', zones: ['ap-southeast-2a', 'ap-southeast-2b'] },
      },
      clusters: { train: { site: names.site, mounts: [...objects, ...fileSystems] } },
      stores: Object.fromEntries([...store('object', objects), ...store('lustre', fileSystems)]),
    }),
  ).plan;
}

/** The templates of a plan, as they are uploaded. */
function synthesize(plan: Plan): Promise<TemplateText[]> {
  return withFolder((folder) => {
    synthesizePlan(plan, folder);
    const files = readdirSync(join(folder, 'cdk.out')).filter((file) => file.endsWith('.template.json'));
    return files.map((file) => ({
      stack: file.replace('.template.json', ''),
      text: readFileSync(join(folder, 'cdk.out', file), 'utf8'),
    }));
  });
}

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly PolicyDocument?: unknown; readonly AliasName?: string };
}

function resourcesOf({ text }: TemplateText): Resource[] {
  const { Resources }: { readonly Resources: Readonly<Record<string, Resource>> } = JSON.parse(text);
  return Object.values(Resources);
}

function countsOf({ text }: TemplateText): StackCounts {
  const { Resources, Outputs = {} }: { Resources: object; Outputs?: object } = JSON.parse(text);
  const [resources = 0, outputs = 0] = [Resources, Outputs].map((part) => Object.keys(part).length);
  return { resources, outputs, bytes: Buffer.byteLength(text) };
}

const ofStores = (templates: readonly TemplateText[]) =>
  templates.filter(({ stack }) => /-storage(-\d+)?$/.test(stack));

function estimate(objects: number, fileSystems: number): StackCounts {
  const { empty, perStore } = AWS_STORAGE_STACK;
  const sum = (what: keyof StackCounts) =>
    empty[what] + objects * perStore.object[what] + fileSystems * perStore.lustre[what];
  return { resources: sum('resources'), outputs: sum('outputs'), bytes: sum('bytes') };
}

describe('the room of a storage stack', () => {
  const keys = (count: number, from = 0) => Array.from({ length: count }, (_, index) => longest(from + index));
  const short = (count: number, start: string) => Array.from({ length: count }, (_, index) => `${start}${index}`);

  test.each([
    ['one object store', planOf(['a']), 1, 0],
    ['one file system', planOf([], ['a']), 0, 1],
    ['some of both', planOf(short(9, 'a'), short(9, 'b')), 9, 9],
    ['one object store with the longest names', planOf(keys(1), [], LONG), 1, 0],
    ['one file system with the longest names', planOf([], keys(1), LONG), 0, 1],
    ['as many object stores with the longest names as go into one', planOf(keys(79), [], LONG), 79, 0],
    ['as many file systems with the longest names as go into one', planOf([], keys(79), LONG), 0, 79],
  ])('is never less than the template of %s takes', async (_what, plan, objects, fileSystems) => {
    const [template, ...more] = ofStores(await synthesize(plan));
    expect(more).toEqual([]);
    const counts = template && countsOf(template);
    const most = estimate(objects, fileSystems);
    for (const what of COUNTED) {
      expect([what, counts?.[what]]).toEqual([what, expect.any(Number)]);
      expect(counts?.[what]).toBeLessThanOrEqual(most[what]);
      expect(counts?.[what]).toBeLessThanOrEqual(0.8 * AWS_STORAGE_STACK.limits[what]);
    }
    // What is counted exactly is no guess.
    expect([counts?.resources, counts?.outputs]).toEqual([most.resources, most.outputs]);
  });
});

describe('a cluster that mounts 150 object stores and 6 file systems', () => {
  const objects = Array.from({ length: 150 }, (_, index) => longest(index));
  const fileSystems = Array.from({ length: 6 }, (_, index) => longest(500 + index));
  const plan = planOf(objects, fileSystems, LONG);
  let templates: TemplateText[] = [];
  beforeAll(async () => {
    templates = await synthesize(plan);
  });

  test('finds them in two stacks, and every template is one that CloudFormation takes', () => {
    const [site] = plan.sites('aws');
    const first = `${LONG.estate}-${LONG.site}-storage`;
    expect(site?.storageStacks.map(({ stack }) => stack)).toEqual([first, `${first}-2`]);
    expect(ofStores(templates).map(({ stack }) => stack)).toEqual([`${first}-2`, first]);
    expect(() => checkTemplates([{ templates, plan }])).not.toThrow();
    const [cluster] = templates.filter(({ stack }) => stack.endsWith('-cluster'));
    const imported = [...(cluster?.text.matchAll(/"Fn::ImportValue": "([^"]+)"/g) ?? [])].map(([, name = '']) => name);
    const offered = ofStores(templates).flatMap(({ stack, text }) =>
      [...text.matchAll(/"Name": "([^"]+:ExportsOutput[^"]+)"/g)].map(([, name]) => [name, stack] as const),
    );
    const stackOf = new Map(offered);
    const used = imported.flatMap((name) => stackOf.get(name) ?? []);
    expect(new Set(used)).toEqual(new Set([first, `${first}-2`]));
    // Each bucket, each security group, and the key of each stack.
    expect(new Set(imported.filter((name) => stackOf.has(name))).size).toBe(150 + 6 + 2);
  });

  test('has stacks that stand by themselves, each with its own key', () => {
    for (const template of ofStores(templates)) {
      const found = resourcesOf(template).filter(({ Type }) => Type === 'AWS::KMS::Alias');
      expect(found.map(({ Properties }) => Properties.AliasName)).toEqual([`alias/${template.stack}`]);
      expect(template.text).not.toMatch(/ImportValue": "[^"]*-storage/);
    }
  });
});

describe('what the workloads of a cluster may use', () => {
  const most = CATALOG.aws.limits.objectMounts?.value ?? 0;

  test.each([
    [20, 0],
    [150, 7],
    [most, 10],
  ])('fits in the policies that a role takes, for %d object stores', async (count, managed) => {
    const templates = await synthesize(
      planOf(
        Array.from({ length: count }, (_, index) => longest(index)),
        [],
        LONG,
      ),
    );
    const [cluster] = templates.filter(({ stack }) => stack.endsWith('-cluster'));
    const policies = (type: string) =>
      (cluster === undefined ? [] : resourcesOf(cluster))
        .filter(({ Type }) => Type === type)
        .map(({ Properties }) => charactersOf(Properties.PolicyDocument));
    const [inline = 0, ...others] = policies('AWS::IAM::Policy');
    expect(others).toEqual([]);
    // IAM counts no white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(inline).toBeGreaterThan(0);
    expect(inline).toBeLessThanOrEqual(10_240);
    const overflow = policies('AWS::IAM::ManagedPolicy');
    expect(overflow.length).toBeLessThanOrEqual(managed);
    expect(Math.max(0, ...overflow)).toBeLessThanOrEqual(6_144);
    expect(JSON.stringify(cluster?.text.match(/s3:PutObject/g) ?? [])).toContain('s3:PutObject');
  });
});

/** Characters of a policy with the longest names that CloudFormation gives to buckets. */
function charactersOf(document: unknown): number {
  const arn = `arn:aws-us-gov:s3:::${'b'.repeat(63)}`;
  const text = JSON.stringify(document)
    .replace(/\{"Fn::Join":\["",\[\{"Fn::ImportValue":"[^"]+"\},"\/\*"\]\]\}/g, `"${arn}/*"`)
    .replace(/\{"Fn::ImportValue":"[^"]+"\}/g, `"${arn}"`);
  expect(text).not.toContain('Fn::');
  return text.length;
}
