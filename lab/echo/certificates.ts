import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext, type SecureContext } from 'node:tls';
import { OfflineError } from '../../provider/errors';

/** Certificates of one run: an authority that only this run's processes are told to trust, and one for each host. */
export interface Certificates {
  /** File of the authority's certificate. */
  readonly authority: string;
  /** What to answer TLS with in the name of a host. */
  contextFor(host: string): SecureContext;
}

const NEEDS_OPENSSL = 'install OpenSSL 3 or newer as "openssl" on PATH';

/** Oldest OpenSSL that signs with an authority and without a database. */
const OLDEST_MAJOR = 3;

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

function openssl(folder: string, ...args: readonly string[]): void {
  try {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new OfflineError(`the certificates of the echoes cannot be made: ${reason}`, NEEDS_OPENSSL);
  }
}

/** Fails where what calls itself OpenSSL is missing, too old, or another program. */
export function needOpenssl(): void {
  let told: string;
  try {
    told = execFileSync('openssl', ['version'], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    throw new OfflineError('there is no openssl to make the certificates of the echoes with', NEEDS_OPENSSL);
  }
  const major = Number(/^OpenSSL (\d+)\./.exec(told)?.[1] ?? 0);
  if (major < OLDEST_MAJOR) throw new OfflineError(`openssl is ${told}, which is too old`, NEEDS_OPENSSL);
}

/** Makes the authority of a run in a folder; certificates of hosts follow when they are first asked for. */
export function makeCertificates(folder: string): Certificates {
  mkdirSync(folder, { recursive: true });
  const authority = join(folder, 'authority.pem');
  openssl(
    folder,
    'req',
    '-x509',
    ...KEY,
    '-days',
    '2',
    '-subj',
    '/CN=echo',
    '-keyout',
    'authority.key',
    '-out',
    authority,
  );
  const contexts = new Map<string, SecureContext>();
  return {
    authority,
    contextFor: (host) => {
      let context = contexts.get(host);
      if (context === undefined) {
        const name = `host-${contexts.size}`;
        const signed = ['-CA', authority, '-CAkey', 'authority.key', '-days', '2', '-subj', '/CN=host'];
        const names = ['-addext', `subjectAltName=DNS:${host}`, '-addext', 'basicConstraints=critical,CA:FALSE'];
        openssl(folder, 'req', '-x509', ...KEY, ...signed, ...names, '-keyout', `${name}.key`, '-out', `${name}.pem`);
        const read = (kind: string) => readFileSync(join(folder, `${name}.${kind}`));
        context = createSecureContext({ key: read('key'), cert: read('pem') });
        contexts.set(host, context);
      }
      return context;
    },
  };
}
