import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { writeCrashLog } from './crash-log';
import { OfflineError } from './errors';
import { METHODS, type Method, messageType } from './protocol';
import { LocalProvider, type ProviderMode } from './provider';
import { NEEDS_LOOPBACK, reach } from './reach';
import { PROVIDER_NAMES, PROVIDERS, type ProviderName, type ProviderRelease } from './schema';
import type { ServedTypes } from './schema-message';

/** Registry hosts under which Terraform and OpenTofu look for a provider that names none. */
const REGISTRY_HOSTS = ['registry.terraform.io', 'registry.opentofu.org'] as const;

/** Options of the servers of one run. */
export interface ServeOptions {
  /** Providers to serve; a name stands for the release that stacks pin by default. @default all recorded ones */
  readonly providers?: readonly (ProviderName | ProviderRelease)[];
  /** Tells the release of a provider that is served by its name, at the first question. @default the default one */
  readonly releaseOf?: (name: ProviderName) => string | undefined;
  /** @default 'plan' */
  readonly mode?: ProviderMode;
  /** Types to serve. @default every type that is recorded */
  readonly types?: ServedTypes;
}

/** Running servers of local providers, one port each. */
export interface ProviderServers {
  /** Value of TF_REATTACH_PROVIDERS, by which Terraform and OpenTofu find the servers. */
  readonly reattach: string;
  /** Ends the servers. */
  close(): void;
}

function isMethod(name: string): name is Method {
  return name in METHODS;
}

const METHOD_NAMES: readonly Method[] = Object.keys(METHODS).filter(isMethod);

function encodeAnswer(method: Method, answer: object | Uint8Array): Buffer {
  if (answer instanceof Uint8Array) return Buffer.from(answer);
  const type = messageType(METHODS[method][1]);
  return Buffer.from(type.encode(type.fromObject({ ...answer })).finish());
}

const SERVICE: ServiceDefinition = Object.fromEntries(
  METHOD_NAMES.map((method) => [
    method,
    {
      path: `/tfplugin6.Provider/${method}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: (request: Buffer) => request,
      requestDeserialize: (bytes: Buffer) => {
        const type = messageType(METHODS[method][0]);
        return type.toObject(type.decode(bytes), { longs: Number });
      },
      responseSerialize: (answer: object) => encodeAnswer(method, answer),
      responseDeserialize: (bytes: Buffer) => bytes,
    },
  ]),
);

/** What Terraform is told of an answer that failed; how a bug came about is kept in a file, for whoever looks into it. */
function describeFailure(provider: ProviderName, method: Method, error: unknown): string {
  if (error instanceof OfflineError) return `${error.message}; ${error.hint}`;
  const log = writeCrashLog(`${provider} ${method}\n${error instanceof Error ? error.stack : String(error)}\n`);
  return `the local provider of ${provider} failed at ${method}, which is a bug; ${log}`;
}

function implementation(provider: LocalProvider): UntypedServiceImplementation {
  const handlers: UntypedServiceImplementation = {};
  for (const method of METHOD_NAMES) {
    handlers[method] = (
      call: { request: Record<string, unknown> },
      reply: (error: object | null, answer?: object) => void,
    ) => {
      try {
        reply(null, provider.answer(method, call.request));
      } catch (error) {
        reply({ code: status.INTERNAL, details: describeFailure(provider.name, method, error) });
      }
    };
  }
  return handlers;
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else {
        const message = `the local provider cannot listen on the loopback address: ${error.message}`;
        reject(new OfflineError(message, NEEDS_LOOPBACK));
      }
    });
  });
}

/** Starts the local providers in this process, on loopback ports of their own. */
export async function serveProviders({
  providers = PROVIDER_NAMES,
  releaseOf = () => undefined,
  mode = 'plan',
  types,
}: ServeOptions = {}): Promise<ProviderServers> {
  const reattach: Record<string, object> = {};
  const servers: Server[] = [];
  for (const provider of providers) {
    const name = typeof provider === 'string' ? provider : provider.name;
    const version = typeof provider === 'string' ? () => releaseOf(name) : provider.version;
    // Terraform's messages hold whole schemas and states: no limit of size is right.
    const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
    server.addService(SERVICE, implementation(new LocalProvider({ name, version, mode, types })));
    servers.push(server);
    let port: number;
    try {
      port = await listen(server);
      await reach(port, 'the local provider');
    } catch (error) {
      for (const started of servers) started.forceShutdown();
      throw error;
    }
    for (const host of REGISTRY_HOSTS) {
      reattach[`${host}/${PROVIDERS[name].source}`] = {
        Protocol: 'grpc',
        ProtocolVersion: 6,
        Pid: process.pid,
        Test: true,
        Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
      };
    }
  }
  return {
    reattach: JSON.stringify(reattach),
    close: () => {
      for (const server of servers) server.forceShutdown();
    },
  };
}
