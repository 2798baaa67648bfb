#!/usr/bin/env bash
# @dagrejs/dagre 3.1.3: an edge from a node to itself is laid out beside the node, without touching it, on one straight line
# out and back, and partly outside of the size that the graph says it has, in all four directions. dagre 0.8.5 and
# @dagrejs/dagre 1.1.8, 2.0.0 and 3.0.0 begin and end it at the border of the node; it is so since 3.1.0, a minor release.
# So a picture of states or of retries shows a loose stroke that its frame cuts off, and no test of nodes sees it. Draw such
# edges from the box of the node, which stays right, and test that every edge begins and ends at its nodes.
# Expected: a loop from the right border of the node, which is at 40, out to the right and back, within the graph.
# Seen: 3.0.0: width 90, x of the points: 40 67 73 80 73 67 40
#       3.1.3: width 90, x of the points: 100 100 80 60 60 80 80
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund earlier@npm:@dagrejs/dagre@3.0.0 later@npm:@dagrejs/dagre@3.1.3
cat >ask.js <<'JS'
for (const [version, name] of [['3.0.0', 'earlier'], ['3.1.3', 'later']]) {
  const { Graph, layout } = require(name);
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB' });
  graph.setNode('queued', { width: 40, height: 20 });
  graph.setNode('runs', { width: 40, height: 20 });
  graph.setEdge('queued', 'runs', {});
  graph.setEdge('queued', 'queued', {});
  layout(graph);
  const places = graph.edge('queued', 'queued').points.map(({ x }) => Math.round(x));
  console.log(`${version}: width ${graph.graph().width}, x of the points: ${places.join(' ')}`);
}
JS
seen=$(node ask.js)
echo "$seen"
[ "$seen" = '3.0.0: width 90, x of the points: 40 67 73 80 73 67 40
3.1.3: width 90, x of the points: 100 100 80 60 60 80 80' ] || { echo 'the behaviour has changed'; exit 1; }
