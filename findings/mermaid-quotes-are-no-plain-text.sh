#!/usr/bin/env bash
# mermaid 12.3.0: a label in quotes is still no plain text. Backslash and n break the line, entities of HTML and numbers
# between # and ; are read, what looks like a tag is left out, fa: and a name become an icon, dollar signs begin a formula.
# Nothing is told: letters are missing. The number of each character that is no letter, digit or blank, as #60; for <,
# brings all of them through. (#quot;, which is what most writers replace, is for the quotes only.)
# Graphviz 16.1.0, by @viz-js/viz 3.31.0, reads other things within its quotes: entities too, but no tags, and \N as the id
# of the node. So names need an escape of their own in each format, and a test that draws them: a parser alone takes them all.
# Expected: what stands in quotes is what is shown.
# Seen: C:\new | Mermaid: C:ew | by numbers: C:\new | Graphviz: C:, ew
#       R&amp;D | Mermaid: R&D | by numbers: R&amp;D | Graphviz: R&D
#       ticket #35; open | Mermaid: ticket # open | by numbers: ticket #35; open | Graphviz: ticket #35; open
#       pool <spare> 2 | Mermaid: pool 2 | by numbers: pool <spare> 2 | Graphviz: pool <spare> 2
#       fa:fa-bolt 40 kW | Mermaid: 40 kW | by numbers: fa:fa-bolt 40 kW | Graphviz: fa:fa-bolt 40 kW
#       $$5 a day$$ | Mermaid: 5aday | by numbers: $$5 a day$$ | Graphviz: $$5 a day$$
#       \N | Mermaid: \N | by numbers: \N | Graphviz: node
# Needs Chromium on PATH, or CHROMIUM=FILE.
set -euo pipefail
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @viz-js/viz@3.31.0 playwright-core@1.65.1
npm pack --silent mermaid@12.3.0 >/dev/null
tar -xzf mermaid-12.3.0.tgz package/dist/mermaid.min.js
cat >ask.js <<'JS'
const { instance } = require('@viz-js/viz');
const { chromium } = require('playwright-core');
const LABELS = [
  'C:\\new',
  'R&amp;D',
  'ticket #35; open',
  'pool <spare> 2',
  'fa:fa-bolt 40 kW',
  '$$5 a day$$',
  '\\N',
];
const numbered = (label) => label.replace(/[^a-z0-9 ]/gi, (character) => `#${character.codePointAt(0)};`);
// Runs in the page.
async function drawn([label, id]) {
  globalThis.mermaid.initialize({ startOnLoad: false });
  const { svg } = await globalThis.mermaid.render(id, `flowchart LR\n  node["${label}"]`);
  return new DOMParser().parseFromString(svg, 'text/html').querySelector('.node').textContent.replace(/ +/g, ' ').trim();
}
// Runs in the page.
function textsOf(svg) {
  const texts = new DOMParser().parseFromString(svg, 'image/svg+xml').querySelectorAll('text');
  return [...texts].map(({ textContent }) => textContent);
}
async function main() {
  const viz = await instance();
  const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: process.argv[2], args });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ path: 'package/dist/mermaid.min.js' });
    for (const [index, label] of LABELS.entries()) {
      const plain = await page.evaluate(drawn, [label, `plain${index}`]);
      const escaped = await page.evaluate(drawn, [numbered(label), `escaped${index}`]);
      const svg = viz.renderString(`digraph { "node" [label="${label}"] }`, { format: 'svg' });
      const lines = await page.evaluate(textsOf, svg);
      console.log(`${label} | Mermaid: ${plain} | by numbers: ${escaped} | Graphviz: ${lines.join(', ')}`);
    }
  } finally {
    await browser.close();
  }
}
void main();
JS
seen=$(node ask.js "$browser")
echo "$seen"
[ "$seen" = 'C:\new | Mermaid: C:ew | by numbers: C:\new | Graphviz: C:, ew
R&amp;D | Mermaid: R&D | by numbers: R&amp;D | Graphviz: R&D
ticket #35; open | Mermaid: ticket # open | by numbers: ticket #35; open | Graphviz: ticket #35; open
pool <spare> 2 | Mermaid: pool 2 | by numbers: pool <spare> 2 | Graphviz: pool <spare> 2
fa:fa-bolt 40 kW | Mermaid: 40 kW | by numbers: fa:fa-bolt 40 kW | Graphviz: fa:fa-bolt 40 kW
$$5 a day$$ | Mermaid: 5aday | by numbers: $$5 a day$$ | Graphviz: $$5 a day$$
\N | Mermaid: \N | by numbers: \N | Graphviz: node' ] || { echo 'the behaviour has changed'; exit 1; }
