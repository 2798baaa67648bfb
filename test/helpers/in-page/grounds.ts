import { type Colour, colourOf, hex, NOTHING, over, thinned } from './colours';
import { pointsOf, shownShapes } from './pictures';
import { called } from './shown';

/** How opaque an element is painted, with those that it lies in. */
export function opacityOf(element: Element): number {
  let opacity = 1;
  for (let at: Element | null = element; at !== null; at = at.parentElement)
    opacity *= Number(getComputedStyle(at).opacity);
  return opacity;
}

/** What an element and those around it paint below its text, down to the ground of the window. */
export function groundOf(element: Element): Colour {
  const layers: Colour[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.backgroundImage !== 'none')
      throw new Error(`${called(at)} has a picture as its ground: its texts cannot be judged`);
    layers.push(thinned(colourOf(style.backgroundColor), opacityOf(at)));
    // To ask for the ground of the window lays the page out anew.
    if (layers.at(-1)?.alpha === 1) return layers.reduce(over);
  }
  return [...layers, windowGround()].reduce(over);
}

/** What a browser paints where a page paints nothing. */
function windowGround(): Colour {
  const probe = document.createElement('div');
  probe.style.color = 'Canvas';
  document.documentElement.append(probe);
  const ground = colourOf(getComputedStyle(probe).color);
  probe.remove();
  return ground;
}

/** A shape of a picture that covers what is drawn before it. */
export interface Mark {
  readonly shape: SVGGeometryElement;
  readonly rect: DOMRect;
  /** From the screen to its own measures. */
  readonly back: DOMMatrix;
  /** What it paints: of a pattern and of a gradient each colour. */
  readonly fills: readonly Colour[];
}

const FILLED = 'rect, circle, ellipse, path, polygon, polyline';

/** Shapes of a picture that are filled, in the order of painting. */
export function marksOf(svg: SVGSVGElement): Mark[] {
  return shownShapes(svg, FILLED).flatMap((shape) => {
    const matrix = shape.getScreenCTM();
    if (!(shape instanceof SVGGeometryElement) || matrix === null) return [];
    const { fill, fillOpacity } = getComputedStyle(shape);
    const opacity = Number(fillOpacity) * opacityOf(shape);
    const fills = coloursOf(fill).map((colour) => thinned(colour, opacity));
    if (fills.every(({ alpha }) => alpha === 0)) return [];
    return [{ shape, rect: shape.getBoundingClientRect(), back: matrix.inverse(), fills }];
  });
}

function coloursOf(fill: string): Colour[] {
  const id = /^url\(["']?#(?<id>[^"')]+)/.exec(fill)?.groups?.id;
  if (id === undefined) return [colourOf(fill)];
  const server = document.getElementById(id);
  if (server === null) return [NOTHING];
  const stops = [...server.querySelectorAll('stop')].map((stop) => colourOf(getComputedStyle(stop).stopColor));
  const drawn = [...server.querySelectorAll('*')].flatMap((shape) => {
    const { fill: inner, stroke } = getComputedStyle(shape);
    return [inner, stroke].filter((paint) => paint !== 'none').map(colourOf);
  });
  return stops.length > 0 ? stops : [NOTHING, ...drawn];
}

/** Colours that a text of a picture stands on, at points from its start to its end. */
export function groundsOf(text: SVGGraphicsElement, marks: readonly Mark[], below: Colour): Colour[] {
  const earlier = marks.filter(({ shape }) => text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING);
  const found = pointsOf(text, 5, 1).flatMap((point) => groundsAt(point, earlier, below));
  return distinct(found);
}

function groundsAt(point: DOMPoint, marks: readonly Mark[], below: Colour): Colour[] {
  const { x, y } = point;
  return marks
    .filter(({ rect }) => rect.left <= x && x <= rect.right && rect.top <= y && y <= rect.bottom)
    .filter(({ shape, back }) => shape.isPointInFill(point.matrixTransform(back)))
    .reduce<Colour[]>(
      (grounds, { fills }) => distinct(grounds.flatMap((ground) => fills.map((fill) => over(fill, ground)))),
      [below],
    );
}

function distinct(colours: readonly Colour[]): Colour[] {
  return [...new Map(colours.map((colour) => [hex(colour), colour])).values()];
}

/** The colour of an edge that a text is drawn on, which keeps it apart from what is below. */
export function haloOf(text: Element): Colour | undefined {
  const { paintOrder, stroke, strokeWidth, strokeOpacity } = getComputedStyle(text);
  const isHalo = paintOrder.startsWith('stroke') && stroke !== 'none' && Number.parseFloat(strokeWidth) >= 2;
  return isHalo ? thinned(colourOf(stroke), Number(strokeOpacity)) : undefined;
}
