#!/usr/bin/env bash
# world-atlas 2.0.2: the id of a country, its number of ISO 3166, is no key. Two shapes of 50m have 036, and the later one,
# some islets in the Timor Sea, replaces Australia in an index by id; five have no id and replace each other. 110m, the usual
# choice for a small map, has no Singapore, Hong Kong or Bahrain at all, where clouds have regions.
# So a map that joins regions with countries by number leaves them out, and nothing fails. Gather all shapes of a number,
# and test that each country that is asked for is there.
# Expected: one shape for each number, as each row of ISO 3166 has its own, and the same countries at each scale.
# Seen: 50m: 241 shapes, 236 numbers or none; twice: 036 (Australia, Ashmore and Cartier Is.); without: 5
#       50m: Sydney lies in the shape indexed by 036: false
#       110m: lacks Singapore, Hong Kong, Bahrain
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund d3-geo@3.1.2 topojson-client@3.1.0 world-atlas@2.0.2
cat >ask.mjs <<'JS'
import { createRequire } from 'node:module';
import { geoContains } from 'd3-geo';
import { feature } from 'topojson-client';
const require = createRequire(import.meta.url);
const read = (scale) => {
  const atlas = require(`world-atlas/countries-${scale}.json`);
  return feature(atlas, atlas.objects.countries).features;
};
const shapes = read('50m');
const index = new Map(shapes.map((shape) => [shape.id, shape]));
const named = (id) => shapes.filter((shape) => shape.id === id).map(({ properties }) => properties.name);
const twice = [...index.keys()].filter((id) => id !== undefined && named(id).length > 1);
const told = twice.map((id) => `${id} (${named(id).join(', ')})`).join(', ');
console.log(`50m: ${shapes.length} shapes, ${index.size} numbers or none; twice: ${told}; without: ${named(undefined).length}`);
console.log(`50m: Sydney lies in the shape indexed by 036: ${geoContains(index.get('036'), [151.21, -33.87])}`);
const small = new Set(read('110m').map(({ id }) => id));
const regions = { Singapore: '702', 'Hong Kong': '344', Bahrain: '048', Qatar: '634' };
const lacking = Object.entries(regions).filter(([, id]) => index.has(id) && !small.has(id));
console.log(`110m: lacks ${lacking.map(([name]) => name).join(', ')}`);
JS
seen=$(node ask.mjs)
echo "$seen"
[ "$seen" = '50m: 241 shapes, 236 numbers or none; twice: 036 (Australia, Ashmore and Cartier Is.); without: 5
50m: Sydney lies in the shape indexed by 036: false
110m: lacks Singapore, Hong Kong, Bahrain' ] || { echo 'the behaviour has changed'; exit 1; }
