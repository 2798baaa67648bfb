import { Match, Template } from 'aws-cdk-lib/assertions';
import { App } from 'aws-cdk-lib/core';
import { addStacks, NetworkStack, StorageStack } from '../../../stacks/aws';
import { onDemandPool, plan, RACKS, rackPool, shard, site } from './fixture';

interface StackTemplate {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
  readonly Outputs?: Readonly<Record<string, { readonly Export?: { readonly Name: string } }>>;
}

/** The templates of a plan by the name of their stack. */
function synth(...args: Parameters<typeof plan>): Record<string, StackTemplate> {
  const app = new App();
  addStacks(app, plan(...args));
  return Object.fromEntries(app.synth().stacks.map(({ stackName, template }) => [stackName, template]));
}

/** Names of what other stacks may import. */
const exportsOf = ({ Outputs = {} }: StackTemplate = { Resources: {} }) =>
  Object.values(Outputs).flatMap(({ Export }) => Export?.Name ?? []);

describe('what stacks export', () => {
  const used = synth([shard([rackPool(RACKS), onDemandPool(8)])]);

  test('stays when a cluster unmounts its stores, for an export in use cannot go', () => {
    const unmounted = synth([shard([rackPool(RACKS), onDemandPool(8)], site(), [])]);
    expect(unmounted['atlas-dallas-storage']?.Outputs).toEqual(used['atlas-dallas-storage']?.Outputs);
    expect(exportsOf(used['atlas-dallas-storage'])).toEqual([
      expect.stringMatching(/^atlas-dallas-storage:ExportsOutputFnGetAttkey[0-9A-F]{8}Arn[0-9A-F]{8}$/),
      expect.stringMatching(/^atlas-dallas-storage:ExportsOutputFnGetAttstoredatasets[0-9A-F]{8}Arn[0-9A-F]{8}$/),
      expect.stringMatching(/:ExportsOutputFnGetAttstorescratchsecuritygroup[0-9A-F]{8}GroupId[0-9A-F]{8}$/),
    ]);
  });

  test('stays when the last pool of a zone, or the last cluster of the site, goes', () => {
    const network = used['atlas-dallas-network'];
    expect(synth([shard([onDemandPool(8)])])['atlas-dallas-network']?.Outputs).toEqual(network?.Outputs);
    expect(synth([])['atlas-dallas-network']?.Outputs).toEqual(network?.Outputs);
    // The VPC and ten subnets: neither control planes nor public subnets lie in a Local Zone.
    expect(exportsOf(network)).toHaveLength(1 + 2 * 4 + 2);
  });

  test('is everything that clusters import, under the names that CDK itself would give', () => {
    const offered = Object.values(used).flatMap((template) => exportsOf(template));
    const imported = [...JSON.stringify(used['atlas-dallas-gb200-cluster']).matchAll(/"Fn::ImportValue":"([^"]+)"/g)];
    expect(imported.length).toBeGreaterThan(5);
    for (const [, name] of imported) expect(offered).toContain(name);
  });
});

test('a site keeps its storage stack while stores that left the file are kept', () => {
  const retired = [{ kind: 'lustre', key: 'scratch', name: 'atlas-scratch', zone: 'us-east-1-dfw-2a' }] as const;
  const stacks = (left: typeof retired | []) => Object.keys(synth([], [site({ stores: [], retired: left })]));
  expect(stacks([])).not.toContain('atlas-dallas-storage');
  expect(stacks(retired)).toContain('atlas-dallas-storage');
});

describe('NetworkStack', () => {
  test('hands the network of the site to the construct, with a key for its flow logs', () => {
    const stack = new NetworkStack(new App(), 'network', { site: site() });
    expect([stack.account, stack.region, stack.terminationProtection]).toEqual(['111122223333', 'us-east-1', true]);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.64.0.0/16' });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue() });
  });
});

describe('StorageStack', () => {
  test('has every store of the site under its key, all encrypted with one key', () => {
    const app = new App();
    const { network } = new NetworkStack(app, 'network', { site: site() });
    const stack = new StorageStack(app, 'storage', { site: site(), network });
    expect([...stack.fileSystems.keys(), ...stack.objectStores.keys()]).toEqual(['scratch', 'datasets']);
    expect(stack.terminationProtection).toBe(true);
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::KMS::Key', 1);
    template.hasResourceProperties('AWS::FSx::FileSystem', { StorageCapacity: 9600 });
    expect(JSON.stringify(Object.values(template.findResources('AWS::S3::Bucket')))).toContain('"NoncurrentDays":90');
    expect(Object.keys(template.findOutputs('*'))).toEqual(
      expect.arrayContaining([expect.stringContaining('scratchmount'), expect.stringContaining('datasetsbucket')]),
    );
  });
});

describe('addStacks', () => {
  test('creates the four layers under the names of the plan', () => {
    expect(Object.keys(synth([shard([rackPool(RACKS)])])).sort()).toEqual([
      'atlas-dallas-gb200-cluster',
      'atlas-dallas-network',
      'atlas-dallas-storage',
      'atlas-main-foundation',
    ]);
  });

  test('creates no storage stack for a site without stores', () => {
    const bare = site({ stores: [] });
    expect(Object.keys(synth([shard([], bare)], [bare]))).not.toContain('atlas-dallas-storage');
  });

  test('gives the same templates every time', () => {
    const build = () => JSON.stringify(synth([shard([rackPool(RACKS), onDemandPool(8)])]));
    expect(build()).toBe(build());
  });

  test('makes no Lambda, custom resource, nested stack, key or secret but what closes default security groups', () => {
    const types = Object.values(synth([shard([rackPool(RACKS), onDemandPool(8)])])).flatMap(({ Resources }) =>
      Object.values(Resources).map(({ Type }) => Type),
    );
    const unusual = types.filter((type) => /Lambda|^Custom|CloudFormation|AccessKey|SecretsManager/.test(type));
    expect(unusual.sort()).toEqual(['AWS::Lambda::Function', 'Custom::ClosedDefaultGroup']);
  });
});
