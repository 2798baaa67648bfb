import { type AddressInfo, createServer } from 'node:net';
import { NEEDS_LOOPBACK, reach } from '../../provider/reach';

/** Runs something with the port of a server on the loopback address. */
async function withPort(body: (port: number, close: () => Promise<void>) => Promise<void>): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  const address = server.address() as AddressInfo;
  try {
    await body(address.port, close);
  } finally {
    await close();
  }
}

describe('reach', () => {
  test('is content with a port that answers', () =>
    withPort(async (port) => {
      await expect(reach(port, 'the local provider')).resolves.toBeUndefined();
    }));

  test('fails with what to do when nothing answers, before Terraform would kill this process', () =>
    withPort(async (port, close) => {
      await close();
      await expect(reach(port, 'the local provider')).rejects.toMatchObject({
        name: 'OfflineError',
        message: `the local provider cannot be reached on the loopback address: connect ECONNREFUSED 127.0.0.1:${port}`,
        hint: NEEDS_LOOPBACK,
      });
      expect(NEEDS_LOOPBACK).toContain('ip link set lo up');
    }));
});
