/** Names of keys under which somebody keeps a secret, whatever its value looks like. */
const SECRET_NAME = /(psk|pre.?shared|secret|passw|pwd|key|token)/i;

/** Names that an exchange has itself, of what is called a key and is the id of one. */
const OWN_NAMES: ReadonlySet<string> = new Set(['encryptionKey']);

/** Secrets that are known by how they begin or are built. */
const KNOWN_SECRETS = [
  /-----BEGIN/,
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\beyJ[\w-]{8,}\.[\w-]+/,
  // What one provider gives for a circuit to be ordered at another one.
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/[a-z0-9-]+\/\d+$/,
];

/** How identifiers of clouds begin, which have long parts that look made up too. */
const IDENTIFIER =
  /^(ocid1\.|\/subscriptions\/|projects\/|arn:aws|https:\/\/|[a-z]+(-[a-z]+)*-[0-9a-f]{8,17}$|fs-[0-9a-f]{8,17}\.fsx\.|\d+$)/;

/** Parts of a text that no word is written like. */
const RUN = /[A-Za-z0-9+=~]{16,}/g;

/** Whether a text looks like a key, a password or another secret rather than like what clouds call their things. */
export function looksSecret(text: string): boolean {
  if (KNOWN_SECRETS.some((form) => form.test(text))) return true;
  return !IDENTIFIER.test(text) && (text.match(RUN) ?? []).some(isMixed);
}

/** Whether a key says that its value is a secret. */
export function namesSecret(key: string): boolean {
  return SECRET_NAME.test(key) && !OWN_NAMES.has(key);
}

/** A line of a file, or a path, without what may be a secret in it, as long as before. */
export function masked(line: string): string {
  const hidden = (text: string) => '*'.repeat(text.length);
  return line
    .replace(/[^"\s]+/g, (word) => (looksSecret(word) ? hidden(word) : word))
    .replace(RUN, (run) => (isMixed(run) ? hidden(run) : run));
}

/** A line of JSON without any of its values, as long as before: keys alone are left. */
export function withoutValues(line: string): string {
  return line.replace(/"(?:[^"\\]|\\.)*"(\s*:)?|".*$|[^\s"{}[\]:,]+/g, (token: string, colon: string | undefined) => {
    if (colon !== undefined) return masked(token);
    const isWhole = token.length > 1 && token.startsWith('"') && token.endsWith('"');
    return isWhole ? `"${'*'.repeat(token.length - 2)}"` : '*'.repeat(token.length);
  });
}

/** A line of what is no JSON without any of its words, as long as before: nobody knows which of them are values. */
export function withoutWords(line: string): string {
  return line.replace(/[^\s"{}[\]:,]+/g, (word) => '*'.repeat(word.length));
}

function isMixed(run: string): boolean {
  return [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(run)).length > 1;
}
