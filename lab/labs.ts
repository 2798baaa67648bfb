import type { LabProgram, Need } from './lab';
import { FRR_PACKAGES, STRONGSWAN_PACKAGES } from './links/packages';
import { HOW_TO_GET_PROVIDERS } from './mirror';

/** What labs need, by the name that they ask for it by. */
export const NEEDS = {
  providers: {
    what: 'the real providers in the versions that the project pins, unpacked in a filesystem mirror',
    get: HOW_TO_GET_PROVIDERS,
  },
  terraform: { what: 'Terraform or OpenTofu 1.9 or newer', get: 'install it, or name it in TERRAFORM_BINARY_NAME' },
  frr: {
    what: 'FRR 8.4 or newer: zebra, bgpd and vtysh',
    get: `on Debian and its like "apt-get install ${FRR_PACKAGES.join(' ')}" as root`,
  },
  strongswan: {
    what: 'strongSwan 5.9 or newer: charon-systemd and swanctl, with kernel-libipsec for ESP in user space',
    get: `on Debian and its like "apt-get install ${STRONGSWAN_PACKAGES.join(' ')}" as root`,
  },
  namespaces: {
    what: 'namespaces of network, mounts and processes with an own /run, and /dev/net/tun for ESP',
    get: 'run it as root, in a container in a privileged one',
  },
  go: {
    what: 'Go 1.26 or newer and a module proxy, once, to build Kubernetes, Kueue and KWOK from their modules',
    get: 'install it as "go" on PATH, or name a folder of programs with --programs',
  },
  kubernetes: {
    what: 'a server of Kubernetes of the recorded release with Kueue and its webhooks, and the definitions that "npm run kube-schemas -- --definitions DIR" writes',
    get: '"npm run lab -- queue --help" says how one is built from Go modules; kubectl apply --server-side -f DIR adds the definitions',
  },
  openssl: { what: 'OpenSSL 3 or newer', get: 'install it as "openssl" on PATH' },
} as const satisfies Readonly<Record<string, Need>>;

/** A lab: something that is proved with programs which are no part of the project. */
export interface Lab {
  readonly name: string;
  /** What it does, in one sentence. */
  readonly does: string;
  /** What is known after it. */
  readonly proves: string;
  readonly needs: readonly (keyof typeof NEEDS)[];
  /** About how long it takes, and on what. */
  readonly takes: string;
  readonly load: () => LabProgram;
}

/** All labs; a new one is a row here and a module with what a `LabProgram` has. */
export const LABS: readonly Lab[] = [
  {
    name: 'second-plan',
    does: 'applies stacks with the real providers against stand-ins of the services, plans again, and makes edits',
    proves: 'every stack plans "No changes" after its apply, and estate diff promises what providers plan and send',
    needs: ['providers', 'terraform', 'openssl'],
    takes: 'a minute for a stack, on two cores; the stacks of Azure of examples/frontier.yaml an hour and more',
    load: (): LabProgram => require('./second-plan'),
  },
  {
    name: 'agreement',
    does: 'asks the real providers and the local ones about thousands of configurations that are wrong, or only unusual, in one way',
    proves:
      'the local providers refuse what the real ones refuse and accept what they accept, on at least 99.5 % of them',
    needs: ['providers'],
    takes: 'two minutes for a provider',
    load: (): LabProgram => require('./agreement'),
  },
  {
    name: 'links',
    does: 'brings both halves of VPN connections up with FRR and strongSwan, in network namespaces of this machine',
    proves:
      'proposals of IKE and ESP agree, BGP comes up with the planned numbers, ranges arrive, and stay without one tunnel',
    needs: ['frr', 'strongswan', 'namespaces'],
    takes: 'half a minute for a connection of four tunnels, as long again for all its mutations',
    load: (): LabProgram => require('./links'),
  },
  {
    name: 'queue',
    does: 'starts real control planes of Kubernetes with Kueue and nodes of KWOK, applies bundles to them, and lets jobs queue',
    proves: 'bundles apply and change nothing twice, and Kueue does with jobs, quotas and edits what the estate says',
    needs: ['go', 'openssl'],
    takes:
      'ten minutes of a processor to build the programs, once; then half a minute for a cluster, and minutes for a trial',
    load: (): LabProgram => require('./queue'),
  },
  {
    name: 'schemas',
    does: 'asks a real server and this project about thousands of objects of Kubernetes that are wrong, or only unusual, in one way',
    proves: 'objects are refused here that a real server refuses, and no others, on at least 97 % of them',
    needs: ['kubernetes'],
    takes: 'a minute for 3,000 objects',
    load: (): LabProgram => require('./schemas'),
  },
];

/** The lab of a name. */
export function labOf(name: string): Lab | undefined {
  return LABS.find((lab) => lab.name === name);
}
