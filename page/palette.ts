import type { Cloud } from '../estate/catalog';

/** A colour on light and on dark ground. */
export interface Tone {
  readonly light: string;
  readonly dark: string;
}

/**
 * Every colour of the page and of graphs, by the name of its CSS property without `--`.
 *
 * Text of `ink`, `soft`, `link` and of states stands on `ground`, `sheet` and `band` with a contrast of 4.5 at least, and
 * `on-mark` on every mark; marks stand out from the grounds by 3 at least. A test reckons them all.
 */
export const PALETTE = {
  ground: { light: '#ffffff', dark: '#14171c' },
  sheet: { light: '#f6f7f9', dark: '#1c2027' },
  band: { light: '#e9ecf0', dark: '#272c35' },
  rule: { light: '#c6ccd4', dark: '#454d5a' },
  ink: { light: '#1a1f26', dark: '#e8ebef' },
  soft: { light: '#515a66', dark: '#a9b2bf' },
  link: { light: '#0b57d0', dark: '#8ab4f8' },
  land: { light: '#dfe3e8', dark: '#2c323c' },
  'on-mark': { light: '#ffffff', dark: '#0d1014' },
  aws: { light: '#a64b00', dark: '#f5a35c' },
  azure: { light: '#0b5cad', dark: '#6cb2ff' },
  google: { light: '#1b7a3d', dark: '#6fcf8e' },
  oracle: { light: '#b3261e', dark: '#ff9a8f' },
  other: { light: '#5f6368', dark: '#b4b9c2' },
  spare: { light: '#6b7480', dark: '#98a2b0' },
  good: { light: '#1b7a3d', dark: '#6fcf8e' },
  warn: { light: '#8a5a00', dark: '#f0c060' },
  bad: { light: '#b3261e', dark: '#ff9a8f' },
} as const satisfies Readonly<Record<string, Tone>> & Readonly<Record<Cloud, Tone>>;

/** Name of a colour. */
export type ToneName = keyof typeof PALETTE;

/** The declarations of all colours on one ground. */
export function toneDeclarations(ground: keyof Tone): string {
  return Object.entries(PALETTE)
    .map(([name, tone]) => `--${name}:${tone[ground]}`)
    .join(';');
}

/** A colour as a value of CSS and of attributes of SVG. */
export function tone(name: ToneName): string {
  return `var(--${name})`;
}
