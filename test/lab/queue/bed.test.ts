import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { keep } from '../../../lab/queue/bed/keeper';
import { bedConfiguration } from '../../../lab/queue/bed/kueue';
import { RUNS_FOR, STAGES } from '../../../lab/queue/bed/kwok';
import { repointDefinition, repointWebhooks } from '../../../lab/queue/bed/manifests';
import { freePorts } from '../../../lab/queue/bed/ports';
import { withFolder } from '../../helpers/synth';

const HOOK = { url: 'https://127.0.0.1:9', caBundle: 'Y2E=' };

const definition = (plural: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.example.com` },
  spec: { names: { plural }, scope: 'Cluster', conversion: { strategy: 'Webhook' } },
});

const configuration = (resource: string) => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'MutatingWebhookConfiguration',
  metadata: { name: 'mutating' },
  webhooks: [
    {
      name: 'one',
      clientConfig: { service: { name: 'webhook-service', namespace: 'system', path: '/mutate' } },
      rules: [{ apiGroups: [''], resources: [resource] }],
    },
  ],
});

describe('manifests of Kueue', () => {
  test('are converted where Kueue runs, as far as it converts them', () => {
    expect(repointDefinition(definition('workloads'), HOOK).spec).toEqual({
      names: { plural: 'workloads' },
      scope: 'Cluster',
      conversion: {
        strategy: 'Webhook',
        webhook: {
          clientConfig: { url: 'https://127.0.0.1:9/convert', caBundle: 'Y2E=' },
          conversionReviewVersions: ['v1'],
        },
      },
    });
    expect(repointDefinition(definition('topologies'), HOOK).spec).toEqual({
      names: { plural: 'topologies' },
      scope: 'Cluster',
    });
  });

  test.each([
    ['jobs', undefined],
    ['pods', ['kube-system', 'kueue-system']],
  ])('ask for %s where Kueue runs, but for those of namespaces %j', (resource, values) => {
    const { metadata, webhooks } = repointWebhooks(configuration(resource), HOOK);
    expect(metadata.name).toBe('kueue-mutating');
    expect(webhooks).toEqual([
      {
        name: 'one',
        clientConfig: { url: 'https://127.0.0.1:9/mutate', caBundle: 'Y2E=' },
        rules: [{ apiGroups: [''], resources: [resource] }],
        ...(values && {
          namespaceSelector: { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values }] },
        }),
      },
    ]);
  });
});

test('a configuration keeps what is of the cluster, and says where Kueue runs', () => {
  const given = 'fairSharing: {}\nwebhook: {port: 9443}\nfeatureGates: {ElasticJobs: true}\n';
  expect(parse(bedConfiguration(given, { hook: 1, health: 2, metrics: 3 }, '/certificates'))).toEqual({
    apiVersion: 'config.kueue.x-k8s.io/v1beta2',
    kind: 'Configuration',
    namespace: 'kueue-system',
    fairSharing: {},
    health: { healthProbeBindAddress: '127.0.0.1:2' },
    metrics: { bindAddress: '127.0.0.1:3', enableClusterQueueResources: true },
    webhook: { host: '127.0.0.1', port: 1, certDir: '/certificates' },
    leaderElection: { leaderElect: false },
    internalCertManagement: { enable: false },
    featureGates: { ElasticJobs: true, VisibilityOnDemand: false },
  });
});

test('pods of Jobs end after the time that they say', () => {
  expect(JSON.stringify(STAGES)).toContain(`.metadata.annotations[\\"${RUNS_FOR}\\"]`);
});

test('ports are free and different', async () => {
  const ports = await freePorts(12);
  expect(new Set(ports).size).toBe(12);
  expect(Math.min(...ports)).toBeGreaterThan(0);
});

test('a kept program runs until it is ended, and what it says is kept', () =>
  withFolder(async (folder) => {
    const log = join(folder, 'log');
    const kept = await keep('waits', ['sh', '-c', 'echo here; exec cat /dev/zero > /dev/null'], log);
    expect(kept.isRunning()).toBe(true);
    expect(() => process.kill(kept.pid, 0)).not.toThrow();
    await kept.stop();
    expect(kept.isRunning()).toBe(false);
    expect(() => process.kill(kept.pid, 0)).toThrow('ESRCH');
    expect(readFileSync(log, 'utf8')).toMatch(/^(here\n)?$/);
  }));

test('a program that ends by itself is not running any more', () =>
  withFolder(async (folder) => {
    const kept = await keep('fails', ['sh', '-c', 'echo why; exit 3'], join(folder, 'log'));
    await kept.stop();
    expect(kept.isRunning()).toBe(false);
  }));
