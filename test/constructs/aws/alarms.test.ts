import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnParameter } from 'aws-cdk-lib/core';
import { AlarmTopic, Capacity, type CapacityProps, Cluster, EncryptionKey, FileSystem } from '../../../constructs/aws';
import { lustreTier } from '../../../estate/catalog';
import { machine } from '../../stacks/aws/fixture';
import { codeOf, emptyStack, network, propertiesOf, typesOf } from './scene';

const topicArn = 'arn:aws:sns:us-east-1:111122223333:atlas-alarms';

function fileSystem(alarms?: ConstructorParameters<typeof FileSystem>[2]['alarms']) {
  const stack = emptyStack();
  new FileSystem(stack, 'scratch', {
    name: 'scratch',
    network: network(stack),
    zone: 'us-east-1a',
    capacityGiB: 9600,
    tier: lustreTier('aws', 500),
    alarms,
  });
  return stack;
}

function capacity(props: CapacityProps) {
  const stack = emptyStack();
  new Capacity(stack, 'capacity', props);
  return stack;
}

describe('alarms', () => {
  test('are nowhere unless they are asked for', () => {
    expect(typesOf(fileSystem())).not.toContain('AWS::CloudWatch::Alarm');
    expect(typesOf(capacity({ kind: 'reservation', id: 'cr-0123456789abcdef0' }))).toEqual([]);
  });

  test('tell when the fullest target of a file system has little free space', () => {
    Template.fromStack(fileSystem({ topicArn })).hasResourceProperties('AWS::CloudWatch::Alarm', {
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 10,
      EvaluationPeriods: 10,
      AlarmActions: [topicArn],
      OKActions: [topicArn],
      AlarmDescription: Match.anyValue(),
      Metrics: [
        {
          Expression: '100 * least * targets / (9600 * 1073741824)',
          Id: 'expr_1',
          Label: 'free space of the fullest target, percent',
        },
        { Id: 'least', MetricStat: { ...FREE_SPACE, Stat: 'Minimum' }, ReturnData: false },
        { Id: 'targets', MetricStat: { ...FREE_SPACE, Stat: 'SampleCount' }, ReturnData: false },
      ],
    });
  });

  test('tell when machines of a reservation stand idle, and of no group, which has no metric', () => {
    const id = 'cr-0123456789abcdef0';
    const alarms = { topicArn, usedPercent: 75 };
    Template.fromStack(capacity({ kind: 'reservation', id, alarms })).hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/EC2CapacityReservations',
      MetricName: 'InstanceUtilization',
      Dimensions: [{ Name: 'CapacityReservationId', Value: id }],
      Statistic: 'Average',
      Period: 3600,
      EvaluationPeriods: 6,
      Threshold: 75,
      ComparisonOperator: 'LessThanThreshold',
      AlarmActions: [topicArn],
    });
    const group = 'arn:aws:resource-groups:us-east-1:111122223333:group/reserved';
    expect(typesOf(capacity({ kind: 'reservation', id: group, alarms }))).toEqual([]);
    expect(typesOf(capacity({ kind: 'on-demand', alarms }))).toEqual([]);
  });

  test('tell when nodes fail, by Container Insights without the logs of containers', () => {
    const stack = emptyStack();
    new Cluster(stack, 'cluster', {
      name: 'dallas',
      network: network(stack),
      version: '1.35',
      serviceCidr: '172.20.0.0/16',
      systemPool: { machine: machine('m7i.4xlarge'), nodeCount: 3 },
      encryptionKey: new EncryptionKey(stack, 'key', { name: 'dallas' }),
      alarms: { topicArn },
    });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'ContainerInsights',
      MetricName: 'cluster_failed_node_count',
      Dimensions: [{ Name: 'ClusterName', Value: { Ref: Match.stringLikeRegexp('^cluster') } }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 10,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      AlarmActions: [topicArn],
    });
    template.hasResource('AWS::EKS::Addon', {
      Properties: {
        AddonName: 'amazon-cloudwatch-observability',
        ConfigurationValues:
          '{"containerLogs":{"enabled":false},"agent":{"config":{"logs":{"metrics_collected":{"kubernetes":{"enhanced_container_insights":true}}}}},"manager":{"applicationSignals":{"autoMonitor":{"monitorAllServices":false}}}}',
        PodIdentityAssociations: [
          {
            ServiceAccount: 'cloudwatch-agent',
            RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('observerrole'), 'Arn'] },
          },
        ],
      },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^clustersystem')]),
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Principal: { Service: 'pods.eks.amazonaws.com' },
            Condition: {
              StringEquals: Match.objectLike({
                'aws:RequestTag/kubernetes-namespace': 'amazon-cloudwatch',
                'aws:RequestTag/kubernetes-service-account': 'cloudwatch-agent',
              }),
            },
          }),
        ],
      },
      ManagedPolicyArns: [
        { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/CloudWatchAgentServerPolicy']] },
      ],
    });
  });

  test('take a size that is known at deployment only', () => {
    const stack = emptyStack();
    const capacityGiB = new CfnParameter(stack, 'size', { type: 'Number' }).valueAsNumber;
    const tier = lustreTier('aws', 500);
    new FileSystem(stack, 'scratch', {
      name: 'scratch',
      network: network(stack),
      zone: 'us-east-1a',
      capacityGiB,
      tier,
      alarms: { topicArn },
    });
    const [alarm] = Object.values(propertiesOf(stack, 'AWS::CloudWatch::Alarm'));
    expect(Object(alarm).Metrics[0].Expression).toEqual({
      'Fn::Join': ['', ['100 * least * targets / (', { Ref: 'size' }, ' * 1073741824)']],
    });
  });

  test.each([
    [{ topicArn, freePercent: 0 }, 'CountInvalid'],
    [{ topicArn, freePercent: 100 }, 'CountInvalid'],
    [{ topicArn: 'atlas-alarms' }, 'IdInvalid'],
    [{ topicArn, freePercent: 1 }, undefined],
  ])('with %j are refused with %s', (alarms, code) => {
    expect(codeOf(() => fileSystem(alarms))).toBe(code);
  });

  test('of capacity take a part of it', () => {
    const id = 'cr-0123456789abcdef0';
    const of = (usedPercent: number) => () => capacity({ kind: 'reservation', id, alarms: { topicArn, usedPercent } });
    expect([codeOf(of(0)), codeOf(of(99))]).toEqual(['CountInvalid', undefined]);
  });
});

