import type { Catalog } from '../../estate/catalog';
import { Picture } from '../parts/picture';
import { Bands, type BandsProps, RackDefinitions } from './racks/bands';
import { placeShards } from './racks/layout';
import type { DrawnGroup } from './racks/shapes';
import { WIDTH } from './racks/sizes';
import { PlacedRacks, placeEstate } from './racks/standalone';
import { poolTexts } from './racks/texts';

/** What a picture of racks is drawn from. */
export interface RacksProps extends Omit<BandsProps, 'shards'> {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** The groups of one cluster, or of several, in their order; with what a change does to them, where they say that. */
  readonly groups: readonly DrawnGroup[];
  readonly catalog: Catalog;
}

/** Below this width texts of the picture cannot be read. */
export const RACKS_NARROWEST = 960;

/** The symbols of groups, once for all pictures of a page with the same prefix. */
export function RackSymbols({ groups, prefix }: Pick<RacksProps, 'groups' | 'prefix'>) {
  return (
    <svg aria-hidden="true" width={0} height={0} style="position:absolute;width:0;height:0">
      <RackDefinitions groups={groups} prefix={prefix} />
    </svg>
  );
}

/** Groups to scale, by Kubernetes cluster and pool; their symbols stand in `RackSymbols`. */
export function Racks({ label, groups, catalog, ...shown }: RacksProps) {
  const { shards, height } = placeShards(groups, (own) => poolTexts(own, catalog));
  return (
    <Picture label={label} width={WIDTH} height={height}>
      <Bands {...shown} shards={shards} />
    </Picture>
  );
}

/** Groups of all clusters in one picture that stands by itself, with symbols, legend and scale. */
export function StandaloneRacks({ label, groups, catalog, ...shown }: RacksProps) {
  const placed = placeEstate({ groups, catalog, ...(shown.system && { system: shown.system }) });
  return (
    <Picture label={label} width={WIDTH} height={placed.height}>
      <RackDefinitions groups={groups} prefix={shown.prefix} />
      <PlacedRacks {...shown} placed={placed} />
    </Picture>
  );
}
