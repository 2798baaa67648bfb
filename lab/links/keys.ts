import { createHash } from 'node:crypto';

/** How the two names of one key follow from its link and its number: a secret on AWS, a variable of Terraform. */
function plainReference(reference: string): string {
  const [, link = '', tunnel = ''] = /^[^/]+\/links\/([^/]+)\/([^/]+)$/.exec(reference) ?? [];
  return link === '' ? reference : `preshared_key_${link.replaceAll('-', '_')}_${tunnel}`;
}

/**
 * The pre-shared key that the lab makes up for a reference: the name of a secret or of a variable.
 *
 * Names of the same link and tunnel have the same key, as the commands of `estate exchange keys` give it to both, so that two
 * sides fit only where both name the same one.
 */
export function keyOfReference(reference: string): string {
  return `k${createHash('sha256').update(plainReference(reference)).digest('hex').slice(0, 39)}`;
}
