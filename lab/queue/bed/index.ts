import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramFolder } from '../programs';
import { makeBedCertificates } from './certificates';
import { type ControlPlane, type Scale, SMALL, startControlPlane } from './control-plane';
import { type Kept, residentMiB } from './keeper';
import { freeKueuePorts, startKueue } from './kueue';
import { startKwok } from './kwok';

export type { Api } from './api';
export { LARGE, type Scale, SMALL } from './control-plane';

/** A cluster that is to be there. */
export interface ClusterOrder {
  readonly name: string;
  /** Configuration of Kueue, as YAML. */
  readonly kueue: string;
}

/** A cluster with Kueue, whose nodes KWOK answers for. */
export interface BedCluster extends ControlPlane {
  /** Ends what runs in it, as if it were lost. */
  readonly lose: () => Promise<void>;
  /** Ends Kueue alone. */
  readonly stopKueue: () => Promise<void>;
  /** Starts Kueue, with another configuration if it is given one. */
  readonly startKueue: (configuration?: string) => Promise<void>;
  /** Resident memory of its programs, MiB. */
  readonly memory: () => Readonly<Record<string, number>>;
}

/** Clusters of one run. */
export interface QueueBed {
  readonly clusters: ReadonlyMap<string, BedCluster>;
  /** A cluster by name; fails where it is not there. */
  readonly cluster: (name: string) => BedCluster;
  /** File of the certificate of the authority of all of them. */
  readonly authority: string;
  readonly close: () => Promise<void>;
}

async function startCluster(
  { name, kueue }: ClusterOrder,
  folder: string,
  programs: ProgramFolder,
  certificates: ReturnType<typeof makeBedCertificates>,
  scale: Scale,
): Promise<BedCluster> {
  const plane = await startControlPlane(name, join(folder, name), programs, certificates, scale);
  const kwok = await startKwok(plane, programs, scale);
  const ports = await freeKueuePorts();
  let queue = await startKueue(plane, programs, certificates, kueue, ports);
  const all = (): readonly Kept[] => [...plane.programs, kwok, queue];
  return {
    ...plane,
    lose: async () => {
      plane.api.close();
      // The one that the others write to goes last.
      for (const program of [...all()].reverse()) await program.stop();
    },
    stopKueue: () => queue.stop(),
    startKueue: async (configuration = kueue) => {
      queue = await startKueue(plane, programs, certificates, configuration, ports);
    },
    memory: () => Object.fromEntries(all().map((one) => [one.name.replace(/ of .*$/, ''), residentMiB(one.pid)])),
  };
}

/** Opens clusters, one after the other: each takes seconds, and machines of labs are small. */
export async function openQueueBed(
  orders: readonly ClusterOrder[],
  folder: string,
  programs: ProgramFolder,
  scale: Scale = SMALL,
): Promise<QueueBed> {
  const pki = join(folder, 'certificates');
  mkdirSync(pki, { recursive: true });
  const certificates = makeBedCertificates(pki);
  const clusters = new Map<string, BedCluster>();
  const close = async () => {
    await Promise.all([...clusters.values()].map((one) => one.lose()));
  };
  try {
    for (const order of orders) {
      clusters.set(order.name, await startCluster(order, folder, programs, certificates, scale));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    clusters,
    authority: certificates.authority,
    cluster: (name) => {
      const found = clusters.get(name);
      if (found === undefined) throw new Error(`there is no cluster ${name} in the bed`);
      return found;
    },
    close,
  };
}
