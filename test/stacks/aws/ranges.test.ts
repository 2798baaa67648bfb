import { EMPTY_LOCK, type Lock } from '../../../estate/plan/lock';
import { estateOf, inputOf, lockAndResolve } from '../../helpers/estates';
import { readTree, synthesizePlan, withFolder } from '../../helpers/synth';

type Resources = Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>;

/** The templates of an estate with one pool of so many nodes, by the names of their stacks. */
async function templatesOf(nodes: number, lock: Lock): Promise<{ lock: Lock; templates: Record<string, Resources> }> {
  const pools = { train: { accelerator: 'h200', nodes, zone: 'us-west-2a' } };
  const site = { name: 'west', account: 'aws-main', stores: 0, clusters: { one: { pools } } } as const;
  const planned = lockAndResolve(estateOf(inputOf([site])), lock);
  const files = await withFolder((folder) => {
    synthesizePlan(planned.plan, folder);
    return readTree(folder);
  });
  const templates = Object.entries(files).flatMap(([path, text]) => {
    const [, stack] = /([^/]+)\.template\.json$/.exec(path) ?? [];
    return stack === undefined ? [] : [[stack, (JSON.parse(text) as { Resources: Resources }).Resources] as const];
  });
  return { lock: planned.lock, templates: Object.fromEntries(templates) };
}

const ofType = (resources: Resources = {}, type: string) =>
  Object.values(resources).filter((resource) => resource.Type === type);

test('puts groups that outgrow the range of their zone into another one, and touches no subnet or group that exists', async () => {
  const before = await templatesOf(1800, EMPTY_LOCK);
  const after = await templatesOf(2700, before.lock);
  for (const [stack, resources] of Object.entries(before.templates)) {
    for (const [id, resource] of Object.entries(resources)) {
      if (resource.Type !== 'AWS::EC2::Subnet' && resource.Type !== 'AWS::EKS::Nodegroup') continue;
      expect([stack, id, after.templates[stack]?.[id]]).toEqual([stack, id, resource]);
    }
  }
  const blocks = (templates: Record<string, Resources>) =>
    ofType(templates['atlas-west-network'], 'AWS::EC2::Subnet').map(({ Properties = {} }) => Properties.CidrBlock);
  const added = blocks(after.templates).filter((block) => !blocks(before.templates).includes(block));
  expect(added).toEqual([after.lock.addresses['sites.west.zones.us-west-2a.nodes.2'], '100.66.0.0/16'].sort());
  const groups = Object.entries(after.templates)
    .filter(([stack]) => stack.startsWith('atlas-west-xone'))
    .flatMap(([, resources]) => ofType(resources, 'AWS::EKS::Nodegroup').map(({ Properties = {} }) => Properties));
  const further = groups.filter(({ Labels }) => {
    return (Labels as Record<string, string> | undefined)?.['vpc.amazonaws.com/externalEniConfig'] === 'us-west-2a-2';
  });
  expect(further).toHaveLength(2);
  const subnetsOf = ({ Subnets }: Record<string, unknown>) => JSON.stringify(Subnets);
  const [theirs, ...others] = new Set(further.map(subnetsOf));
  expect(others).toEqual([]);
  const rest = groups.filter((group) => !further.includes(group)).map(subnetsOf);
  expect(rest.length).toBeGreaterThan(4);
  expect(rest).not.toContain(theirs);
});
