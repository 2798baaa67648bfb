import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OfflineError } from '../../provider/errors';
import { NEEDS_LOOPBACK, reach } from '../../provider/reach';
import { placeholderToken } from './token';

/** What a provider that reaches for a network is told; it shows up in the provider's own messages. */
export const REFUSAL = 'a plan without credentials reaches no network';

/**
 * A server on the loopback address that stands between real providers and everything outside this machine.
 *
 * It gives the Azure provider a placeholder token, and refuses, as a proxy, every connection that a provider asks for:
 * at once, where a network that swallows packets would keep the provider waiting for minutes.
 */
export interface Loopback {
  /** Where tokens are given out. */
  readonly tokenUrl: string;
  /** What to name as the proxy of HTTP and HTTPS. */
  readonly proxyUrl: string;
  /** Hosts that were asked for and refused. */
  readonly refused: ReadonlySet<string>;
  /** Ends the server and all its connections. */
  close(): void;
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).hostname : undefined;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new OfflineError(`the token server cannot listen on the loopback address: ${error.message}`, NEEDS_LOOPBACK),
      ),
    );
    server.listen(0, '127.0.0.1', () => resolve(portOf(server.address())));
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (typeof address === 'object' && address !== null) return address.port;
  throw new OfflineError('the token server has no port', NEEDS_LOOPBACK);
}

/** Starts the server, on a port of its own. */
export async function serveLoopback(): Promise<Loopback> {
  const refused = new Set<string>();
  const server = createServer((request, response) => {
    if (request.method === 'GET' && /^\/token(\?|$)/.test(request.url ?? '')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ access_token: placeholderToken(), expires_in: '86400', token_type: 'Bearer' }));
      return;
    }
    const host = hostOf(request.url);
    if (host !== undefined) refused.add(host);
    response.writeHead(403, REFUSAL).end();
  });
  server.on('connect', (request, socket) => {
    const host = hostOf(`https://${request.url}`);
    if (host !== undefined) refused.add(host);
    // A provider that goes away while it is refused is no error of this process.
    socket.on('error', () => socket.destroy());
    socket.end(`HTTP/1.1 403 ${REFUSAL}\r\n\r\n`);
  });
  const port = await listen(server);
  try {
    await reach(port, 'the token server');
  } catch (error) {
    server.close();
    throw error;
  }
  const url = `http://127.0.0.1:${port}`;
  return {
    tokenUrl: `${url}/token`,
    proxyUrl: url,
    refused,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
