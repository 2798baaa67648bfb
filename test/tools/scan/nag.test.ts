import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { FINDINGS } from '../../../estate/catalog/findings';
import { readUses, unusedPlaces } from '../../../tools/scan';
import { judge, placesOf } from '../../../tools/scan/judge';
import { nag } from '../../../tools/scan/nag';
import { targets } from '../../../tools/scan/targets';
import { withFolder } from '../../helpers/synth';

const TOOL = 'cdk-nag';

/** Names of reasons that are about cdk-nag. */
const names = Object.entries(FINDINGS).flatMap(([name, { tool }]) => (tool === TOOL ? [name] : []));

const withAws = targets().flatMap(({ name, aws }) => (aws === undefined ? [] : [[name, aws] as const]));

describe('cdk-nag with AwsSolutions', () => {
  const used = new Set<string>();

  test.each(withAws)(
    'finds nothing without a reason in %s, and the reasons that are needed there',
    async (name, addStacks) => {
      await withFolder((outdir) => {
        const judged = judge(nag({ outdir, addStacks, validate: false }));
        for (const place of judged.used) used.add(place);
        expect(judged.unexplained).toEqual([]);
        const needed = (readUses()[name] ?? []).filter((one) => names.includes(one));
        expect([...new Set([...judged.used].map((place) => place.split('#')[0]))].sort()).toEqual(needed);
      });
    },
  );

  test('needs every reason that there is for it, in every place', () => {
    expect(unusedPlaces(used, [TOOL])).toEqual([]);
    expect(used.size).toBeGreaterThan(4);
  });

  test('finds what nobody acknowledges, and what is acknowledged with a reason of its own', async () => {
    await withFolder((outdir) => {
      const found = nag({
        outdir,
        validate: false,
        addStacks: (app) => {
          const stack = new Stack(app, 'stack');
          const role = new iam.Role(stack, 'role', { assumedBy: new iam.AccountRootPrincipal() });
          role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }));
          new ec2.CfnSecurityGroupIngress(stack, 'open', { groupId: 'sg-0', ipProtocol: '-1', cidrIp: '0.0.0.0/0' });
          Validations.of(role).acknowledge({
            id: 'AwsSolutions::AwsSolutions-IAM5[Action::s3:*]',
            reason: 'Because.',
          });
        },
      });
      const rows = found.map(({ rule, of, type, path, acknowledged }) => [rule, of, type, path, acknowledged]);
      expect(rows).toEqual(
        expect.arrayContaining([
          ['AwsSolutions-IAM5', 'Resource::*', 'AWS::IAM::Policy', 'role/DefaultPolicy/Resource', undefined],
          ['AwsSolutions-IAM5', 'Action::s3:*', 'AWS::IAM::Policy', 'role/DefaultPolicy/Resource', 'Because.'],
          ['AwsSolutions-EC23', undefined, 'AWS::EC2::SecurityGroupIngress', 'open', undefined],
        ]),
      );
      expect(judge(found).unexplained).toEqual(found);
    });
  });
});

test('places of a reason are told from those of others', () => {
  expect(unusedPlaces(new Set(placesOf('aws-eks-policies').slice(1)), [TOOL])).toEqual([
    'aws-eks-policies#1',
    'aws-observer-policy#1',
    'aws-bucket-objects#1',
    'aws-autoscaler-resources#1',
    'aws-link-describe#1',
    'aws-link-describe#2',
    'aws-identity-tokens#1',
    'aws-transfer-tokens#1',
    'aws-outbound-federation#1',
  ]);
});
