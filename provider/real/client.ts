import { Client, credentials, type ServiceError, status } from '@grpc/grpc-js';
import { METHODS, type Method, messageType } from '../protocol';
import type { ProviderProgram } from './program';

/** Methods that the recorder and the laboratory ask real providers. */
export type AskedMethod = 'GetProviderSchema' | 'ConfigureProvider' | 'ValidateResourceConfig' | 'PlanResourceChange';

/** What protocol 5 calls the methods that it has under another name. */
const NAMES_5: Readonly<Partial<Record<AskedMethod, string>>> = {
  GetProviderSchema: 'GetSchema',
  ConfigureProvider: 'Configure',
  ValidateResourceConfig: 'ValidateResourceTypeConfig',
};

/** A question that got no answer: the provider died of it, or took too long. */
export class NoAnswer extends Error {
  constructor(readonly reason: 'died' | 'hung') {
    super(`the provider ${reason === 'died' ? 'ended' : 'did not answer in time'}`);
    this.name = 'NoAnswer';
  }
}

/** A connection to a provider's program. */
export interface ProviderConnection {
  /** The fields of the answer to a question. */
  ask(method: AskedMethod, request: object, timeoutMs?: number): Promise<Record<string, unknown>>;
  close(): void;
}

const ANSWER_MS = 30_000;

function pathOf(method: AskedMethod, protocol: 5 | 6): string {
  const name = protocol === 5 ? (NAMES_5[method] ?? method) : method;
  return `/tfplugin${protocol}.Provider/${name}`;
}

function encode(method: Method, request: object): Buffer {
  const type = messageType(METHODS[method][0]);
  return Buffer.from(type.encode(type.fromObject({ ...request })).finish());
}

function decode(method: AskedMethod, protocol: 5 | 6, bytes: Buffer): Record<string, unknown> {
  const type = messageType(protocol === 5 && method === 'GetProviderSchema' ? 'ProviderSchema5' : METHODS[method][1]);
  return type.toObject(type.decode(bytes), { longs: Number });
}

function failure(error: ServiceError): Error {
  if (error.code === status.DEADLINE_EXCEEDED) return new NoAnswer('hung');
  if (error.code === status.UNAVAILABLE || error.code === status.CANCELLED) return new NoAnswer('died');
  return error;
}

/** Connects to a provider's program. */
export function connect({ address, protocol }: Pick<ProviderProgram, 'address' | 'protocol'>): ProviderConnection {
  // Schemas of all types are larger than what gRPC allows by itself.
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    'grpc.default_authority': 'localhost',
  });
  return {
    ask: (method, request, timeoutMs = ANSWER_MS) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(
          pathOf(method, protocol),
          (asked: object) => encode(method, asked),
          (bytes: Buffer) => bytes,
          request,
          { deadline: Date.now() + timeoutMs },
          (error, bytes) => {
            if (error !== null) reject(failure(error));
            else resolve(decode(method, protocol, bytes ?? Buffer.alloc(0)));
          },
        );
      }),
    close: () => client.close(),
  };
}
