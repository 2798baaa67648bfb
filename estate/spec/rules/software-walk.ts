import { lookup } from '../lookup';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import type { SoftwareSettings } from '../schema-software';
import { chooseSoftware, type SoftwareChoice, type SoftwarePool } from '../software';
import { alarmsOf } from '../watch';
import { type ClusterEntry, clustersOf, oncePerEstate, poolsIn } from './walk';

/** What is said of one component, with its place in the file. */
export interface SoftwareEntry {
  readonly name: string;
  readonly path: Path;
  readonly setting: SoftwareSettings[string];
}

/** A cluster with the software that it gets. */
export interface ClusterSoftware {
  readonly entry: ClusterEntry;
  readonly choice: SoftwareChoice;
  /** Its Kubernetes version. */
  readonly kubernetes: string;
  /** Where the estate says something of a component for this cluster; undefined where it does not. */
  pathOf(name: string): Path | undefined;
}

/** Everything that is said of software: of the estate, then of its clusters. */
export function softwareEntries(estate: Estate): readonly SoftwareEntry[] {
  const entries = (settings: SoftwareSettings | undefined, path: Path) =>
    Object.entries(settings ?? {}).map(([name, setting]) => ({ name, path: [...path, 'software', name], setting }));
  return [
    ...entries(estate.software, []),
    ...Object.entries(estate.clusters).flatMap(([key, { software }]) => entries(software, ['clusters', key])),
  ];
}

/** Clusters with the software that they get, as far as their machines can be told. */
export const clusterSoftware = oncePerEstate((estate): readonly ClusterSoftware[] =>
  clustersOf(estate).map((entry) => {
    const { cluster, at, path } = entry;
    const pools = poolsIn(entry).flatMap(({ key, machine }): SoftwarePool[] =>
      machine === undefined ? [] : [{ key, machine }],
    );
    const isExisting = cluster.existing !== undefined;
    const choice = chooseSoftware(
      {
        cloud: at.cloud,
        isExisting,
        hasAlarms: !isExisting && alarmsOf([at.account, at.site, cluster])?.value === true,
        pools,
        stores: cluster.mounts.flatMap((key) => lookup(estate.stores, key)?.kind ?? []),
      },
      cluster.software,
      estate.software,
    );
    return {
      entry,
      choice,
      kubernetes: cluster.kubernetes ?? at.catalog.kubernetes.preferred,
      pathOf: (name: string): Path | undefined => {
        if (lookup(cluster.software ?? {}, name) !== undefined) return [...path, 'software', name];
        return lookup(estate.software ?? {}, name) === undefined ? undefined : ['software', name];
      },
    };
  }),
);
