import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { OfflineError } from '../../../provider/errors';
import type { ProgramFolder } from '../programs';
import type { BedCertificates } from './certificates';
import { type ControlPlane, ready } from './control-plane';
import { type Kept, keep } from './keeper';
import { definitions, type Hook, webhooks } from './manifests';
import { freePorts } from './ports';
import { until } from './wait';

/** Namespace in which Kueue keeps what it keeps. */
export const KUEUE_NAMESPACE = 'kueue-system';

/**
 * Where Kueue looks for the certificate of its metrics once its own certificates are off; its code names the folder, and no
 * setting does. Nobody asks it for metrics here, but it ends without.
 */
const METRICS_FOLDER = '/etc/kueue/metrics/certs';
const TLS_FILES = ['tls.crt', 'tls.key'] as const;

let areMetricsOurs = false;

/** Puts the certificate there that Kueue insists on, and takes it away at the end where it was not there before. */
function giveMetricsCertificate({ webhooks: folder }: BedCertificates): void {
  if (TLS_FILES.every((name) => existsSync(join(METRICS_FOLDER, name)))) return;
  try {
    mkdirSync(METRICS_FOLDER, { recursive: true });
    for (const name of TLS_FILES) copyFileSync(join(folder, name), join(METRICS_FOLDER, name));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OfflineError(
      `Kueue reads a certificate from ${METRICS_FOLDER}, which cannot be written: ${reason}`,
      `run it as root, or make that folder and let this user write to it`,
    );
  }
  if (!areMetricsOurs) process.once('exit', () => rmSync(METRICS_FOLDER, { recursive: true, force: true }));
  areMetricsOurs = true;
}

/** Ports of one Kueue. */
export interface KueuePorts {
  readonly hook: number;
  readonly health: number;
  readonly metrics: number;
}

type Configuration = Readonly<Record<string, unknown>>;

/** A configuration as a cluster has it, with what is otherwise where Kueue runs beside the cluster. */
export function bedConfiguration(text: string, { hook, health, metrics }: KueuePorts, certDir: string): string {
  const given: Configuration = parse(text) ?? {};
  const gates = given.featureGates as Configuration | undefined;
  return stringify({
    ...given,
    apiVersion: 'config.kueue.x-k8s.io/v1beta2',
    kind: 'Configuration',
    namespace: KUEUE_NAMESPACE,
    health: { healthProbeBindAddress: `127.0.0.1:${health}` },
    metrics: { bindAddress: `127.0.0.1:${metrics}`, enableClusterQueueResources: true },
    webhook: { host: '127.0.0.1', port: hook, certDir },
    leaderElection: { leaderElect: false },
    internalCertManagement: { enable: false },
    // It would want certificates of its own, in a fixed folder as well.
    featureGates: { ...gates, VisibilityOnDemand: false },
  });
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((done) => {
    const sent = request({ host: '127.0.0.1', port, path: '/readyz', timeout: 2000 }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    });
    sent.once('error', () => done(false));
    sent.once('timeout', () => sent.destroy());
    sent.end();
  });
}

/** Ports for Kueue that nobody listens on. */
export async function freeKueuePorts(): Promise<KueuePorts> {
  const [hook = 0, health = 0, metrics = 0] = await freePorts(3);
  return { hook, health, metrics };
}

interface Conditions {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Applies definitions of kinds, and waits until all are served: Kueue ends where its own are not. */
async function serveKinds({ api, name }: ControlPlane, programs: ProgramFolder, hook: Hook): Promise<void> {
  for (const definition of definitions(programs, hook)) await api.apply(definition);
  const isServed = ({ status }: Conditions) =>
    status?.conditions?.some((one) => one.type === 'Established' && one.status === 'True') ?? false;
  const served = await until(async () => {
    const all = await api.items<Conditions>('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
    return all.every(isServed) || undefined;
  }, 60);
  if (served === undefined) throw new Error(`kinds of ${name} are not served after a minute`);
}

/**
 * Starts Kueue beside a control plane with a configuration, with its kinds and webhooks. One that is started again takes the
 * same ports: a server learns only some time later that webhooks are elsewhere, and refuses jobs until then.
 */
export async function startKueue(
  plane: ControlPlane,
  programs: ProgramFolder,
  certificates: BedCertificates,
  configuration: string,
  ports: KueuePorts,
): Promise<Kept> {
  giveMetricsCertificate(certificates);
  const hook = {
    url: `https://127.0.0.1:${ports.hook}`,
    caBundle: readFileSync(certificates.authority).toString('base64'),
  };
  const { api, folder, name } = plane;
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: KUEUE_NAMESPACE } });
  await serveKinds(plane, programs, hook);
  const file = join(folder, 'kueue.yaml');
  writeFileSync(file, bedConfiguration(configuration, ports, certificates.webhooks));
  const command = [
    programs.program('kueue'),
    `--kubeconfig=${plane.kubeconfig}`,
    `--config=${file}`,
    '--zap-log-level=2',
  ];
  const kueue = await keep(`Kueue of ${name}`, command, join(folder, 'kueue.log'));
  await ready(`Kueue of ${name}`, [kueue], () => isHealthy(ports.health));
  for (const one of webhooks(programs, hook)) await api.apply(one);
  return kueue;
}
