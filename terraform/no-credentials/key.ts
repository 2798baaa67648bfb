import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a new private key, which no account knows, into a folder; returns its file. The Oracle provider needs one that can be read. */
export function writePlaceholderKey(folder: string): string {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const file = join(folder, 'placeholder.pem');
  writeFileSync(file, privateKey, { mode: 0o600 });
  return file;
}
