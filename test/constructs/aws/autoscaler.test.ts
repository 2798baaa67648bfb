import { Template } from 'aws-cdk-lib/assertions';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Validations } from 'aws-cdk-lib/core';
import { Autoscaler, Capacity } from '../../../constructs/aws';
import { machine } from '../../stacks/aws/fixture';
import { clusterScene, propertiesOf } from './scene';

function scene() {
  const { stack, cluster } = clusterScene();
  const pools = ['one', 'two'].map((name) =>
    cluster.addNodePool(name, {
      name,
      machine: machine('m7i.8xlarge'),
      nodeCount: 40,
      minNodeCount: 0,
      zone: 'us-east-1a',
      capacity: new Capacity(stack, `${name}-capacity`, { kind: 'on-demand' }),
    }),
  );
  return { stack, autoscaler: new Autoscaler(stack, 'autoscaler', { name: 'dallas', cluster, pools }) };
}

describe('Autoscaler', () => {
  test('has a role as default child, of the service account that its chart makes', () => {
    const { stack, autoscaler } = scene();
    expect(autoscaler.node.defaultChild).toBeInstanceOf(CfnRole);
    Template.fromStack(stack).hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Namespace: 'kube-system',
      ServiceAccount: 'cluster-autoscaler',
    });
  });

  test('may look at groups, and size those that it is given and no others of the cluster', () => {
    const { stack } = scene();
    const [policy] = Object.entries(propertiesOf(stack, 'AWS::IAM::Policy')).filter(([id]) =>
      id.startsWith('autoscaler'),
    );
    expect(policy?.[1].PolicyDocument).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'autoscaling:DescribeAutoScalingGroups',
            'autoscaling:DescribeAutoScalingInstances',
            'autoscaling:DescribeLaunchConfigurations',
            'autoscaling:DescribeScalingActivities',
            'autoscaling:DescribeTags',
            'ec2:DescribeImages',
            'ec2:DescribeInstanceTypes',
            'ec2:DescribeLaunchTemplateVersions',
            'ec2:GetInstanceTypesFromInstanceRequirements',
          ],
          Resource: '*',
        },
        {
          Effect: 'Allow',
          Action: 'eks:DescribeNodegroup',
          Resource: [{ 'Fn::GetAtt': ['clusterone04DAE159', 'Arn'] }, { 'Fn::GetAtt': ['clustertwo4315DE97', 'Arn'] }],
        },
        {
          Effect: 'Allow',
          Action: ['autoscaling:SetDesiredCapacity', 'autoscaling:TerminateInstanceInAutoScalingGroup'],
          Resource: '*',
          Condition: {
            StringEquals: {
              'autoscaling:ResourceTag/eks:cluster-name': { Ref: 'clusterC5B25D0D' },
              'autoscaling:ResourceTag/eks:nodegroup-name': [
                { 'Fn::GetAtt': ['clusterone04DAE159', 'NodegroupName'] },
                { 'Fn::GetAtt': ['clustertwo4315DE97', 'NodegroupName'] },
              ],
            },
          },
        },
      ],
    });
  });

  test('says why its statements name all resources', () => {
    const { autoscaler } = scene();
    const reasons = autoscaler.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    expect(reasons.map(({ data }) => data)).toEqual([
      {
        'AwsSolutions::AwsSolutions-IAM5[Resource::*]':
          'What it reads has no narrower resource, and what it changes is bound to groups of this cluster by their tags.',
      },
    ]);
  });
});
