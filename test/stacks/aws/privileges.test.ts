import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { addStacks } from '../../../stacks/aws';
import { onDemandPool, plan, RACKS, rackPool, shard, site } from './fixture';
import { PRIVILEGES, type Privilege, ROLE } from './privilege-rows';

type Json = Readonly<Record<string, unknown>>;

const unhashed = (id: string) => id.replace(/[0-9A-F]{8}$/, '');
const exported = (name: string) => unhashed(name.replace(/^.*(FnGetAtt|Ref)/, '').replace(/Arn[0-9A-F]{8}$/, ''));

/** A value of a template on one line: references by what they name, without the hash behind it. */
function readable(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (Array.isArray(value)) return value.map(readable).join(' ');
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, 'Fn::ImportValue': imported, Ref: ref } = Object(value);
  if (join !== undefined) return join[1].map(readable).join(join[0]);
  if (attribute !== undefined) return `<${unhashed(attribute[0])}>`;
  if (imported !== undefined) return `<${exported(imported)}>`;
  if (ref !== undefined) return `<${unhashed(ref)}>`.replace('<AWS::AccountId>', '<account>');
  return Object.entries(value)
    .map(([key, one]) => `${key} ${readable(one)}`)
    .join(', ');
}

/** Everything that a resource says of who may do what. */
function privilegesOf(at: string, { Type, Properties = {} }: { Type: string; Properties?: Json }): Privilege[] {
  const { AssumeRolePolicyDocument, KeyPolicy, PolicyDocument, ManagedPolicyArns, Policies, Roles } = Properties;
  if (Type === 'AWS::EKS::AccessEntry') {
    const may = readable(Properties.AccessPolicies).replace(/^.*cluster-access-policy\//, '');
    return [{ at, whom: String(Properties.PrincipalArn), may, on: readable(Properties.ClusterName) }];
  }
  const own = `<${at.split('/')[1]}>`;
  const policies = Object(Policies ?? []).map(({ PolicyDocument: inline }: Json) => inline);
  const documents = [AssumeRolePolicyDocument, KeyPolicy, PolicyDocument, ...policies].filter(Boolean);
  const statements: Json[] = documents.flatMap((document) => Object(document).Statement);
  return [
    ...statements.map(({ Effect, Principal, Action, Resource, Condition }) => ({
      at,
      whom: Principal === undefined ? readable(Roles ?? own) : readable(Principal),
      may: `${Effect === 'Allow' ? '' : 'never '}${readable(Action)}`,
      ...(Resource !== undefined && { on: readable(Resource) }),
      ...(Condition !== undefined && { when: readable(Condition) }),
    })),
    ...Object(ManagedPolicyArns ?? []).map((arn: unknown) => ({ at, whom: own, may: readable(arn) })),
  ];
}

/** All privileges of an estate with all that there is. */
function privileges(): Privilege[] {
  const app = new App({ builtinCloudFormationValidation: false });
  const at = site({ network: { ...site().network, egress: 'none' } });
  const alarms = { email: 'night@example.com' };
  const stores = at.stores.map((store) => (store.kind === 'lustre' ? { ...store, alarms } : store));
  const watched = { ...at, stores };
  const pool = onDemandPool(8);
  const sized = { ...pool, groups: pool.groups.map((group) => ({ ...group, minNodes: 1 })) };
  const own = { ...shard([rackPool(RACKS), sized], watched), alarms };
  const access = { administrators: [`${ROLE}/platform`], viewers: [`${ROLE}/research`], ranges: [] };
  addStacks(app, plan([{ ...own, clusterName: own.name, access }], [watched]));
  return app.node.children
    .filter((child) => Stack.isStack(child))
    .flatMap((stack) => {
      const { Resources } = Template.fromStack(stack).toJSON();
      return Object.entries<Parameters<typeof privilegesOf>[1]>(Resources).flatMap(([id, resource]) =>
        privilegesOf(`${stack.node.id.replace('atlas-', '')}/${unhashed(id)}`, resource),
      );
    });
}

const sorted = (rows: readonly Privilege[]) =>
  rows.map((row) => JSON.stringify([row.at, row.whom, row.may, row.on, row.when])).sort();

describe('privileges on AWS', () => {
  test('are these and no others', () => {
    expect(sorted(privileges())).toEqual(sorted(PRIVILEGES));
  });

  test('have a reason each', () => {
    for (const { why } of PRIVILEGES) expect(why).toMatch(/^[^ ]+( [^ ]+)+$/);
  });
});
