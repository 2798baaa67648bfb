import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { Identity } from '../../../constructs/aws';
import { clusterScene } from './scene';

function scene() {
  const { stack, cluster } = clusterScene();
  const identity = new Identity(stack, 'workload', {
    name: 'w',
    cluster,
    namespace: 'training',
    serviceAccount: 'trainer',
  });
  return { stack, identity };
}

describe('Identity', () => {
  test('has a role as default child', () => {
    expect(scene().identity.node.defaultChild?.node.defaultChild).toBeInstanceOf(CfnRole);
  });

  test('is assumed by one service account of one cluster, and tagged so', () => {
    Template.fromStack(scene().stack).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Statement: [
          Match.objectLike({
            Action: ['sts:AssumeRole', 'sts:TagSession'],
            Principal: { Service: 'pods.eks.amazonaws.com' },
            Condition: {
              StringEquals: {
                'aws:RequestTag/eks-cluster-name': Match.anyValue(),
                'aws:RequestTag/kubernetes-namespace': 'training',
                'aws:RequestTag/kubernetes-service-account': 'trainer',
              },
            },
          }),
        ],
      },
    });
  });

  test('is handed to its service account without keys', () => {
    const template = Template.fromStack(scene().stack);
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', {
      Namespace: 'training',
      ServiceAccount: 'trainer',
    });
    template.resourceCountIs('AWS::IAM::AccessKey', 0);
    expect(Object.keys(template.findResources('AWS::IAM::Policy')).filter((id) => id.startsWith('workload'))).toEqual(
      [],
    );
  });
});
