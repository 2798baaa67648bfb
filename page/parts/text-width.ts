/** Widths of characters in parts of the size of the type, generous for every font that systems choose for pages. */
const WIDTHS: readonly (readonly [characters: RegExp, width: number])[] = [
  [/[ijl|!'.,:;` ]/, 0.36],
  [/[frtI()[\]{}"/\\-]/, 0.45],
  [/[mwMW@%]/, 1],
  [/[A-Z0-9_~+=<>#$&]/, 0.74],
  [/[\u0020-\u007e]/, 0.65],
];

/** Characters beyond ASCII may be as wide as the type is high. */
const WIDEST = 1.1;

/** How much wider letters are in bold type. */
export const BOLD = 1.12;

/** How wide a text is at most when it is set in the fonts of a page, in the unit of its size. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? WIDEST;
  return width * size;
}

/** A text that is no wider than a place: cut with an ellipsis where it has to be. */
export function fitText(text: string, size: number, room: number): string {
  if (textWidth(text, size) <= room) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, size) > room) characters.pop();
  return characters.length === 0 ? '' : `${characters.join('')}…`;
}
