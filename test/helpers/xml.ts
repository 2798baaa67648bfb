const NAME = '[a-zA-Z_][\\w:.-]*';
const ENTITY = '&(?:lt|gt|amp|quot|apos|#\\d+|#x[0-9a-fA-F]+);';
const TOKEN = new RegExp(
  `<(${NAME})((?:\\s+${NAME}="(?:[^<&"]|${ENTITY})*")*)\\s*(/?)>|</(${NAME})\\s*>|(?:[^<&]|${ENTITY})+`,
  'y',
);

/** Why a text is no XML: the first thing that a parser stumbles over; undefined where it is well formed. */
export function xmlFault(text: string): string | undefined {
  const [stray] = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]|\]\]>/u.exec(text) ?? [];
  if (stray !== undefined) return `a character that XML has not, or an end of a section: ${JSON.stringify(stray)}`;
  const open: string[] = [];
  let [at, roots] = [0, 0];
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const [whole, begun, attributes = '', closed, ended] = TOKEN.exec(text) ?? [];
    if (whole === undefined) return `at ${text.slice(at, at + 60)}`;
    at += whole.length;
    if (begun !== undefined) {
      const names = [...attributes.matchAll(new RegExp(`\\s(${NAME})="`, 'g'))].map(([, name]) => name);
      if (new Set(names).size < names.length) return `an attribute twice: ${whole}`;
      if (open.length === 0) roots++;
      if (closed === '') open.push(begun);
    } else if (ended !== undefined) {
      const last = open.pop();
      if (last !== ended) return `${ended} ends ${last}`;
    } else if (open.length === 0 && whole.trim() !== '') return `outside of the root: ${whole}`;
  }
  if (open.length > 0) return `never ended: ${open.join(' ')}`;
  return roots === 1 ? undefined : `${roots} roots`;
}
