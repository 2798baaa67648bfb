#!/usr/bin/env bash
# world-atlas 2.0.2, countries-10m.json, with d3-geo 3.1.2: the Maldives contain every point of the world, and so does the
# land of the same file. Three islands are triangles whose corners lie on one line or run the wrong way round, as coordinates
# of few digits make them, and d3 takes the outside of such a ring for its inside. 50m, which is coarser, has no such ring.
# So a lookup by country finds two for each site, a test that a site stands on land passes in the middle of an ocean, and a
# map that fills the Maldives or the land fills everything. Rings that are larger than a hemisphere give them away.
# Expected: France for Paris, nothing for an ocean, and more detail to be more exact.
# Seen: 50m: Paris in France; South Pacific in none; land 0.29 of the globe
#       10m: Paris in France, Maldives; South Pacific in Maldives; land 3.29 of the globe
#       10m, rings of the Maldives larger than a hemisphere: 3, with 3 corners each
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund d3-geo@3.1.2 topojson-client@3.1.0 world-atlas@2.0.2
cat >ask.mjs <<'JS'
import { createRequire } from 'node:module';
import { geoArea, geoContains } from 'd3-geo';
import { feature } from 'topojson-client';
const require = createRequire(import.meta.url);
const read = (scale) => require(`world-atlas/countries-${scale}.json`);
const countriesOf = (atlas) => feature(atlas, atlas.objects.countries).features;
for (const scale of ['50m', '10m']) {
  const atlas = read(scale);
  const at = (point) => {
    const around = countriesOf(atlas).filter((country) => geoContains(country, point));
    return around.map(({ properties }) => properties.name).join(', ') || 'none';
  };
  const land = geoArea(feature(atlas, atlas.objects.land)) / (4 * Math.PI);
  const found = `Paris in ${at([2.35, 48.85])}; South Pacific in ${at([-150, -30])}`;
  console.log(`${scale}: ${found}; land ${land.toFixed(2)} of the globe`);
}
const maldives = countriesOf(read('10m')).find(({ properties }) => properties.name === 'Maldives');
const areaOf = (coordinates) => geoArea({ type: 'Polygon', coordinates });
const inverted = maldives.geometry.coordinates.filter((coordinates) => areaOf(coordinates) > 2 * Math.PI);
const corners = [...new Set(inverted.map(([ring]) => ring.length - 1))].join(', ');
console.log(`10m, rings of the Maldives larger than a hemisphere: ${inverted.length}, with ${corners} corners each`);
JS
seen=$(node ask.mjs)
echo "$seen"
[ "$seen" = '50m: Paris in France; South Pacific in none; land 0.29 of the globe
10m: Paris in France, Maldives; South Pacific in Maldives; land 3.29 of the globe
10m, rings of the Maldives larger than a hemisphere: 3, with 3 corners each' ] || { echo 'the behaviour has changed'; exit 1; }
