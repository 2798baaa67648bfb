import { identityDocument } from '../../../cli/json/identity';
import { formatIdentity, identityCsv, identityReport } from '../../../estate/report/identity';
import { REPORT_WIDTH } from '../../../estate/report/table';
import { grantedEstate, TOLD } from '../../helpers/granted';
import { planOf } from '../../helpers/linked';

const GRANTS = {
  iceberg: { from: 'c-iowa', to: 's-phoenix', access: 'write', acknowledge: 'SEC-1234' },
  near: { from: 'c-ohio', to: 's-ohio', access: 'read' },
  'ohio-blobs': { from: 'c-ohio', to: 's-eastus2', access: 'readWrite' },
  west: { from: 'c-ohio', to: 's-oregon', access: 'read' },
  web: { from: { cluster: 'c-eastus2', serviceAccount: 'loader' }, to: 's-iowa', access: 'read', anchor: 'cluster' },
};
const pending = identityReport(planOf(grantedEstate(GRANTS)));
const ready = identityReport(planOf(grantedEstate(GRANTS), TOLD));

describe('the view of identity', () => {
  test('has a line for each edge, none wider than a report', () => {
    const lines = formatIdentity(pending).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(REPORT_WIDTH);
    expect(lines.slice(0, 6).map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'grant | from | service account | to | access | vouched by | state',
      'iceberg | c-iowa | training/training | s-phoenix (oracle) | write | cluster | ready',
      'near | c-ohio | training/training | s-ohio (aws) | read | native | ready',
      'ohio-blobs | c-ohio | training/training | s-eastus2 (azure) | readWrite | account | 2 facts pending',
      'web | c-eastus2 | training/loader | s-iowa (google) | read | cluster | 1 fact pending',
      'west | c-ohio | training/training | s-oregon (aws) | read | native | 1 fact pending',
    ]);
  });

  test('says what edges wait for, and which stack tells it', () => {
    expect(formatIdentity(pending)).toContain(
      'pending: atlas-iowa-storage waits for issuers.c-eastus2, which atlas-c-eastus2-cluster tells once it is applied',
    );
    expect(ready.rows.map(({ state }) => state)).toEqual(Array(5).fill('ready'));
  });

  test('gives a platform team what pods need', () => {
    const web = ready.rows.find(({ grant }) => grant === 'web')?.client;
    const provider =
      'iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/cluster-atlas-c-eastus2/providers/cluster-atlas-c-eastus2';
    expect(web?.token).toEqual({
      audience: `https://${provider}`,
      path: '/var/run/secrets/estate/web/token',
      expirationSeconds: 3600,
    });
    expect(JSON.parse(web?.files[web.env.GOOGLE_APPLICATION_CREDENTIALS ?? ''] ?? '')).toMatchObject({
      type: 'external_account',
      audience: `//${provider}`,
      credential_source: { file: '/var/run/secrets/estate/web/token' },
    });
    expect(ready.rows.find(({ grant }) => grant === 'near')?.client).toBeUndefined();
  });

  test('counts against limits, and says which stored keys are accepted', () => {
    expect(ready.counts).toEqual([
      { what: 'issuers that account google trusts', count: 1, limit: 100, of: 'google' },
      { what: 'federated credentials of atlas-ohio-blobs-grant', count: 1, limit: 20, of: 'ohio-blobs' },
    ]);
    expect(formatIdentity(ready)).toContain('stored key of iceberg: the secret of an OAuth client');
    expect(formatIdentity(ready)).toMatch(/accepted:\s+SEC-1234/);
  });

  test('is what its schema says', () => {
    for (const report of [pending, ready]) {
      expect(identityDocument.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    }
    expect(identityCsv(ready)).toHaveLength(5);
  });

  test('says that there are no grants', () => {
    expect(formatIdentity(identityReport({ grants: [] }))).toBe('the estate has no grants');
  });
});
