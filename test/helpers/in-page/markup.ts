/** Texts of a page that have a word in them, its words and those of its names for screen readers, each once. */
export function textsWith(word: string): string[] {
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  const found = new Set<string>();
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    if (node.nodeValue?.includes(word) && node.parentElement?.closest('script, style') === null)
      found.add(node.nodeValue);
  }
  for (const element of document.querySelectorAll('*')) {
    for (const { value } of element.attributes) if (value.includes(word)) found.add(value);
  }
  return [...found];
}

/** What the texts of an estate have become that ought to stay texts: elements with handlers, pictures, scripts of their own. */
export function cameAlive(): string[] {
  const handlers = [...document.querySelectorAll('*')].filter((element) =>
    [...element.attributes].some(({ name }) => name.startsWith('on')),
  );
  const made = [...document.querySelectorAll('img, body b, iframe, object, body style, body link')];
  const scripts = [...document.querySelectorAll('script')].slice(1);
  return [...new Set([...handlers, ...made, ...scripts])].map(({ outerHTML }) => outerHTML.slice(0, 200));
}
