/** A colour of sRGB, each part from 0 to 1. */
export interface Colour {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
  readonly alpha: number;
}

/** What is not painted. */
export const NOTHING: Colour = { red: 0, green: 0, blue: 0, alpha: 0 };

/** A computed colour as browsers write it; throws on a form that it does not know rather than taking it for another. */
export function colourOf(text: string): Colour {
  if (/^(none|transparent)$/.test(text)) return NOTHING;
  const bytes = /^rgba?\((?<parts>[^)]+)\)$/.exec(text)?.groups?.parts;
  const shares = /^color\(srgb (?<parts>[^)]+)\)$/.exec(text)?.groups?.parts;
  const numbers = (bytes ?? shares ?? '').split(/[\s,/]+/).map(Number);
  const [red, green, blue, alpha = 1] = numbers;
  if (red === undefined || green === undefined || blue === undefined || numbers.some(Number.isNaN)) {
    throw new Error(`${text} is no colour that this test knows`);
  }
  const most = bytes === undefined ? 1 : 255;
  return { red: red / most, green: green / most, blue: blue / most, alpha };
}

/** A colour that lets more of what is below it through. */
export function thinned(colour: Colour, opacity: number): Colour {
  return { ...colour, alpha: colour.alpha * opacity };
}

/** What is seen of a colour over another. */
export function over(upper: Colour, lower: Colour): Colour {
  const alpha = upper.alpha + lower.alpha * (1 - upper.alpha);
  if (alpha === 0) return NOTHING;
  const mixed = (part: 'red' | 'green' | 'blue') =>
    (upper[part] * upper.alpha + lower[part] * lower.alpha * (1 - upper.alpha)) / alpha;
  return { red: mixed('red'), green: mixed('green'), blue: mixed('blue'), alpha };
}

/** The contrast of two opaque colours: WCAG 2.2, "contrast ratio". */
export function contrast(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** WCAG 2.2, "relative luminance". */
function luminance({ red, green, blue }: Colour): number {
  const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** A colour as people write it. */
export function hex({ red, green, blue }: Colour): string {
  return `#${[red, green, blue]
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}