describe('AlarmTopic', () => {
  function topic(emails?: readonly string[]) {
    const stack = emptyStack();
    const encryptionKey = new EncryptionKey(stack, 'key', { name: 'dallas' });
    const made = new AlarmTopic(stack, 'alarms', { name: 'dallas', encryptionKey, emails, tags: { team: 'a' } });
    return { stack, made };
  }

  test('is encrypted, and lets CloudWatch publish alarms of this account', () => {
    const { stack, made } = topic();
    expect(made.node.defaultChild).toMatchObject({ cfnResourceType: 'AWS::SNS::Topic' });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::SNS::Topic', {
      DisplayName: 'dallas',
      KmsMasterKeyId: Match.anyValue(),
      Tags: [
        { Key: 'Name', Value: 'dallas' },
        { Key: 'team', Value: 'a' },
      ],
    });
    const [policy] = Object.values(propertiesOf(stack, 'AWS::SNS::TopicPolicy'));
    expect(Object(policy?.PolicyDocument).Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      {
        Sid: 'Alarms',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: { Ref: expect.stringContaining('alarms') },
        Condition: {
          ArnLike: {
            'aws:SourceArn': {
              'Fn::Join': [
                '',
                [
                  'arn:',
                  { Ref: 'AWS::Partition' },
                  ':cloudwatch:',
                  { Ref: 'AWS::Region' },
                  ':',
                  { Ref: 'AWS::AccountId' },
                  ':alarm:*',
                ],
              ],
            },
          },
        },
      },
    ]);
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([
          {
            Sid: 'Alarms',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
            Resource: '*',
          },
        ]),
      },
    });
  });

  test('mails to each address, by an id of its own', () => {
    const { stack } = topic(['lead@example.com', 'night@example.com']);
    const mails = Object.values(propertiesOf(stack, 'AWS::SNS::Subscription'));
    expect(mails.map(({ Protocol, Endpoint }) => [Protocol, Endpoint])).toEqual([
      ['email', 'lead@example.com'],
      ['email', 'night@example.com'],
    ]);
    const [first] = Object.keys(propertiesOf(stack, 'AWS::SNS::Subscription'));
    expect(Object.keys(propertiesOf(topic(['lead@example.com']).stack, 'AWS::SNS::Subscription'))).toEqual([first]);
  });

  test('fails without a name', () => {
    const stack = emptyStack();
    const encryptionKey = new EncryptionKey(stack, 'key', { name: 'dallas' });
    expect(codeOf(() => new AlarmTopic(stack, 'alarms', { name: '', encryptionKey }))).toBe('NameInvalid');
  });
});

const FREE_SPACE = {
  Metric: {
    Namespace: 'AWS/FSx',
    MetricName: 'FreeDataStorageCapacity',
    Dimensions: [{ Name: 'FileSystemId', Value: { Ref: Match.stringLikeRegexp('^scratch') } }],
  },
  Period: 60,
};
