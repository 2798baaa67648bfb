import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OfflineError } from '../../../provider/errors';

/** Certificates of one bed: an authority that only its programs are told to trust, and what it signed. */
export interface BedCertificates {
  /** Files. */
  readonly authority: string;
  readonly server: { readonly certificate: string; readonly key: string };
  readonly admin: { readonly certificate: string; readonly key: string };
  /** Key that tokens of service accounts are signed with. */
  readonly tokens: string;
  /** Folder with `tls.crt` and `tls.key` of what answers to webhooks. */
  readonly webhooks: string;
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const DAYS = ['-days', '2'];

function openssl(folder: string, ...args: readonly string[]): void {
  try {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new OfflineError(
      `the certificates of clusters cannot be made: ${reason}`,
      'install OpenSSL 3 or newer as "openssl" on PATH',
    );
  }
}

function sign(folder: string, name: string, subject: string, names: string): void {
  const own = ['-subj', subject, '-addext', `subjectAltName=${names}`, '-addext', 'basicConstraints=critical,CA:FALSE'];
  const uses = ['-addext', 'extendedKeyUsage=serverAuth,clientAuth'];
  const by = ['-CA', 'authority.crt', '-CAkey', 'authority.key'];
  openssl(
    folder,
    'req',
    '-x509',
    ...KEY,
    ...DAYS,
    ...by,
    ...own,
    ...uses,
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.crt`,
  );
}

/** Makes the certificates of a bed in a folder. */
export function makeBedCertificates(folder: string): BedCertificates {
  mkdirSync(join(folder, 'webhooks'), { recursive: true });
  const file = (name: string) => join(folder, name);
  openssl(
    folder,
    'req',
    '-x509',
    ...KEY,
    ...DAYS,
    '-subj',
    '/CN=lab',
    '-keyout',
    'authority.key',
    '-out',
    'authority.crt',
  );
  sign(folder, 'server', '/CN=server', 'IP:127.0.0.1,IP:10.96.0.1,DNS:localhost,DNS:kubernetes.default.svc');
  sign(folder, 'admin', '/O=system:masters/CN=admin', 'DNS:admin');
  openssl(folder, 'genrsa', '-out', 'tokens.key', '2048');
  copyFileSync(file('server.crt'), file('webhooks/tls.crt'));
  copyFileSync(file('server.key'), file('webhooks/tls.key'));
  const pair = (name: string) => ({ certificate: file(`${name}.crt`), key: file(`${name}.key`) });
  return {
    authority: file('authority.crt'),
    server: pair('server'),
    admin: pair('admin'),
    tokens: file('tokens.key'),
    webhooks: file('webhooks'),
  };
}

const inline = (file: string) => readFileSync(file).toString('base64');

/** Text of a kubeconfig that says everything inline: MultiKueue takes no other. */
export function kubeconfigText(server: string, { authority, admin }: BedCertificates): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'lab',
    clusters: [{ name: 'lab', cluster: { server, 'certificate-authority-data': inline(authority) } }],
    users: [
      {
        name: 'admin',
        user: { 'client-certificate-data': inline(admin.certificate), 'client-key-data': inline(admin.key) },
      },
    ],
    contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'admin' } }],
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

/** Writes it into a file. */
export function writeKubeconfig(file: string, server: string, certificates: BedCertificates): string {
  writeFileSync(file, kubeconfigText(server, certificates), { mode: 0o600 });
  return file;
}
