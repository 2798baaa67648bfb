/** Identity that a placeholder token names: no user, no application and no tenant has it. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Later than any run: the first second of the year 2100. */
const EXPIRES_AT_SECONDS = 4_102_444_800;

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/**
 * A token that names nobody and that nobody signed.
 *
 * The Azure provider reads its claims, so that it need not ask a directory who it is; no service would accept it.
 */
export function placeholderToken(): string {
  const header = encoded({ alg: 'none', typ: 'JWT' });
  const claims = encoded({ appid: NOBODY, oid: NOBODY, tid: NOBODY, exp: EXPIRES_AT_SECONDS });
  return `${header}.${claims}.unsigned`;
}
