import { CIPHERS, ciphersOf, GROUPS, HASHES } from './crypto';
import type { EspOffer, HalfTunnel, IkeOffer } from './side';

/** Whether packets are encrypted by strongSwan itself, over TUN, or by the kernel. */
export type EspBackend = 'libipsec' | 'kernel';

const keywordsOf = (table: Readonly<Record<string, { readonly keyword: string }>>, names: readonly string[]) =>
  names.flatMap((name) => table[name]?.keyword ?? []);

const groupsOf = (groups: readonly number[]) => groups.flatMap((group) => GROUPS[group]?.keyword ?? []);

/** Proposals of an offer, as strongSwan spells them: one with the ciphers that authenticate, one with the others. */
function proposals(
  { encryption, integrity, prf }: Pick<IkeOffer, 'encryption' | 'integrity' | 'prf'>,
  groups: readonly number[],
): string {
  const functions = keywordsOf(HASHES, prf ?? []).map((keyword) => `prf${keyword}`);
  const [authenticating, others] = [ciphersOf(encryption, true), ciphersOf(encryption, false)].map((ciphers) =>
    ciphers.map(({ keyword }) => keyword),
  );
  return [
    [authenticating, functions],
    [others, [...keywordsOf(HASHES, integrity), ...functions]],
  ]
    .filter(([ciphers = []]) => ciphers.length > 0)
    .map((parts) => [...parts.flat(), ...groupsOf(groups)].join('-'))
    .join(', ');
}

/** The proposals of IKE. */
export const ikeProposals = (ike: IkeOffer): string =>
  proposals({ ...ike, prf: ike.prf ?? ike.integrity }, ike.dhGroups);

/** The proposals of ESP. */
export const espProposals = (esp: EspOffer): string => proposals({ ...esp, prf: [] }, esp.pfsGroups);

/** Marks the packets of IKE and ESP, which must not go into the tunnel that they carry. */
const MARK = '0x42';

/** What one daemon is told of itself; it has a tunnel and a network namespace of its own. */
export function strongswanConf(folder: string, backend: EspBackend): string {
  const kernel = backend === 'libipsec' ? 'kernel-libipsec kernel-netlink' : 'kernel-netlink';
  return `swanctl {
  load = random openssl
}
charon-systemd {
  load = random nonce aes sha1 sha2 hmac kdf gcm openssl drbg ${kernel} socket-default vici
  retransmit_timeout = 1.0
  retransmit_base = 1.5
  retransmit_tries = 3
  journal {
    default = -1
  }
  filelog {
    log {
      path = ${folder}/log
      default = 1
    }
  }
  plugins {
    vici {
      socket = unix://${folder}/vici
    }
    kernel-netlink {
      fwmark = !${MARK}
    }
    socket-default {
      fwmark = ${MARK}
    }
  }
}
`;
}

const secret = (key: string) => `0s${Buffer.from(key, 'utf8').toString('base64')}`;

const time = (name: string, seconds: number | undefined) => (seconds === undefined ? [] : [`${name} = ${seconds}s`]);

/** A tunnel as strongSwan is told: by routes, so that everything may pass, and with addresses as identities. */
export function swanctlConf({ outside, peerOutside, ike, esp, preSharedKey }: HalfTunnel): string {
  return `connections {
  t {
    version = ${ike.version}
    mobike = no
    local_addrs = ${outside}
    remote_addrs = ${peerOutside}
    proposals = ${ikeProposals(ike)}
    ${time('rekey_time', ike.lifetimeSeconds).join('')}
    local {
      auth = psk
      id = ${outside}
    }
    remote {
      auth = psk
      id = ${peerOutside}
    }
    children {
      t {
        local_ts = 0.0.0.0/0
        remote_ts = 0.0.0.0/0
        esp_proposals = ${espProposals(esp)}
        ${time('rekey_time', esp.lifetimeSeconds).join('')}
      }
    }
  }
}
secrets {
  ike-t {
    id-1 = ${outside}
    id-2 = ${peerOutside}
    secret = ${secret(preSharedKey)}
  }
}
`.replace(/^ *\n/gm, '');
}

