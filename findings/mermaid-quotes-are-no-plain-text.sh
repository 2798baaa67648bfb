#!/usr/bin/env bash
# mermaid 11.4.0 and 12.3.0: a label in quotes is no plain text. Lists of Markdown are refused in their place, or backslash and
# n are the end of a line, as the version is that a wiki or a forge has; in both, entities of HTML, numbers between # and ;,
# tags, icons and formulas are read. Nothing is told: letters are missing.
# The number of each character that is no letter, digit or blank, as #60; for <, brings a text through, but a <br> anywhere
# in the label undoes that: lists, icons, formulas and \n are then looked for behind the numbers. A line break in the file
# stands for the end of a line too, and undoes nothing.
# Graphviz 16.1.0, by @viz-js/viz 3.31.0, reads other things within its quotes: entities too, but no tags, and \N as the id
# of the node. So names need an escape of their own in each format, and a test that draws them: a parser takes them all.
# Expected: what stands in quotes is what is shown; if not, what stands in numbers.
# Seen, each name on two lines, where they are not whole:
#       11.4.0, quotes, <br>: Unsupported markdown: list | R&D / R&D | no. # open / no. # open | pool 2 / pool 2 | kW / kW | 5 5
#       11.4.0, numbers, <br>: Unsupported markdown: list | kW / kW | 5 5
#       11.4.0, numbers, line break: all whole
#       12.3.0, quotes, <br>: C: / ew / C: / ew | R&D / R&D | no. # open / no. # open | pool 2 / pool 2 | kW / kW | 5 5
#       12.3.0, numbers, <br>: C: / ew / C: / ew | kW / kW | 5 5
#       12.3.0, numbers, line break: all whole
#       Graphviz, quotes: C: / ew / C: / ew | R&D / R&D | diskit / diskit
# Needs Chromium on PATH, or CHROMIUM=FILE.
set -euo pipefail
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @viz-js/viz@3.31.0 playwright-core@1.65.1
for version in 11.4.0 12.3.0; do
  npm pack --silent "mermaid@$version" >/dev/null
  tar -xzf "mermaid-$version.tgz" package/dist/mermaid.min.js
  mv package/dist/mermaid.min.js "$version.js"
done
cat >ask.js <<'JS'
const { instance } = require('@viz-js/viz');
const { chromium } = require('playwright-core');
const NAMES = ['1. network', 'C:\\new', 'R&amp;D', 'no. #35; open', 'pool <x> 2', 'fa:fa-bolt kW', '$$5$$', 'disk\\N'];
const numbered = (name) => name.replace(/[^a-z0-9 ]/gi, (character) => `#${character.codePointAt(0)};`);
const WAYS = {
  'quotes, <br>': (name) => `${name}<br>${name}`,
  'numbers, <br>': (name) => `${numbered(name)}<br>${numbered(name)}`,
  'numbers, line break': (name) => `${numbered(name)}\n${numbered(name)}`,
};
// Runs in the page.
async function drawn(label) {
  globalThis.mermaid.initialize({ startOnLoad: false });
  const { svg } = await globalThis.mermaid.render('it', `flowchart LR\n  it["${label}"]`);
  const node = new DOMParser().parseFromString(svg, 'text/html').querySelector('.node');
  for (const lineBreak of node.querySelectorAll('br')) lineBreak.replaceWith(' / ');
  return node.textContent.replace(/\s+/g, ' ').trim();
}
// Runs in the page.
function textsOf(svg) {
  const texts = new DOMParser().parseFromString(svg, 'image/svg+xml').querySelectorAll('text');
  return [...texts].map(({ textContent }) => textContent).join(' / ');
}
async function tell(title, show) {
  const broken = [];
  for (const name of NAMES) {
    const text = await show(name);
    if (text !== `${name} / ${name}`) broken.push(text);
  }
  console.log(`${title}: ${broken.join(' | ') || 'all whole'}`);
}
async function main() {
  const viz = await instance();
  const args = process.getuid() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: process.argv[2], args });
  try {
    for (const version of ['11.4.0', '12.3.0']) {
      const page = await browser.newPage();
      await page.addScriptTag({ path: `${version}.js` });
      for (const [title, write] of Object.entries(WAYS)) {
        await tell(`${version}, ${title}`, (name) => page.evaluate(drawn, write(name)));
      }
    }
    const page = await browser.newPage();
    await tell('Graphviz, quotes', (name) =>
      page.evaluate(textsOf, viz.renderString(`digraph { "it" [label="${name}\\n${name}"] }`, { format: 'svg' })),
    );
  } finally {
    await browser.close();
  }
}
void main();
JS
seen=$(node ask.js "$browser")
echo "$seen"
[ "$seen" = '11.4.0, quotes, <br>: Unsupported markdown: list | R&D / R&D | no. # open / no. # open | pool 2 / pool 2 | kW / kW | 5 5
11.4.0, numbers, <br>: Unsupported markdown: list | kW / kW | 5 5
11.4.0, numbers, line break: all whole
12.3.0, quotes, <br>: C: / ew / C: / ew | R&D / R&D | no. # open / no. # open | pool 2 / pool 2 | kW / kW | 5 5
12.3.0, numbers, <br>: C: / ew / C: / ew | kW / kW | 5 5
12.3.0, numbers, line break: all whole
Graphviz, quotes: C: / ew / C: / ew | R&D / R&D | diskit / diskit' ] || { echo 'the behaviour has changed'; exit 1; }
