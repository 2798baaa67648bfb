import { parseAllDocuments } from 'yaml';
import { copyJobs, formatCopyJobs } from '../../../estate/report/copy-jobs';
import { linkedEstate, planOf } from '../../helpers/linked';

const CLUSTERS = {
  phoenix: { site: 'phoenix', mounts: ['phoenix'], systemPool: { image: 'ocid1.image.oc1.phx.aaaa' }, pools: {} },
};
const estate = linkedEstate(
  {},
  {
    clusters: CLUSTERS,
    stores: { phoenix: { kind: 'object', site: 'phoenix' }, iowa: { kind: 'object', site: 'iowa' } },
    grants: { loads: { from: 'phoenix', to: 'iowa', access: 'read' } },
    replication: { again: { from: 'iowa', to: 'phoenix', cluster: 'phoenix', everyHours: 6, prefix: 'tokens/' } },
  },
);
const EXCHANGE = { issuers: { phoenix: 'https://objectstorage.us-phoenix-1.oraclecloud.com/n/x/b/y' } };

describe('what a cluster runs to copy', () => {
  const jobs = copyJobs(planOf(estate, EXCHANGE));
  const [settings, job] = parseAllDocuments(formatCopyJobs(jobs)).map((document) => document.toJS());

  test('copies what is asked for from one bucket to the other, and never two at a time', () => {
    expect(jobs.map(({ replication, cluster }) => [replication, cluster])).toEqual([['again', 'phoenix']]);
    const [container] = job.spec.jobTemplate.spec.template.spec.containers;
    expect(container.args.slice(0, 3)).toEqual([
      'copy',
      expect.stringMatching(/^source:atlas-iowa-[0-9a-f]{8}\/tokens\/$/),
      expect.stringMatching(/^destination:atlas-phoenix-[0-9a-f]{8}\/tokens\/$/),
    ]);
    expect(job.spec).toMatchObject({ schedule: '0 */6 * * *', concurrencyPolicy: 'Forbid' });
  });

  test('uses what the pod has and no key: the identity of the cluster at home, a token for the other cloud', () => {
    expect(settings.data['rclone.conf']).toContain('provider = workload_identity_auth');
    expect(settings.data['rclone.conf']).not.toMatch(/secret|access_key|password|sas_url/);
    const { spec } = job.spec.jobTemplate.spec.template;
    const [token] = spec.volumes.flatMap(
      ({ projected }: { projected?: { sources: object[] } }) => projected?.sources ?? [],
    );
    expect(token.serviceAccountToken.audience).toMatch(/^https:\/\/iam\.googleapis\.com\/projects\/123456789012\//);
    expect(spec.containers[0].env).toContainEqual({
      name: 'GOOGLE_APPLICATION_CREDENTIALS',
      value: expect.stringMatching(/google\.json$/),
    });
    expect(spec.securityContext.runAsNonRoot).toBe(true);
  });

  test('runs beside the pools where it can, which are for jobs of teams', () => {
    const { affinity } = job.spec.jobTemplate.spec.template.spec;
    expect(affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution).toEqual([
      { weight: 100, preference: { matchExpressions: [{ key: 'estate/pool', operator: 'DoesNotExist' }] } },
    ]);
  });

  test('names a queue where one is asked for, and none else', () => {
    expect(job.spec.jobTemplate.metadata).toBeUndefined();
    const queued = copyJobs(planOf(estate, EXCHANGE), { queue: 'copies' });
    const [, cron] = parseAllDocuments(formatCopyJobs(queued)).map((document) => document.toJS());
    expect(cron.spec.jobTemplate.metadata).toEqual({ labels: { 'kueue.x-k8s.io/queue-name': 'copies' } });
  });

  test('is not there while the grant of its cluster waits', () => {
    expect(copyJobs(planOf(estate))).toEqual([]);
    expect(formatCopyJobs([])).toBe('');
  });
});
