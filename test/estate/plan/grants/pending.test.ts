import { grantReaders } from '../../../../estate/plan/links/exchange-merge';
import { pendingLinks } from '../../../../estate/plan/links/pending';
import { formatPending, pendingLine, pendingReport } from '../../../../estate/report/pending';
import type { Exchange } from '../../../../estate/spec/exchange';
import { grantedEstate } from '../../../helpers/granted';
import { planOf } from '../../../helpers/linked';

const ESTATE = grantedEstate({
  blobs: { from: 'c-ohio', to: 's-eastus2', access: 'read' },
  web: { from: 'c-eastus2', to: 's-iowa', access: 'read' },
});
const plan = (exchange: Partial<Exchange> = {}) => planOf(ESTATE, exchange);

describe('grants that wait', () => {
  test('are told with what comes next, in an order in which it can be applied', () => {
    const report = pendingReport(pendingLinks(plan()));
    expect(report && pendingLine(report)).toBe('2 edges of grants wait');
    expect(formatPending(report)).toBe(
      [
        '2 edges of grants wait for what other stacks tell, and nothing else does:',
        '  blobs from c-ohio: accounts.aws.issuer, principals.c-ohio.roleArn, from atlas-aws-foundation, atlas-c-ohio-cluster',
        '  web from c-eastus2: issuers.c-eastus2, from atlas-c-eastus2-cluster',
        'Next, once what these stand on is applied, which "npx estate runbook first-apply" lists in full:',
        '  npx cdk deploy atlas-aws-foundation --exclusively --outputs-file atlas-aws-foundation.outputs.json',
        '  npx cdk deploy atlas-c-ohio-cluster --exclusively --outputs-file atlas-c-ohio-cluster.outputs.json',
        '  npx cdktf deploy atlas-c-eastus2-cluster --ignore-missing-stack-dependencies --outputs-file atlas-c-eastus2-cluster.outputs.json',
        '  npx estate exchange import atlas-aws-foundation.outputs.json atlas-c-ohio-cluster.outputs.json atlas-c-eastus2-cluster.outputs.json',
      ].join('\n'),
    );
  });

  test('say which stacks let them in by what is told', () => {
    const issuers = { 'c-eastus2': 'https://eastus2.oic.prod-aks.azure.com/a/b/' };
    expect(grantReaders('issuers.c-eastus2', plan({ issuers }))).toEqual([
      'atlas-google-foundation',
      'atlas-iowa-storage',
    ]);
    // The role is not told yet, and credentials of Azure name the issuer themselves.
    const accounts = { aws: { issuer: 'https://0a1b.tokens.sts.global.api.aws' } };
    expect(grantReaders('accounts.aws.issuer', plan({ accounts }))).toEqual([]);
  });

  test('are no more once everything is told', () => {
    const told = plan({
      issuers: { 'c-eastus2': 'https://eastus2.oic.prod-aks.azure.com/a/b/' },
      accounts: { aws: { issuer: 'https://0a1b.tokens.sts.global.api.aws' } },
      principals: { 'c-ohio': { roleArn: 'arn:aws:iam::111122223333:role/train' } },
    });
    expect(pendingReport(pendingLinks(told))).toBeUndefined();
  });
});
