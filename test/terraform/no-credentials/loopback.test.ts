import { type IncomingMessage, request } from 'node:http';
import { REFUSAL, serveLoopback } from '../../../terraform/no-credentials/loopback';
import { placeholderToken } from '../../../terraform/no-credentials/token';

/** Asks a proxy for something outside this machine, and gives back what it says. */
function ask(proxyUrl: string, method: string, path: string): Promise<{ status?: number; reason?: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(proxyUrl, { method, path });
    const answered = (response: IncomingMessage) => {
      response.resume();
      resolve({ status: response.statusCode, reason: response.statusMessage });
    };
    asked.on('response', answered).on('connect', answered).on('error', reject).end();
  });
}

describe('serveLoopback', () => {
  test('gives out placeholder tokens, on the loopback address only', async () => {
    const loopback = await serveLoopback();
    try {
      expect(new URL(loopback.tokenUrl).hostname).toBe('127.0.0.1');
      const response = await fetch(`${loopback.tokenUrl}?api-version=2018-02-01&resource=anything`, {
        headers: { Metadata: 'true' },
      });
      expect(response.status).toBe(200);
      expect(await response.json()).toEqual({
        access_token: placeholderToken(),
        expires_in: '86400',
        token_type: 'Bearer',
      });
      expect([...loopback.refused]).toEqual([]);
    } finally {
      loopback.close();
    }
  });

  test.each([
    ['CONNECT', 'management.azure.com:443', 'management.azure.com'],
    ['GET', 'http://metadata.google.internal/computeMetadata/v1/', 'metadata.google.internal'],
    ['POST', 'http://example.com/token', 'example.com'],
  ])('refuses %s %s at once, says why, and remembers the host', async (method, path, host) => {
    const loopback = await serveLoopback();
    try {
      expect(await ask(loopback.proxyUrl, method, path)).toEqual({ status: 403, reason: REFUSAL });
      expect([...loopback.refused]).toEqual([host]);
    } finally {
      loopback.close();
    }
  });

  test('refuses everything but tokens that is asked of itself', async () => {
    const loopback = await serveLoopback();
    try {
      const { status } = await fetch(`${loopback.proxyUrl}/tokens`);
      expect(status).toBe(403);
      expect([...loopback.refused]).toEqual([]);
    } finally {
      loopback.close();
    }
  });

  test('has a port of its own in each run, and is gone when it is closed', async () => {
    const [one, other] = await Promise.all([serveLoopback(), serveLoopback()]);
    expect(one.tokenUrl).not.toBe(other.tokenUrl);
    one.close();
    other.close();
    await expect(fetch(one.tokenUrl)).rejects.toThrow('fetch failed');
  });
});
