/** What may stand at a place of a JSON text. */
type Expected = 'value' | 'key or }' | 'key' | ':' | ', or }' | 'value or ]' | ', or ]' | 'end';

/** A mistake in a JSON text: where, and what should stand there. */
export interface JsonMistake {
  readonly offset: number;
  readonly expected: string;
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: strings of JSON hold none.
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** Says where a text stops to be JSON; undefined where it is. The engine tells it in words that hold parts of the text. */
export function jsonMistake(text: string): JsonMistake | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return false;
    at += found[0].length;
    return true;
  };
  const after = (): Expected => (open.length === 0 ? 'end' : open.at(-1) === '{' ? ', or }' : ', or ]');
  for (;;) {
    skip(SPACE);
    const mistake = { offset: at, expected: WORDS[expected] };
    const mark = text[at];
    if (mark === undefined) return expected === 'end' ? undefined : mistake;
    if (expected === 'value' || expected === 'value or ]') {
      if (mark === '{' || mark === '[') {
        open.push(mark);
        expected = mark === '{' ? 'key or }' : 'value or ]';
        at += 1;
      } else if (expected === 'value or ]' && mark === ']') {
        at += 1;
        open.pop();
        expected = after();
      } else if (skip(TEXT) || skip(SCALAR)) expected = after();
      else return mistake;
    } else if (expected === 'key' || expected === 'key or }') {
      if (expected === 'key or }' && mark === '}') {
        at += 1;
        open.pop();
        expected = after();
      } else if (skip(TEXT)) expected = ':';
      else return mistake;
    } else if (expected === ':') {
      if (mark !== ':') return mistake;
      at += 1;
      expected = 'value';
    } else if (expected === 'end') return mistake;
    else if (mark === ',') {
      at += 1;
      expected = expected === ', or }' ? 'key' : 'value';
    } else if (mark === (expected === ', or }' ? '}' : ']')) {
      at += 1;
      open.pop();
      expected = after();
    } else return mistake;
  }
}

const WORDS: Readonly<Record<Expected, string>> = {
  value: 'a value',
  'key or }': 'a key in double quotes or "}"',
  key: 'a key in double quotes',
  ':': '":"',
  ', or }': '"," or "}"',
  'value or ]': 'a value or "]"',
  ', or ]': '"," or "]"',
  end: 'nothing more',
};
