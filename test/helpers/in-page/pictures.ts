import { called, isShown, isTemplate } from './shown';

const SHAPES = 'text, rect, circle, ellipse, line, path, polygon, polyline, image, use';

/** Edges of marks are drawn half outside of them. */
const EDGE = 1.5;

/** How much of the smaller of two texts may lie under the other: lines that follow each other closely touch. */
const TOUCHING = 0.2;

/** Shapes and texts that a picture cuts; those that are drawn through a clip are cut on purpose. */
export function shapesOutside(svg: SVGSVGElement): string[] {
  const around = svg.getBoundingClientRect();
  return shownShapes(svg, SHAPES).flatMap((shape) => {
    const rect = shape.getBoundingClientRect();
    const px = Math.max(
      around.left - rect.left,
      rect.right - around.right,
      around.top - rect.top,
      rect.bottom - around.bottom,
    );
    return px > EDGE && !isClipped(shape, svg)
      ? [`${called(shape)} sticks out of ${called(svg)} by ${Math.round(px)} px`]
      : [];
  });
}

/** Shapes of a picture that are painted, in the order of painting. */
export function shownShapes(svg: SVGSVGElement, selector: string): SVGGraphicsElement[] {
  return [...svg.querySelectorAll<SVGGraphicsElement>(selector)].filter(
    (shape) => !isTemplate(shape) && isShown(shape),
  );
}

function isClipped(shape: Element, svg: Element): boolean {
  for (let at: Element | null = shape; at !== null && at !== svg; at = at.parentElement) {
    if (getComputedStyle(at).clipPath !== 'none') return true;
  }
  return false;
}

/** Texts of a picture that lie on each other. */
export function textsOverlapping(svg: SVGSVGElement): string[] {
  const texts = shownShapes(svg, 'text')
    .map((text) => ({ text, rect: text.getBoundingClientRect() }))
    .filter(({ rect }) => rect.width > 0 && rect.height > 0);
  return texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter((other) => touch(one.rect, other.rect) && shared(one.text, other.text) > TOUCHING)
      .map((other) => `${called(one.text)} and ${called(other.text)} overlap`),
  );
}

function touch(one: DOMRect, other: DOMRect): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** The share of the smaller box of two that lies in the other, turned or not, by a grid of points. */
function shared(one: SVGGraphicsElement, other: SVGGraphicsElement): number {
  return Math.max(shareWithin(one, other), shareWithin(other, one));
}

const ACROSS = 24;
const DOWN = 6;

function shareWithin(inner: SVGGraphicsElement, outer: SVGGraphicsElement): number {
  const box = outer.getBBox();
  const back = outer.getScreenCTM()?.inverse();
  const points = pointsOf(inner, ACROSS, DOWN).map((point) => point.matrixTransform(back));
  const within = points.filter(({ x, y }) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height);
  return within.length / points.length;
}

/** Points on the screen, spread evenly over the box of a shape. */
export function pointsOf(shape: SVGGraphicsElement, across: number, down: number): DOMPoint[] {
  const { x, y, width, height } = shape.getBBox();
  const matrix = shape.getScreenCTM() ?? undefined;
  return Array.from({ length: across * down }, (_, index) => {
    const column = (index % across) + 0.5;
    const row = Math.floor(index / across) + 0.5;
    return new DOMPoint(x + (column / across) * width, y + (row / down) * height).matrixTransform(matrix);
  });
}

/**
 * Texts that are wider than the mark that they label: the rectangle that `data-label-of` names by its id, else
 * the uppermost one beside them in the same `g` on which their middle lies.
 */
export function labelsOutside(svg: SVGSVGElement): string[] {
  return shownShapes(svg, 'text').flatMap((text) => {
    const mark = markOf(text);
    if (mark === undefined) return [];
    const label = text.getBoundingClientRect();
    const around = mark.getBoundingClientRect();
    const px = Math.max(around.left - label.left, label.right - around.right);
    return px > EDGE ? [`${called(text)} is wider than its mark by ${Math.round(px)} px`] : [];
  });
}

function markOf(text: SVGGraphicsElement): Element | undefined {
  const named = text.getAttribute('data-label-of');
  if (named !== null) return document.getElementById(named) ?? undefined;
  const { left, right, top, bottom } = text.getBoundingClientRect();
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const beside = [...(text.parentElement?.children ?? [])].filter(
    (shape) => shape.localName === 'rect' && isShown(shape),
  );
  const on = beside.filter((shape) => {
    const rect = shape.getBoundingClientRect();
    return rect.left <= x && x <= rect.right && rect.top <= y && y <= rect.bottom;
  });
  return text.parentElement?.localName === 'g' ? on.at(-1) : undefined;
}
