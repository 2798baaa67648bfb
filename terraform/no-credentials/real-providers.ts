import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformBinary } from '../binary';
import type { JsonObject } from '../document';
import type { Scratch } from '../scratch';
import { placeholderEnvironment } from './environment';
import { installProviders } from './installation';
import { writePlaceholderKey } from './key';
import { serveLoopback } from './loopback';
import { providerRequirements } from './requirements';

/** Real providers, installed and given credentials that open nothing. */
export interface RealProviders {
  /** Environment of a Terraform that uses them; each stack's folder still has to be initialized. */
  readonly env: NodeJS.ProcessEnv;
  /** Hosts outside this machine that a provider asked for and was refused. */
  readonly refused: ReadonlySet<string>;
  /** Ends what runs beside Terraform. */
  close(): void;
}

const ORACLE = /(^|\/)oci$/;

/** Longest path of a socket, on the platform that allows least, without what providers add to their folder. */
const SOCKET_FOLDER_BYTES = 103 - '/plugin1234567890/plugin1234567890'.length;

/**
 * A folder for the sockets of providers, which an interrupted Terraform leaves behind: in the scratch folder they are
 * removed with it, unless that is too deep down for a socket.
 */
function makeTemporary(scratch: Scratch): string | undefined {
  const folder = join(scratch.folder, 't');
  if (Buffer.byteLength(folder) > SOCKET_FOLDER_BYTES) return undefined;
  mkdirSync(folder);
  return folder;
}

/** Makes the real providers of some stacks ready to plan without credentials and without a network. */
export async function openRealProviders(options: {
  readonly binary: TerraformBinary;
  readonly scratch: Scratch;
  readonly documents: readonly JsonObject[];
}): Promise<RealProviders> {
  const { binary, scratch, documents } = options;
  const folder = join(scratch.folder, '.no-credentials');
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  const requirements = providerRequirements(documents);
  const cliConfig = await installProviders({ binary, scratch, folder, requirements });
  const keyFile = requirements.some(({ source }) => ORACLE.test(source)) ? writePlaceholderKey(home) : undefined;
  const loopback = await serveLoopback();
  const env = placeholderEnvironment({ home, cliConfig, loopback, temporary: makeTemporary(scratch), keyFile });
  return { env, refused: loopback.refused, close: loopback.close };
}
