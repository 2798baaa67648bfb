import { placeholderToken } from '../../../terraform/no-credentials/token';

function partOf(token: string, position: number): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[position] ?? '', 'base64url').toString('utf8'));
}

describe('placeholderToken', () => {
  test('has the three parts of a token, and no signature', () => {
    const token = placeholderToken();
    expect(token).toMatch(/^[\w-]+\.[\w-]+\.unsigned$/);
    expect(partOf(token, 0)).toEqual({ alg: 'none', typ: 'JWT' });
  });

  test('names the same nobody as user, application and tenant', () => {
    const { appid, oid, tid } = partOf(placeholderToken(), 1);
    expect([appid, oid, tid]).toEqual(Array.from({ length: 3 }, () => '00000000-0000-0000-0000-000000000000'));
  });

  test('is the same in every run, and not over during any', () => {
    expect(placeholderToken()).toBe(placeholderToken());
    expect(partOf(placeholderToken(), 1).exp).toBe(Date.UTC(2100, 0, 1) / 1000);
  });
});
