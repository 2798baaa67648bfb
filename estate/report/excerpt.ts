/** A piece of a source line that fits a terminal, and where in it the marked text is. */
export interface Excerpt {
  readonly text: string;
  /** Columns before the mark. */
  readonly start: number;
  /** Columns of the mark, at least one. */
  readonly length: number;
}

/** Most characters that are looked at on either side of the mark: a line can be megabytes long. */
const REACH = 400;

/** What must not reach a terminal: control characters, and those that reorder or hide text. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const PLAIN = /^[\u0020-\u007e]*$/;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u;

/** Replaces what would disturb a terminal; tabs become a space. */
export function printable(text: string): string {
  return text.replace(/\t/g, ' ').replace(UNSAFE, '\u00b7');
}

/** Columns that a text takes in a terminal: wide East Asian characters and emoji take two, combining marks none. */
export function displayWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The part of a line around a mark, cut with `…` to a number of columns. */
export function excerpt(line: string, offset: number, length: number, columns: number): Excerpt {
  const from = Math.max(0, offset - REACH);
  const before = [...printable(line.slice(from, offset))];
  const marked = takeWidth([...printable(line.slice(offset, offset + Math.min(length, REACH)))], columns - 2);
  const after = [...printable(line.slice(offset + Math.min(length, REACH), offset + length + REACH))];
  const mark = marked.join('');
  const markWidth = Math.max(1, displayWidth(mark));
  const whole = displayWidth(before.join('')) + markWidth + displayWidth(after.join(''));
  if (whole <= columns && from === 0) {
    return { text: [...before, mark, ...after].join(''), start: displayWidth(before.join('')), length: markWidth };
  }
  const room = columns - markWidth - 2;
  const tail = takeWidth(after, Math.max(Math.floor(room / 3), room - displayWidth(before.join(''))));
  const head = takeWidth(before.reverse(), room - displayWidth(tail.join(''))).reverse();
  const cutHead = from > 0 || head.length < before.length ? '…' : '';
  const cutTail = tail.length < after.length ? '…' : '';
  const left = `${cutHead}${head.join('')}`;
  return { text: `${left}${mark}${tail.join('')}${cutTail}`, start: displayWidth(left), length: markWidth };
}

/** Breaks a text into lines of at most so many columns, between words where there is a space. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of printable(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && displayWidth(longer) > columns) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function takeWidth(characters: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let left = columns;
  for (const character of characters) {
    left -= characterWidth(character);
    if (left < 0) break;
    taken.push(character);
  }
  return taken;
}

function characterWidth(character: string): number {
  if (PLAIN.test(character)) return 1;
  if (/^\p{M}$/u.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