/** A security association as strongSwan tells it: by the names of `Algorithm.told`, none where there is none. */
export interface SaSeen {
  /** Its number, of its daemon. */
  readonly id: string;
  readonly state: string;
  /** Cipher with its bits, such as AES_GCM_16-256. */
  readonly encryption: string;
  readonly integrity: string;
  readonly prf: string;
  readonly group: string;
}

/** An association of IKE and those of its children. */
export interface IkeSeen extends SaSeen {
  readonly children: readonly SaSeen[];
}

interface Section {
  readonly values: ReadonlyMap<string, string>;
  readonly sections: ReadonlyMap<string, Section>;
}

const TOKEN = /\s*(?:([^\s{}=]+)\s*\{|([^\s{}=]+)=(\[[^\]]*\]|[^\s{}]*)|(\}))/y;

/** Reads what follows an opening brace in raw messages of vici, up to its closing one. */
function readSection(text: string, start: number): { readonly section: Section; readonly end: number } {
  const values = new Map<string, string>();
  const sections = new Map<string, Section>();
  let at = start;
  for (;;) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (token === null) return { section: { values, sections }, end: text.length };
    at = TOKEN.lastIndex;
    const [, opened, name, value = '', closed] = token;
    if (closed !== undefined) return { section: { values, sections }, end: at };
    if (name !== undefined) values.set(name, value);
    if (opened === undefined) continue;
    const { section, end } = readSection(text, at);
    sections.set(opened, section);
    at = end;
  }
}

function saOf({ values }: Section): SaSeen {
  const value = (name: string) => values.get(name) ?? '';
  const bits = value('encr-keysize');
  return {
    id: value('uniqueid'),
    state: value('state'),
    encryption: [value('encr-alg'), ...(bits === '' ? [] : [bits])].join('-'),
    integrity: value('integ-alg'),
    prf: value('prf-alg'),
    group: value('dh-group'),
  };
}

/** Reads what `swanctl --list-sas --raw` prints. */
export function readSas(text: string): IkeSeen[] {
  return [...text.matchAll(/^list-sa event \{/gm)].flatMap((event) => {
    const { section } = readSection(text, event.index + event[0].length);
    return [...section.sections.values()].map((ike) => ({
      ...saOf(ike),
      children: [...(ike.sections.get('child-sas')?.sections.values() ?? [])].map(saOf),
    }));
  });
}

/** What a daemon said while it opened a tunnel, as a reason that names what to look at. */
export function reasonOf(said: string): string {
  const reasons: readonly (readonly [RegExp, string])[] = [
    [
      /AUTHENTICATION_FAILED|AUTH_FAILED/,
      'the peer refuses the authentication: pre-shared keys or public addresses differ',
    ],
    [/MAC mismatched|verification failed/, 'the authentication of the peer fails: pre-shared keys differ'],
    [
      /NO_PROPOSAL_CHOSEN[\s\S]*no CHILD_SA|no acceptable (ENCRYPTION|INTEGRITY)[\s\S]*CHILD/,
      'the peer has no proposal of ESP in common',
    ],
    [/NO_PROPOSAL_CHOSEN|NO_PROP/, 'the peer has no proposal of IKE in common'],
    [/INVALID_KE_PAYLOAD|INVAL_KE/, 'the peer has no group in common'],
    [/TS_UNACCEPT/, 'the peer refuses what may pass'],
    [
      /retransmit|peer not responding|timeout|deadline/,
      'the peer does not answer: it has another public address, or expects another one',
    ],
  ];
  const found = reasons.find(([pattern]) => pattern.test(said));
  return found?.[1] ?? (said.trim().split('\n').at(-1) || 'nothing was said');
}

/** Whether a cipher, as strongSwan tells it, authenticates by itself. */
export const authenticates = (told: string): boolean =>
  Object.values(CIPHERS).some((cipher) => cipher.told === told && cipher.authenticates);
