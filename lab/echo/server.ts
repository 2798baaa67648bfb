import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { OfflineError } from '../../provider/errors';
import type { Certificates } from './certificates';
import { copyOf, isObject, type Json, type JsonObject } from './json';

/** A request as an echo sees it. */
export interface EchoRequest {
  readonly method: string;
  /** Host that the provider meant; empty for a request to the loopback address itself. */
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
}

/** What an echo answers. */
export interface EchoAnswer {
  /** @default 200 */
  readonly status?: number;
  /** A text is sent as it is. @default nothing */
  readonly body?: Json | string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Everything that an echo remembers, as one JSON document. */
export type Memory = JsonObject;

/** A stand-in for the services of one cloud. */
export interface Echo {
  /** What it remembers; changed in place by its answers, and replaced to go back in time. */
  memory: Memory;
  answer(request: EchoRequest): EchoAnswer;
  /** Takes note of documents that will be applied: what they do not make and ask for was there before. */
  expect?(documents: readonly object[]): void;
  /** Whether a request changes something, so that it is recorded. @default every request but GET and HEAD */
  isChange?(request: EchoRequest): boolean;
}

/** A change that a provider asked a service for. */
export interface RecordedRequest extends Omit<EchoRequest, 'query'> {
  readonly query: string;
  readonly status: number;
}

/** A running echo. */
export interface EchoServer {
  readonly url: string;
  /** All changes so far, in the order in which they were asked for. */
  readonly requests: RecordedRequest[];
  /** What an echo does not know: a provider that got such an answer was not tested. */
  readonly unknown: string[];
  /** Keeps what the echo remembers. */
  save(): Memory;
  /** Goes back to what was kept. */
  load(memory: Memory): void;
  /** Takes note of documents that will be applied. */
  expect(documents: readonly object[]): void;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.trim() === '') return {};
  try {
    const body: Json = JSON.parse(text);
    return isObject(body) ? body : { body };
  } catch {
    return { text };
  }
}

const CHANGES = (method: string) => method !== 'GET' && method !== 'HEAD';

function send(response: ServerResponse, method: string, { status = 200, body, headers }: EchoAnswer): void {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = Buffer.from(status === 204 ? '' : text);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(bytes.length),
    ...headers,
  });
  response.end(method === 'HEAD' ? undefined : bytes);
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (isAddress(address)) resolve(address.port);
      else reject(new OfflineError('the echo has no port', 'allow processes to listen on 127.0.0.1'));
    });
  });
}

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}

/**
 * Serves an echo on a port of the loopback address, as a proxy that answers for every host it is asked to connect to.
 *
 * Nothing is ever passed on.
 */
export async function serveEcho(echo: Echo, certificates: Certificates): Promise<EchoServer> {
  const requests: RecordedRequest[] = [];
  const unknown: string[] = [];
  const hosts = new WeakMap<object, string>();
  const sockets = new Set<Duplex>();

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET' } = incoming;
    // A path may begin with two slashes, which a relative address would take for a host.
    const url = new URL(`http://echo${incoming.url ?? '/'}`);
    const request: EchoRequest = {
      method,
      host: hosts.get(incoming.socket) ?? '',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      body: await bodyOf(incoming),
    };
    // The echo may keep and change the body that it gets.
    const body = copyOf(request.body);
    let answer: EchoAnswer;
    try {
      answer = echo.answer(request);
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      unknown.push(`${method} ${request.host}${request.path}: ${message}`);
      answer = { status: 400, body: { error: { code: 400, message } } };
    }
    if (answer.status === 501) unknown.push(`${method} ${request.host}${request.path}`);
    const isChange = echo.isChange?.(request) ?? CHANGES(method);
    if (isChange) {
      const { host, path, query } = request;
      requests.push({ method, host, path, query: query.toString(), body, status: answer.status ?? 200 });
    }
    send(response, method, answer);
  };

  const server = createServer((incoming, response) => {
    void handle(incoming, response);
  });
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', (request: IncomingMessage, socket: Duplex) => {
    const host = (request.url ?? '').replace(/:\d+$/, '');
    socket.on('error', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    const secure = new TLSSocket(socket, { isServer: true, secureContext: certificates.contextFor(host) });
    secure.on('error', () => secure.destroy());
    hosts.set(secure, host);
    server.emit('connection', secure);
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    unknown,
    save: () => copyOf(echo.memory),
    load: (memory) => {
      echo.memory = copyOf(memory);
    },
    expect: (documents) => echo.expect?.(documents),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
