import { createPrivateKey } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePlaceholderKey } from '../../../terraform/no-credentials/key';

describe('writePlaceholderKey', () => {
  test('writes a key that only this user can read, and another one each time', () => {
    const folder = mkdtempSync(join(tmpdir(), 'key-'));
    try {
      const file = writePlaceholderKey(folder);
      const first = readFileSync(file, 'utf8');
      expect(createPrivateKey(first).asymmetricKeyType).toBe('rsa');
      expect(statSync(file).mode & 0o077).toBe(0);
      expect(readFileSync(writePlaceholderKey(folder), 'utf8')).not.toBe(first);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
