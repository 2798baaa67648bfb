import * as iam from 'aws-cdk-lib/aws-iam';
import { App, Stack, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { EncryptionKey, type IObjectStore, ObjectStore } from '../../../constructs/aws';

const ENV = { account: '111122223333', region: 'us-east-1' };

/** What is acknowledged of a role that reads a store, once everything is synthesized. */
function acknowledged(storeIn: (app: App, stack: Stack) => IObjectStore, grantee?: (stack: Stack) => iam.IRole) {
  const app = new App({ builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'workload', { env: ENV });
  const role = grantee?.(stack) ?? new iam.Role(stack, 'role', { assumedBy: new iam.AccountRootPrincipal() });
  storeIn(app, stack).grants.read(role);
  app.synth();
  return rulesOf(role);
}

function rulesOf(scope: IConstruct): [string, unknown][] {
  return scope.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
    .flatMap(({ data }) => Object.entries(data));
}

function store(stack: Stack): ObjectStore {
  return new ObjectStore(stack, 'data', {
    name: 'data',
    encryptionKey: new EncryptionKey(stack, 'key', { name: 'a' }),
  });
}

const REASON = 'It was given the objects of this bucket: they have names that nobody knows before.';

describe('findings that are acknowledged', () => {
  test.each([
    ['of its own stack', (_app: App, stack: Stack) => store(stack), '<data52E9730E.Arn>/*'],
    [
      'of another stack',
      (app: App) => store(new Stack(app, 'stores', { env: ENV })),
      'stores:ExportsOutputFnGetAttdata52E9730EArnDF68964C/*',
    ],
    [
      'that exists already',
      (_app: App, stack: Stack) => ObjectStore.fromBucketName(stack, 'data', 'atlas-data'),
      'arn:<AWS::Partition>:s3:::atlas-data/*',
    ],
  ])('name the objects of one bucket %s', (_which, storeIn, arn) => {
    expect(acknowledged(storeIn)).toEqual([[`AwsSolutions::AwsSolutions-IAM5[Resource::${arn}]`, REASON]]);
  });

  test('belong to a role of somebody else as well, whose policy lies in this stack', () => {
    const imported = (stack: Stack) => iam.Role.fromRoleArn(stack, 'role', 'arn:aws:iam::111122223333:role/train');
    expect(acknowledged((_app, stack) => store(stack), imported)).toHaveLength(1);
  });
});
