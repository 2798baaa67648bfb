#!/usr/bin/env bash
# d3-scale 4.0.3: a scale whose domain has no extent puts everything into the middle of its range (2.0.0 put it at the
# beginning). Neither nice() nor ticks() helps: nice() leaves such a domain as it is, and the only tick, 0, stands in the
# middle too, so that bars and axis agree with each other.
# So where nothing is used yet, each bar that begins at the edge is half full, and the first one that is used empties all
# others. A domain of counts needs an end of its own, such as Math.max(1, ...counts).
# Expected: 0 at the left end, where it stands on each other scale that begins at 0, or an error.
# Seen: linear, of 0 to 8: 0 at 0, ticks 0 2 4 6 8
#       linear, of 0 to 0: 0 at 50, ticks 0
#       linear, of 0 to 0, nice: 0 at 50, ticks 0
#       square root, of 0 to 0: 0 at 50, ticks 0
#       days, of one day: that day at 50
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund d3-scale@4.0.3
cat >ask.mjs <<'JS'
import { scaleLinear, scaleSqrt, scaleUtc } from 'd3-scale';
const tell = (title, scale) => console.log(`${title}: 0 at ${scale(0)}, ticks ${scale.ticks(4).join(' ')}`);
tell('linear, of 0 to 8', scaleLinear([0, 8], [0, 100]));
tell('linear, of 0 to 0', scaleLinear([0, 0], [0, 100]));
tell('linear, of 0 to 0, nice', scaleLinear([0, 0], [0, 100]).nice());
tell('square root, of 0 to 0', scaleSqrt([0, 0], [0, 100]));
const day = new Date('2026-11-30');
console.log(`days, of one day: that day at ${scaleUtc([day, day], [0, 100])(day)}`);
JS
seen=$(node ask.mjs)
echo "$seen"
[ "$seen" = 'linear, of 0 to 8: 0 at 0, ticks 0 2 4 6 8
linear, of 0 to 0: 0 at 50, ticks 0
linear, of 0 to 0, nice: 0 at 50, ticks 0
square root, of 0 to 0: 0 at 50, ticks 0
days, of one day: that day at 50' ] || { echo 'the behaviour has changed'; exit 1; }
