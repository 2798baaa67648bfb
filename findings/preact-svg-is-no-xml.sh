#!/usr/bin/env bash
# preact-render-to-string 6.8.2: an attribute whose value is an empty text is written as its bare name, as HTML allows. An
# SVG that is kept as a file of its own is XML, where that is an error: the file is refused as a whole, although the same
# text is drawn where it stands in a page. react-dom 19.3.1 writes the empty text.
# So the pictures of a page may be broken as files as soon as one name among the data is empty, and tests of pages do not
# see it: leave such attributes out (undefined), and read files in tests with a parser of XML.
# Expected: data-owner="", since the text is otherwise XML: names keep their capitals, elements are closed.
# Seen: react-dom: <text data-owner="" x="0">Oslo</text>, as XML: taken
#       preact: <text data-owner x="0">Oslo</text>, as XML: attribute without value.
#       preact, undefined: <text x="0">Oslo</text>, as XML: taken
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund preact@11.2.0 preact-render-to-string@6.8.2 react@19.3.1 react-dom@19.3.1 saxes@6.0.0
cat >ask.js <<'JS'
const { h } = require('preact');
const { render } = require('preact-render-to-string');
const { createElement } = require('react');
const { renderToStaticMarkup } = require('react-dom/server');
const { SaxesParser } = require('saxes');
function taken(text) {
  try {
    new SaxesParser().write(text).close();
    return 'taken';
  } catch (error) {
    return error.message.replace(/^[\d:]+ /, '');
  }
}
const tell = (title, text) => console.log(`${title}: ${text}, as XML: ${taken(text)}`);
tell('react-dom', renderToStaticMarkup(createElement('text', { 'data-owner': '', x: 0 }, 'Oslo')));
tell('preact', render(h('text', { 'data-owner': '', x: 0 }, 'Oslo')));
tell('preact, undefined', render(h('text', { 'data-owner': undefined, x: 0 }, 'Oslo')));
JS
seen=$(node ask.js)
echo "$seen"
[ "$seen" = 'react-dom: <text data-owner="" x="0">Oslo</text>, as XML: taken
preact: <text data-owner x="0">Oslo</text>, as XML: attribute without value.
preact, undefined: <text x="0">Oslo</text>, as XML: taken' ] || { echo 'the behaviour has changed'; exit 1; }
