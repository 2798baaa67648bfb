import { labelsOutside, shapesOutside, textsOverlapping } from './pictures';
import { called, isShown, ownTexts, paintedPx, shownElements, shownPictures } from './shown';

/** Layout rounds to a pixel. */
const ROUNDING = 1.5;

/**
 * What is outside of its box: the page itself, boxes and texts of it, and what pictures are made of.
 *
 * A box may stick out of another where one between scrolls; one that cuts instead hides what is in it. Boxes in lines, such
 * as code, may be higher than their line, and what is placed apart from the flow is held against the page alone.
 */
export function outside(): string[] {
  return [...pageOutside(), ...boxesOutside(), ...shownPictures().flatMap(pictureOutside)];
}

function pageOutside(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide in a window of ${clientWidth}`] : [];
}

function pictureOutside(svg: SVGSVGElement): string[] {
  return [...shapesOutside(svg), ...textsOverlapping(svg), ...labelsOutside(svg)];
}

function boxesOutside(): string[] {
  return shownElements().flatMap((element) => {
    const style = getComputedStyle(element);
    if (element.matches('option, optgroup, col, colgroup, br, wbr') || style.display === 'contents') return [];
    const isApart = /^(absolute|fixed)$/.test(style.position);
    const box = isApart ? document.documentElement : boxAround(element);
    const isLine = style.display === 'inline';
    const own = sticksOut([element.getBoundingClientRect()], box, isLine, called(element));
    const texts = ownTexts(element).flatMap((text) => {
      const range = document.createRange();
      range.selectNodeContents(text);
      return sticksOut(
        [...range.getClientRects()],
        isLine ? boxAround(element) : element,
        true,
        `text of ${called(element)}`,
      );
    });
    return [...own, ...texts];
  });
}

/** The next box around an element that is no part of a line. */
function boxAround(element: Element): Element {
  for (let at = element.parentElement; at !== null; at = at.parentElement) {
    if (!/^(inline|contents)$/.test(getComputedStyle(at).display)) return at;
  }
  return document.documentElement;
}

function sticksOut(rects: readonly DOMRect[], box: Element, isLine: boolean, name: string): string[] {
  if (box === document.documentElement) return [];
  const { overflowX, overflowY } = getComputedStyle(box);
  const around = box.getBoundingClientRect();
  const over = (amount: (rect: DOMRect) => number) => Math.max(0, ...rects.map(amount));
  const sides = [
    { side: 'left', px: over((rect) => around.left - rect.left), overflow: overflowX, counts: true },
    { side: 'right', px: over((rect) => rect.right - around.right), overflow: overflowX, counts: true },
    { side: 'top', px: over((rect) => around.top - rect.top), overflow: overflowY, counts: !isLine },
    { side: 'bottom', px: over((rect) => rect.bottom - around.bottom), overflow: overflowY, counts: !isLine },
  ];
  return sides
    .filter(({ px, overflow, counts }) => counts && px > ROUNDING && !/^(auto|scroll)$/.test(overflow))
    .map(({ side, px }) => `${name} sticks out of ${called(box)} by ${Math.round(px)} px at the ${side}`);
}

/** Texts that are painted so small that nobody reads them, in pictures that shrink with the window too. */
export function tinyTexts(smallestPx: number): string[] {
  const pictures = shownPictures().flatMap((svg) => [...svg.querySelectorAll<SVGTextElement>('text')].filter(isShown));
  const texts = [...shownElements().filter((element) => ownTexts(element).length > 0), ...pictures];
  return texts.flatMap((element) => {
    const px = paintedPx(element);
    return px < smallestPx ? [`${called(element)} is ${px.toFixed(1)} px small`] : [];
  });
}
