import { runInNewContext } from 'node:vm';
import { Template } from 'aws-cdk-lib/assertions';
import { EncryptionKey } from '../../../constructs/aws';
import { CLOSE } from '../../../constructs/aws/default-security-group';
import { emptyStack, network, propertiesOf, typesOf } from './scene';

const REQUEST = {
  StackId: 'stack',
  RequestId: 'request',
  LogicalResourceId: 'group',
  ResponseURL: 'https://answers.example.com/1',
  ResourceProperties: { GroupId: 'sg-0123', AccountId: '111122223333' },
};

/** What EC2 answers, call by call: nothing where it does what it is told. */
type Answers = readonly (string | undefined)[];

/** Runs the function, and tells what it asked of EC2 and said to CloudFormation. */
async function run(RequestType: string, answers: Answers = []) {
  const asked: unknown[] = [];
  const said: { url?: string; method?: string; body?: string } = {};
  const ask = (name: string) => async (input: unknown) => {
    const error = answers[asked.length];
    asked.push([name, input]);
    if (error !== undefined) throw Object.assign(new Error('refused'), { name: error });
  };
  class EC2 {
    readonly revokeSecurityGroupIngress = ask('ingress');
    readonly revokeSecurityGroupEgress = ask('egress');
  }
  const request = (url: string, { method }: { method: string }, done: (response: object) => void) => ({
    on: () => undefined,
    end: (body: string) => {
      Object.assign(said, { url, method, body });
      done({ resume: () => undefined, on: (_event: string, ended: () => void) => ended() });
    },
  });
  const modules: Readonly<Record<string, object>> = { 'node:https': { request }, '@aws-sdk/client-ec2': { EC2 } };
  const exports: { handler?: (event: object) => Promise<void> } = {};
  // Waits are skipped.
  const setTimeout = (go: () => void) => go();
  runInNewContext(CLOSE, { exports, require: (name: string) => modules[name], Buffer, setTimeout });
  await exports.handler?.({ ...REQUEST, RequestType });
  return { asked, ...said, body: JSON.parse(said.body ?? '{}') };
}

const INGRESS = [
  'ingress',
  {
    GroupId: 'sg-0123',
    IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-0123', UserId: '111122223333' }] }],
  },
];
const EGRESS = [
  'egress',
  { GroupId: 'sg-0123', IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] },
];

describe('the default security group of a network', () => {
  test('is closed by a function that may touch this group only', () => {
    const stack = emptyStack();
    network(stack);
    const GROUP = { 'Fn::GetAtt': [expect.stringContaining('network'), 'DefaultSecurityGroup'] };
    const [closed] = Object.values(propertiesOf(stack, 'Custom::ClosedDefaultGroup'));
    expect(closed).toMatchObject({ GroupId: GROUP, AccountId: '111122223333' });
    const policy = Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).find(([id]) => id.includes('defaultsec'));
    expect(Object(policy?.[1].PolicyDocument).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress'],
        Resource: {
          'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ec2:us-east-1:111122223333:security-group/', GROUP]],
        },
      },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [expect.stringContaining('defaultsecuritygrouplog'), 'Arn'] },
      },
    ]);
  });

  test('is closed by what fits into the template, so that no asset is uploaded', () => {
    expect(CLOSE.length).toBeLessThan(4096);
    const stack = emptyStack();
    network(stack, { encryptionKey: new EncryptionKey(stack, 'key', { name: 'dallas' }) });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { Code: { ZipFile: CLOSE }, Runtime: 'nodejs24.x' });
    template.allResourcesProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  test('stays as it is where that is wanted', () => {
    const stack = emptyStack();
    network(stack, { defaultSecurityGroup: 'open' });
    expect(typesOf(stack).filter((type) => /Lambda|Custom/.test(type))).toEqual([]);
  });

  test.each(['Create', 'Update'])('loses its two rules on %s', async (type) => {
    const { asked, url, method, body } = await run(type);
    expect(asked).toEqual([INGRESS, EGRESS]);
    expect([url, method]).toEqual([REQUEST.ResponseURL, 'PUT']);
    expect(body).toEqual({
      StackId: 'stack',
      RequestId: 'request',
      LogicalResourceId: 'group',
      Status: 'SUCCESS',
      PhysicalResourceId: 'sg-0123',
    });
  });

  test('has lost them already, which is no mistake', async () => {
    const { asked, body } = await run('Create', ['InvalidPermission.NotFound', 'InvalidPermission.NotFound']);
    expect(asked).toEqual([INGRESS, EGRESS]);
    expect(body.Status).toBe('SUCCESS');
  });

  test('is asked for again while IAM does not know the role of the function', async () => {
    const { asked, body } = await run('Create', ['UnauthorizedOperation', 'UnauthorizedOperation']);
    expect(asked).toEqual([INGRESS, INGRESS, INGRESS, EGRESS]);
    expect(body.Status).toBe('SUCCESS');
  });

  test.each([
    [['RequestLimitExceeded'], 1],
    [Array.from({ length: 10 }, () => 'UnauthorizedOperation'), 10],
  ])('fails the deployment when EC2 answers %j', async (answers, calls) => {
    const { asked, body } = await run('Create', answers);
    expect(asked).toHaveLength(calls);
    expect(body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: 'sg-0123' });
    expect(body.Reason).toContain('refused');
  });

  test('is left closed when its network goes', async () => {
    const { asked, body } = await run('Delete');
    expect(asked).toEqual([]);
    expect(body.Status).toBe('SUCCESS');
  });
});
