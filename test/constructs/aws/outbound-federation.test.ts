import { EncryptionKey, OutboundFederation } from '../../../constructs/aws';
import { ENABLE } from '../../../constructs/aws/outbound-federation';
import { runInline } from '../../helpers/inline-function';
import { emptyStack, propertiesOf } from './scene';

const ISSUER = 'https://0a1b.tokens.sts.global.api.aws';
const REQUEST = { ResourceProperties: { AccountId: '111122223333' } };
const ON = { IssuerIdentifier: ISSUER };

function run(RequestType: string, answers: Parameters<typeof runInline>[2] = [ON]) {
  return runInline(ENABLE, { ...REQUEST, RequestType }, answers);
}

describe('OutboundFederation', () => {
  test('is turned on by a function that may turn nothing off', () => {
    const stack = emptyStack();
    const encryptionKey = new EncryptionKey(stack, 'key', { name: 'alerts' });
    const outbound = new OutboundFederation(stack, 'outbound', { encryptionKey });
    const [policy] = Object.values(propertiesOf(stack, 'AWS::IAM::Policy'));
    expect(Object(policy?.PolicyDocument).Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['iam:EnableOutboundWebIdentityFederation', 'iam:GetOutboundWebIdentityFederationInfo'],
        Resource: '*',
      },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [expect.stringContaining('outboundlog'), 'Arn'] },
      },
    ]);
    expect(stack.resolve(outbound.issuer)).toEqual({ 'Fn::GetAtt': [expect.stringContaining('outbound'), 'Issuer'] });
    expect(Object.values(propertiesOf(stack, 'Custom::OutboundFederation'))).toMatchObject([
      { AccountId: '111122223333' },
    ]);
    expect(Object.values(propertiesOf(stack, 'AWS::Logs::LogGroup'))).toMatchObject([
      { KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('key'), 'Arn'] } },
    ]);
  });

  test('fits into the template, so that no asset is uploaded', () => {
    expect(ENABLE.length).toBeLessThan(4096);
  });

  test.each(['Create', 'Update'])('says who signs on %s', async (type) => {
    const { asked, body } = await run(type);
    expect(asked).toEqual([['enableOutboundWebIdentityFederation', {}]]);
    expect(body).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: '111122223333', Data: { Issuer: ISSUER } });
  });

  test.each(['FeatureEnabled', 'FeatureEnabledException'])(
    'finds it on already, which is no mistake: %s',
    async (error) => {
      const { asked, body } = await run('Create', [{ error }, ON]);
      expect(asked.map(([name]) => name)).toEqual([
        'enableOutboundWebIdentityFederation',
        'getOutboundWebIdentityFederationInfo',
      ]);
      expect(body).toMatchObject({ Status: 'SUCCESS', Data: { Issuer: ISSUER } });
    },
  );

  test('asks again while IAM does not know the role of the function', async () => {
    const { asked, body } = await run('Create', [{ error: 'AccessDenied' }, { error: 'AccessDeniedException' }, ON]);
    expect(asked).toHaveLength(3);
    expect(body).toMatchObject({ Status: 'SUCCESS', Data: { Issuer: ISSUER } });
  });

  test.each([
    ['Throttling', 1],
    ['AccessDenied', 10],
  ])('fails the deployment when IAM answers %s', async (error, calls) => {
    const { asked, body } = await run('Create', [{ error }]);
    expect(asked).toHaveLength(calls);
    expect(body).toMatchObject({ Status: 'FAILED', PhysicalResourceId: '111122223333' });
  });

  test('stays on when it goes, since others may stand on it', async () => {
    const { asked, body } = await run('Delete');
    expect(asked).toEqual([]);
    expect(body.Status).toBe('SUCCESS');
  });
});
