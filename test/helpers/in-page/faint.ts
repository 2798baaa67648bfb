import { type Colour, colourOf, contrast, hex, over, thinned } from './colours';
import { groundOf, groundsOf, haloOf, type Mark, marksOf, opacityOf } from './grounds';
import { shownShapes } from './pictures';
import { called, ownTexts, paintedPx, shownElements, shownPictures } from './shown';

const LARGE_PX = 24;
const LARGE_BOLD_PX = 18.66;
const BOLD = 700;

/**
 * Texts that stand out too little from what is painted below them: WCAG 2.2, 1.4.3, by computed colours.
 *
 * The ground of a text of HTML is what it and those around it paint; that of a text in a picture is what the shapes paint
 * that are drawn before it, at its start, middle and end. A control that cannot be used may be faint, as WCAG has it.
 */
export function faintTexts(): string[] {
  const faints = [...shownElements().flatMap(htmlText), ...shownPictures().flatMap(pictureTexts)];
  return faints.flatMap(({ element, text, grounds }) => {
    const style = getComputedStyle(element);
    const px = paintedPx(element);
    const isLarge = px >= LARGE_PX || (px >= LARGE_BOLD_PX && Number(style.fontWeight) >= BOLD);
    const wanted = isLarge ? 3 : 4.5;
    const [worst] = grounds
      .map((ground) => ({ ground, seen: over(text, ground) }))
      .map(({ ground, seen }) => ({ ground, seen, ratio: contrast(seen, ground) }))
      .sort((one, other) => one.ratio - other.ratio);
    if (worst === undefined || worst.ratio >= wanted) return [];
    const { ratio, seen, ground } = worst;
    return [
      `${called(element)} has a contrast of ${ratio.toFixed(2)}, below ${wanted}: ${hex(seen)} on ${hex(ground)}`,
    ];
  });
}

/** A text with its colour and all grounds that it stands on. */
interface Painted {
  readonly element: Element;
  readonly text: Colour;
  readonly grounds: readonly Colour[];
}

const PSEUDO = ['::before', '::after', '::placeholder'] as const;

function htmlText(element: HTMLElement): Painted[] {
  if (element.matches(':disabled, option, optgroup')) return [];
  const hasText = ownTexts(element).length > 0 || element.matches('input, select, textarea');
  const around = opacityOf(element);
  const written = PSEUDO.filter((pseudo) => isWritten(element, pseudo)).map((pseudo) => {
    const { color, opacity } = getComputedStyle(element, pseudo);
    return thinned(colourOf(color), Number(opacity) * around);
  });
  const texts = hasText ? [thinned(colourOf(getComputedStyle(element).color), around), ...written] : written;
  return texts.length === 0 ? [] : texts.map((text) => ({ element, text, grounds: [groundOf(element)] }));
}

function isWritten(element: HTMLElement, pseudo: (typeof PSEUDO)[number]): boolean {
  if (pseudo === '::placeholder') return element.matches('input:placeholder-shown, textarea:placeholder-shown');
  return /["'].*[^\s"'].*["']/.test(getComputedStyle(element, pseudo).content);
}

function pictureTexts(svg: SVGSVGElement): Painted[] {
  const texts = shownShapes(svg, 'text').filter((text) => /\S/.test(text.textContent ?? ''));
  if (texts.length === 0) return [];
  const below = groundOf(svg);
  const marks = marksOf(svg);
  return texts.flatMap((text) => pictureText(text, marks, below));
}

function pictureText(text: SVGGraphicsElement, marks: readonly Mark[], below: Colour): Painted[] {
  const painted = groundsOf(text, marks, below);
  const halo = haloOf(text);
  const grounds = halo === undefined ? painted : painted.map((ground) => over(halo, ground));
  const parts = [text, ...text.querySelectorAll('tspan')].filter((part) => ownTexts(part).length > 0);
  return parts.map((element) => {
    const { fill, fillOpacity } = getComputedStyle(element);
    return { element, text: thinned(colourOf(fill), Number(fillOpacity) * opacityOf(element)), grounds };
  });
}
