import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { addStacks, FoundationStack, type FoundationStackProps } from '../../../stacks/google';
import { resourcesOf, synthStack } from '../../helpers/terraform';
import { account, newPlan, newShard, newSite } from './fixture';

function stacksOf(plan: Parameters<typeof addStacks>[1]): readonly TerraformStack[] {
  const app = Testing.app();
  addStacks(app, plan);
  return app.node.children.filter(TerraformStack.isStack);
}

const needs = (stacks: readonly TerraformStack[]) =>
  Object.fromEntries(stacks.map((stack) => [stack.node.id, stack.dependencies.map(({ node }) => node.id)]));

describe('Google Cloud stacks', () => {
  test('are one foundation for the project, network and storage for the site, and a cluster for the shard', () => {
    expect(needs(stacksOf(newPlan([newSite()], [newShard()])))).toEqual({
      'atlas-main-foundation': [],
      'atlas-iowa-network': ['atlas-main-foundation'],
      'atlas-iowa-storage': ['atlas-iowa-network'],
      'atlas-train-cluster': ['atlas-iowa-network', 'atlas-iowa-storage'],
    });
  });

  test('leave storage out where the site has no stores', () => {
    const site = newSite({ stores: [] });
    expect(needs(stacksOf(newPlan([site], [newShard({ site, mounts: [] })])))).toEqual({
      'atlas-main-foundation': [],
      'atlas-iowa-network': ['atlas-main-foundation'],
      'atlas-train-cluster': ['atlas-iowa-network'],
    });
  });

  test('keep storage where the site has only stores that left the estate', () => {
    const site = newSite({ stores: [], retired: [{ kind: 'object', key: 'data', name: 'atlas-data' }] });
    expect(Object.keys(needs(stacksOf(newPlan([site], []))))).toEqual([
      'atlas-main-foundation',
      'atlas-iowa-network',
      'atlas-iowa-storage',
    ]);
  });

  test('the foundation enables what the others call and leaves it enabled', () => {
    const [foundation] = stacksOf(newPlan([newSite()], []));
    const services = Object.values(resourcesOf(foundation ? synthStack(foundation) : {}, 'google_project_service'));
    const names = services.map(({ service }) => service);
    for (const api of ['compute', 'container', 'cloudkms', 'lustre', 'servicenetworking', 'storage', 'gkehub']) {
      expect(names).toContain(`${api}.googleapis.com`);
    }
    expect(services.every(({ disable_on_destroy }) => disable_on_destroy === false)).toBe(true);
  });

  test('the foundation enables what only some clusters and networks call where it is told to', () => {
    const apis = (props: Partial<FoundationStackProps>) => {
      const stack = new FoundationStack(Testing.app(), 'foundation', { account, state: { kind: 'local' }, ...props });
      return Object.values(resourcesOf(synthStack(stack), 'google_project_service')).map(({ service }) => service);
    };
    const usual = apis({});
    expect(apis({ dns: true }).filter((api) => !usual.includes(api))).toEqual(['dns.googleapis.com']);
    const authorized = apis({ binaryAuthorization: true }).filter((api) => !usual.includes(api));
    expect(authorized).toEqual(['binaryauthorization.googleapis.com']);
  });

  test('hold no path of the machine', () => {
    const text = stacksOf(newPlan([newSite()], [newShard()])).map((stack) => JSON.stringify(synthStack(stack)));
    expect(text.join('')).not.toContain(process.cwd());
  });
});
