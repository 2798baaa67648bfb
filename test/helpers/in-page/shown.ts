/// <reference lib="dom" />

/** Whether an element is painted: neither it nor what it lies in is hidden, transparent or in closed details. */
export function isShown(element: Element): boolean {
  return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !isForReaders(element);
}

/** Whether an element is kept for screen readers alone: cut to a pixel, or wholly before the start of the page until it has focus. */
function isForReaders(element: Element): boolean {
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    if (!(at instanceof HTMLElement) || !/^(absolute|fixed)$/.test(getComputedStyle(at).position)) continue;
    const { width, height, right, bottom } = at.getBoundingClientRect();
    if (width <= 1 || height <= 1 || right + window.scrollX <= 0 || bottom + window.scrollY <= 0) return true;
  }
  return false;
}

/** Whether an element of SVG only lends its form to others. */
export function isTemplate(element: Element): boolean {
  return element.closest('defs, clipPath, mask, marker, pattern, symbol') !== null;
}

/** All elements of a page that are painted, of pictures only the outermost `svg`. */
export function shownElements(): HTMLElement[] {
  return [...document.body.querySelectorAll<HTMLElement>('*')].filter(
    (element) => element instanceof HTMLElement && isShown(element),
  );
}

/** All pictures of a page that are painted. */
export function shownPictures(): SVGSVGElement[] {
  return [...document.querySelectorAll<SVGSVGElement>('svg')].filter(
    (svg) => svg.parentElement?.closest('svg') == null && isShown(svg),
  );
}

/** Texts of an element itself, not of those in it. */
export function ownTexts(element: Element): Text[] {
  return [...element.childNodes].flatMap((node) => (node instanceof Text && /\S/.test(node.data) ? [node] : []));
}

/** An element as messages call it: where it lies, and how its text begins. */
export function called(element: Element): string {
  const name = (one: Element) => {
    const [first] = one.classList;
    return `${one.localName}${one.id ? `#${one.id}` : first ? `.${first}` : ''}`;
  };
  const text = (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  const holder = element.parentElement?.closest('[id]');
  const within = holder ? `${name(holder)} ` : '';
  return `${within}${name(element)}${text === '' ? '' : ` "${text.length > 40 ? `${text.slice(0, 39)}…` : text}"`}`;
}

/** Size of the letters of an element on the screen. */
export function paintedPx(element: Element): number {
  const px = Number.parseFloat(getComputedStyle(element).fontSize);
  const matrix = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null;
  return matrix === null ? px : px * Math.hypot(matrix.b, matrix.d);
}
