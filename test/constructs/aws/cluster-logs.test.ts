import { Match, Template } from 'aws-cdk-lib/assertions';
import { Cluster, type ClusterProps, EncryptionKey } from '../../../constructs/aws';
import { machine } from '../../stacks/aws/fixture';
import { codeOf, emptyStack, network, propertiesOf } from './scene';

function clusterWith(changes: Partial<ClusterProps>) {
  const stack = emptyStack();
  const encryptionKey = new EncryptionKey(stack, 'key', { name: 'dallas' });
  const cluster = new Cluster(stack, 'cluster', {
    name: 'dallas',
    network: network(stack),
    version: '1.35',
    serviceCidr: '172.20.0.0/16',
    systemPool: { machine: machine('m7i.4xlarge'), nodeCount: 3 },
    encryptionKey,
    ...changes,
  });
  return { stack, cluster };
}

const groups = (changes: Partial<ClusterProps>) =>
  Object.entries(Template.fromStack(clusterWith(changes).stack).findResources('AWS::Logs::LogGroup')).filter(([id]) =>
    id.includes('controlplanelogs'),
  );

describe('logs of a control plane', () => {
  test('go into a group of its name, which is encrypted, ends after a year and is there before the cluster', () => {
    const { stack } = clusterWith({ clusterName: 'atlas-dallas' });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::Logs::LogGroup', {
      Properties: {
        LogGroupName: '/aws/eks/atlas-dallas/cluster',
        RetentionInDays: 365,
        KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^key'), 'Arn'] },
      },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^key')]),
      DeletionPolicy: 'RetainExceptOnCreate',
    });
    template.hasResource('AWS::EKS::Cluster', {
      Properties: { Name: 'atlas-dallas' },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^clustercontrolplanelogs')]),
    });
    const [key] = Object.values(propertiesOf(stack, 'AWS::KMS::Key'));
    // The log service may use the key for this group, and for no other one.
    const [statement] = Object(key?.KeyPolicy).Statement.filter(({ Sid = '' }) => Sid.startsWith('LogGroup'));
    expect(JSON.stringify(statement.Condition)).toContain(':log-group:/aws/eks/atlas-dallas/cluster"');
  });

  test('last as long as it is told, and go with the stack where nothing is protected', () => {
    const [[, group = {}] = []] = groups({
      clusterName: 'atlas-dallas',
      logRetentionDays: 90,
      deletionProtection: false,
    });
    expect(group).toMatchObject({ Properties: { RetentionInDays: 90 }, DeletionPolicy: 'Delete' });
  });

  test('are left to EKS where the name of the cluster is not known before it', () => {
    const { stack, cluster } = clusterWith({});
    expect(groups({})).toEqual([]);
    const [made] = Object.values(propertiesOf(stack, 'AWS::EKS::Cluster'));
    expect(made).not.toHaveProperty('Name');
    expect(stack.resolve(cluster.clusterName)).toEqual({ Ref: expect.stringContaining('cluster') });
  });

  test('change nothing else of a cluster by its name', () => {
    const outline = (changes: Partial<ClusterProps>) => {
      const { Resources } = Template.fromStack(clusterWith(changes).stack).toJSON();
      return Object.keys(Resources).filter((id) => !id.includes('controlplanelogs'));
    };
    expect(outline({ clusterName: 'atlas-dallas' })).toEqual(outline({}));
  });

  test.each([
    [{ logRetentionDays: 90 }, 'NameInvalid'],
    [{ clusterName: 'atlas dallas' }, 'NameInvalid'],
    [{ clusterName: '-atlas' }, 'NameInvalid'],
    [{ clusterName: '' }, 'NameInvalid'],
    [{ clusterName: 'a'.repeat(101) }, 'NameInvalid'],
    [{ clusterName: 'atlas', logRetentionDays: 100 }, 'RetentionInvalid'],
    [{ clusterName: 'atlas', logRetentionDays: 0 }, 'RetentionInvalid'],
    [{ clusterName: 'a'.repeat(100), logRetentionDays: 3653 }, undefined],
  ])('with %j are refused with %s', (changes, code) => {
    expect(codeOf(() => clusterWith(changes))).toBe(code);
  });
});
