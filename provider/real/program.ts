import { type ChildProcess, spawn } from 'node:child_process';
import { OfflineError } from '../errors';

/** What a provider wants to be told before it believes that Terraform started it: no secret, a constant of Terraform's plugins. */
const COOKIE = { TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2' } as const;

/** How long a provider may take until it says where it listens. */
const START_MS = 60_000;

/** How much of what a provider logs is kept, to say what it died of. */
const KEPT_BYTES = 4096;

const NO_PROVIDER = 'name the unpacked program of a Terraform provider, for this machine';

/** A program of a provider that runs and listens. */
export interface ProviderProgram {
  /** Address for gRPC. */
  readonly address: string;
  /** Version of Terraform's plugin protocol that it chose. */
  readonly protocol: 5 | 6;
  /** Ends it. */
  end(): void;
}

/** The line by which a plugin says where it listens: version of the handshake, protocol, network, address, kind of protocol. */
export function parseHandshake(line: string): { readonly address: string; readonly protocol: 5 | 6 } | undefined {
  const [core, protocol, network, address, kind] = line.trim().split('|');
  if (core !== '1' || kind !== 'grpc' || address === undefined || address === '') return undefined;
  const chosen = protocol === '5' ? 5 : protocol === '6' ? 6 : undefined;
  if (chosen === undefined) return undefined;
  return { address: network === 'unix' ? `unix:${address}` : address, protocol: chosen };
}

function firstLine(child: ChildProcess, file: string, log: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = (reason: string) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new OfflineError(`${file} is no provider: ${reason}`, NO_PROVIDER));
    };
    const timer = setTimeout(() => fail(`it said nothing in ${START_MS / 1000} seconds`), START_MS);
    child.once('error', (error) => fail(error.message));
    child.once('close', (code) => fail(`it ended with ${code ?? 'a signal'}${log() === '' ? '' : `: ${log()}`}`));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      child.removeAllListeners('close');
      resolve(text.slice(0, text.indexOf('\n')));
    });
  });
}

/** Starts a provider's own program, as Terraform does, and waits until it listens. */
export async function startProgram(file: string, env: NodeJS.ProcessEnv): Promise<ProviderProgram> {
  const child = spawn(file, [], {
    env: { ...env, ...COOKIE, PLUGIN_PROTOCOL_VERSIONS: '5,6', PLUGIN_MIN_PORT: '10000', PLUGIN_MAX_PORT: '25000' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let kept = '';
  child.stderr.on('data', (chunk: Buffer) => {
    kept = (kept + chunk.toString('utf8')).slice(-KEPT_BYTES);
  });
  const log = () => kept.trim().split('\n').slice(-3).join('\n');
  const line = await firstLine(child, file, log);
  const handshake = parseHandshake(line);
  const end = () => {
    process.removeListener('exit', end);
    child.kill('SIGKILL');
  };
  // A provider that is left behind would wait for questions forever.
  process.once('exit', end);
  if (handshake === undefined) {
    end();
    throw new OfflineError(
      `${file} is no provider that can be asked: it answered ${JSON.stringify(line)}`,
      NO_PROVIDER,
    );
  }
  return { ...handshake, end };
}
