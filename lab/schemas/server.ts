import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { parse } from 'yaml';
import type { RecordedKind } from '../../bundle/kube-schema';
import { OfflineError } from '../../provider/errors';

/** What a server says of an object. */
export interface Verdict {
  readonly isAccepted: boolean;
  /** Its status; others than 200, 201, 400 and 422 are no verdict. */
  readonly status: number;
  readonly message: string;
}

/** What is read of a kubeconfig. */
interface KubeConfig {
  readonly clusters: readonly { readonly cluster: Readonly<Record<string, string>> }[];
  readonly users: readonly { readonly user: Readonly<Record<string, string>> }[];
}

const REFUSED = [400, 422];

/** A server of Kubernetes that is asked what it would say, and keeps nothing. */
export class Server {
  private constructor(
    private readonly url: string,
    private readonly agent: Agent,
    private readonly token: string | undefined,
  ) {}

  /** The server of a kubeconfig that has one cluster and one user. */
  static open(file: string): Server {
    const config = parse(readFileSync(file, 'utf8')) as KubeConfig;
    const cluster = config.clusters[0]?.cluster;
    const user = config.users[0]?.user;
    if (cluster?.server === undefined || user === undefined)
      throw new OfflineError(`${file} has no cluster or no user`, 'name a kubeconfig with one of each');
    const data = (from: Readonly<Record<string, string>>, name: string): Buffer | undefined => {
      const inline = from[`${name}-data`];
      if (inline !== undefined) return Buffer.from(inline, 'base64');
      return from[name] === undefined ? undefined : readFileSync(from[name]);
    };
    const agent = new Agent({
      keepAlive: true,
      maxSockets: 4,
      ca: data(cluster, 'certificate-authority'),
      cert: data(user, 'client-certificate'),
      key: data(user, 'client-key'),
    });
    return new Server(cluster.server, agent, user.token);
  }

  /** What it says when an object is made, strictly, without making it. */
  async judge(
    object: unknown,
    { group, version, plural, namespaced }: RecordedKind,
    namespace: string,
  ): Promise<Verdict> {
    const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    const place = namespaced ? `/namespaces/${namespace}` : '';
    const { status, text } = await this.send(
      'POST',
      `${root}${place}/${plural}?dryRun=All&fieldValidation=Strict`,
      object,
    );
    const isAccepted = status === 200 || status === 201;
    if (!isAccepted && !REFUSED.includes(status) && status !== 403 && status !== 404 && status !== 409)
      throw new OfflineError(`the server answered ${status}: ${text.slice(0, 300)}`, 'see the logs of the server');
    return { isAccepted, status, message: isAccepted ? '' : messageOf(text) };
  }

  /** Whether it serves a kind. */
  async serves({ group, version, plural }: RecordedKind): Promise<boolean> {
    const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
    const { status, text } = await this.send('GET', root);
    return status === 200 && text.includes(`"name":"${plural}"`);
  }

  /** Its release, such as `v1.36.3`. */
  async version(): Promise<string> {
    const { text } = await this.send('GET', '/version');
    return (JSON.parse(text) as { readonly gitVersion: string }).gitVersion;
  }

  close(): void {
    this.agent.destroy();
  }

  private send(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly text: string }> {
    return new Promise((done, failed) => {
      const headers = {
        'content-type': 'application/json',
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
      };
      const sent = request(new URL(path, this.url), { method, agent: this.agent, headers }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => done({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }));
      });
      sent.on('error', failed);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function messageOf(text: string): string {
  try {
    return (JSON.parse(text) as { readonly message?: string }).message ?? text;
  } catch {
    return text;
  }
}
