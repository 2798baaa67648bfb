import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramFolder } from '../programs';
import { type Api, openApi } from './api';
import { type BedCertificates, writeKubeconfig } from './certificates';
import { type Kept, keep } from './keeper';
import { freePorts } from './ports';
import { until } from './wait';

/** A control plane of Kubernetes without nodes. */
export interface ControlPlane {
  readonly name: string;
  readonly folder: string;
  readonly api: Api;
  readonly kubeconfig: string;
  readonly programs: readonly Kept[];
}

/** How much a control plane is to do. */
export interface Scale {
  /** Requests a second of controllers. */
  readonly qps: number;
  /** Seconds after which a node that does not tell of itself is lost. */
  readonly nodeGraceSeconds: number;
  /** Seconds for which a node that told of itself is believed. */
  readonly leaseSeconds: number;
}

/** Of a few hundred nodes: a node that is lost is noticed soon. */
export const SMALL: Scale = { qps: 100, nodeGraceSeconds: 60, leaseSeconds: 40 };

/** Of thousands of nodes: KWOK cannot tell of all of them every few seconds on a small machine, which would lose them. */
export const LARGE: Scale = { qps: 300, nodeGraceSeconds: 3600, leaseSeconds: 1200 };

const LOOPBACK = '127.0.0.1';
const READY_SECONDS = 180;

function etcdCommand(program: string, folder: string, client: number, peer: number): string[] {
  const [clients, peers] = [`http://${LOOPBACK}:${client}`, `http://${LOOPBACK}:${peer}`];
  return [
    program,
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
    `--quota-backend-bytes=${4 * 2 ** 30}`,
    '--unsafe-no-fsync',
    '--log-level=error',
  ];
}

function apiserverCommand(program: string, etcd: number, port: number, certificates: BedCertificates): string[] {
  const { authority, server, tokens } = certificates;
  return [
    program,
    'apiserver',
    `--etcd-servers=http://${LOOPBACK}:${etcd}`,
    `--bind-address=${LOOPBACK}`,
    `--advertise-address=${LOOPBACK}`,
    `--secure-port=${port}`,
    '--endpoint-reconciler-type=none',
    `--tls-cert-file=${server.certificate}`,
    `--tls-private-key-file=${server.key}`,
    `--client-ca-file=${authority}`,
    `--service-account-key-file=${tokens}`,
    `--service-account-signing-key-file=${tokens}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--authorization-mode=RBAC',
    '--allow-privileged',
  ];
}

const serving = (port: number) => [`--secure-port=${port}`, `--bind-address=${LOOPBACK}`, '--leader-elect=false'];

/** Fails with what a program said where it ended instead of getting ready. */
export async function ready(what: string, programs: readonly Kept[], ask: () => Promise<boolean>): Promise<void> {
  const isReady = await until(async () => {
    const ended = programs.find((program) => !program.isRunning());
    if (ended !== undefined) throw new Error(`${ended.name} ended: ${ended.said()}`);
    return (await ask().catch(() => false)) || undefined;
  }, READY_SECONDS);
  if (isReady === undefined) {
    const said = programs.map((program) => `${program.name}: ${program.said(2)}`).join('\n');
    throw new Error(`${what} did not get ready in ${READY_SECONDS} s\n${said}`);
  }
}

/** Starts a control plane in a folder. */
export async function startControlPlane(
  name: string,
  folder: string,
  programs: ProgramFolder,
  certificates: BedCertificates,
  { qps, nodeGraceSeconds }: Scale,
): Promise<ControlPlane> {
  mkdirSync(folder, { recursive: true });
  const [client = 0, peer = 0, port = 0, controllers = 0, scheduler = 0] = await freePorts(5);
  const run = (title: string, command: readonly string[]) =>
    keep(`${title} of ${name}`, command, join(folder, `${title}.log`));
  const kube = programs.program('kube');
  const etcd = await run('etcd', etcdCommand(programs.program('etcd'), folder, client, peer));
  const apiserver = await run('apiserver', apiserverCommand(kube, client, port, certificates));
  const server = `https://${LOOPBACK}:${port}`;
  const kubeconfig = writeKubeconfig(join(folder, 'kubeconfig'), server, certificates);
  const api = openApi(server, certificates);
  await ready(
    `the API server of ${name}`,
    [etcd, apiserver],
    async () => (await api.ask('GET', '/readyz')).status === 200,
  );
  const rate = [`--kube-api-qps=${qps}`, `--kube-api-burst=${qps * 2}`];
  const kcm = await run('kcm', [
    kube,
    'kcm',
    `--kubeconfig=${kubeconfig}`,
    ...serving(controllers),
    `--root-ca-file=${certificates.authority}`,
    `--service-account-private-key-file=${certificates.tokens}`,
    '--use-service-account-credentials=false',
    `--node-monitor-grace-period=${nodeGraceSeconds}s`,
    ...rate,
  ]);
  const sched = await run('scheduler', [
    kube,
    'scheduler',
    `--kubeconfig=${kubeconfig}`,
    ...serving(scheduler),
    ...rate,
  ]);
  const started = [etcd, apiserver, kcm, sched];
  const account = '/api/v1/namespaces/default/serviceaccounts/default';
  await ready(`the controllers of ${name}`, started, async () => (await api.ask('GET', account)).status === 200);
  return { name, folder, api, kubeconfig, programs: started };
}
