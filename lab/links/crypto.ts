/** An algorithm: what strongSwan calls it where it is configured, and where it tells what was agreed. */
export interface Algorithm {
  readonly keyword: string;
  readonly told: string;
}

/** A cipher; one that authenticates needs no integrity beside it. */
export interface Cipher extends Algorithm {
  readonly authenticates: boolean;
}

const cbc = (bits: number): Cipher => ({ keyword: `aes${bits}`, told: `AES_CBC-${bits}`, authenticates: false });
const gcm = (bits: number, icv: number): Cipher => ({
  keyword: `aes${bits}gcm${icv}`,
  told: `AES_GCM_${icv}-${bits}`,
  authenticates: true,
});

/** Source of the keywords: https://docs.strongswan.org/docs/latest/config/proposals.html, 2026-11. */
export const CIPHERS: Readonly<Record<string, Cipher>> = {
  AES128: cbc(128),
  AES192: cbc(192),
  AES256: cbc(256),
  'AES128-GCM12': gcm(128, 12),
  'AES192-GCM12': gcm(192, 12),
  'AES256-GCM12': gcm(256, 12),
  'AES128-GCM16': gcm(128, 16),
  'AES192-GCM16': gcm(192, 16),
  'AES256-GCM16': gcm(256, 16),
};

/** Hashes, for integrity (`told`) and as pseudo-random functions (`prf` before the keyword, `PRF_` before `prfTold`). */
export const HASHES: Readonly<Record<string, Algorithm & { readonly prfTold: string }>> = {
  SHA1: { keyword: 'sha1', told: 'HMAC_SHA1_96', prfTold: 'PRF_HMAC_SHA1' },
  'SHA2-256': { keyword: 'sha256', told: 'HMAC_SHA2_256_128', prfTold: 'PRF_HMAC_SHA2_256' },
  'SHA2-384': { keyword: 'sha384', told: 'HMAC_SHA2_384_192', prfTold: 'PRF_HMAC_SHA2_384' },
  'SHA2-512': { keyword: 'sha512', told: 'HMAC_SHA2_512_256', prfTold: 'PRF_HMAC_SHA2_512' },
};

/** Diffie-Hellman groups by their numbers; 0 is none. */
export const GROUPS: Readonly<Record<number, Algorithm>> = {
  0: { keyword: 'modpnone', told: '' },
  2: { keyword: 'modp1024', told: 'MODP_1024' },
  5: { keyword: 'modp1536', told: 'MODP_1536' },
  14: { keyword: 'modp2048', told: 'MODP_2048' },
  15: { keyword: 'modp3072', told: 'MODP_3072' },
  16: { keyword: 'modp4096', told: 'MODP_4096' },
  17: { keyword: 'modp6144', told: 'MODP_6144' },
  18: { keyword: 'modp8192', told: 'MODP_8192' },
  19: { keyword: 'ecp256', told: 'ECP_256' },
  20: { keyword: 'ecp384', told: 'ECP_384' },
  21: { keyword: 'ecp521', told: 'ECP_521' },
  22: { keyword: 'modp1024s160', told: 'MODP_1024_160' },
  23: { keyword: 'modp2048s224', told: 'MODP_2048_224' },
  24: { keyword: 'modp2048s256', told: 'MODP_2048_256' },
};

const isGiven = <T>(value: T | undefined): value is T => value !== undefined;

/** The ciphers of an offer: those that authenticate, or those that do not. */
export function ciphersOf(names: readonly string[], authenticates: boolean): Cipher[] {
  return names
    .map((name) => CIPHERS[name])
    .filter((cipher) => isGiven(cipher) && cipher.authenticates === authenticates)
    .filter(isGiven);
}

/** Names that the lab does not know, which it could say to nobody. */
export function unknownNames(offer: {
  readonly encryption: readonly string[];
  readonly integrity: readonly string[];
  readonly prf?: readonly string[];
  readonly groups: readonly number[];
}): string[] {
  return [
    ...offer.encryption.filter((name) => !(name in CIPHERS)).map((name) => `cipher ${name}`),
    ...[...offer.integrity, ...(offer.prf ?? [])].filter((name) => !(name in HASHES)).map((name) => `hash ${name}`),
    ...offer.groups.filter((group) => !(group in GROUPS)).map((group) => `group ${group}`),
  ];
}
