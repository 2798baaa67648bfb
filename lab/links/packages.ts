/** Packages of Debian and its like that bring FRR, and what makes namespaces. */
export const FRR_PACKAGES: readonly string[] = ['frr', 'iproute2'];

/** Packages of Debian and its like that bring strongSwan with ESP in user space. */
export const STRONGSWAN_PACKAGES: readonly string[] = [
  'strongswan-swanctl',
  'charon-systemd',
  'libcharon-extra-plugins',
  'libstrongswan-standard-plugins',
];
