import { CfnOIDCProvider } from 'aws-cdk-lib/aws-iam';
import { GrantTrust } from '../../../constructs/aws';
import { codeOf, emptyStack, propertiesOf, typesOf } from './scene';

const AKS = 'https://eastus.oic.prod-aks.azure.com/00000000/0a1b2c3d/';

function scene(issuer = AKS) {
  const stack = emptyStack();
  const trust = new GrantTrust(stack, 'trust', { name: 'atlas-aws', issuer, audience: 'sts.amazonaws.com' });
  return { stack, trust };
}

describe('GrantTrust', () => {
  test('has a provider as default child', () => {
    expect(scene().trust.node.defaultChild).toBeInstanceOf(CfnOIDCProvider);
  });

  test('takes tokens of one issuer for one audience, and lets nobody in by itself', () => {
    const { stack } = scene();
    expect(typesOf(stack)).toEqual(['AWS::IAM::OIDCProvider']);
    expect(Object.values(propertiesOf(stack, 'AWS::IAM::OIDCProvider'))).toEqual([
      { Url: AKS, ClientIdList: ['sts.amazonaws.com'], Tags: [{ Key: 'Name', Value: 'atlas-aws' }] },
    ]);
  });

  test.each([
    [AKS, 'eastus.oic.prod-aks.azure.com/00000000/0a1b2c3d/'],
    ['https://issuer.example.com', 'issuer.example.com'],
  ])('has an ARN that follows from %s, with the slash at its end where there is one', (issuer, name) => {
    const { stack, trust } = scene(issuer);
    const arn = `:iam::111122223333:oidc-provider/${name}`;
    expect(stack.resolve(trust.providerArn)).toEqual({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, arn]] });
  });

  test.each(['http://issuer.example.com', 'https://issuer.example.com/?a=b', 'issuer.example.com'])(
    'fails when %s is no address of an issuer',
    (issuer) => {
      expect(codeOf(() => scene(issuer))).toBe('IdInvalid');
    },
  );

  test('fails when its name is empty', () => {
    const props = { name: ' ', issuer: AKS, audience: 'sts.amazonaws.com' };
    expect(codeOf(() => new GrantTrust(emptyStack(), 'trust', props))).toBe('NameInvalid');
  });
});
