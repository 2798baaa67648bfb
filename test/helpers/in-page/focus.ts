import { called, isShown } from './shown';

const FOCUSABLE =
  'a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]';

/** What Tab reaches, in the order of the document. */
export function focusables(): Element[] {
  return [...document.querySelectorAll('*')].filter((element) => {
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return false;
    if (!element.matches(FOCUSABLE)) return scrollsAlone(element);
    if (element.matches(':disabled, [tabindex="-1"], input[type="hidden"], [inert] *')) return false;
    if (element instanceof HTMLInputElement && element.type === 'radio') return isStopOfRadios(element);
    return element.checkVisibility({ visibilityProperty: true }) && isStopOfDetails(element);
  });
}

/** Only the first `summary` of its `details` opens them. */
function isStopOfDetails(element: Element): boolean {
  if (element.localName !== 'summary' || element.hasAttribute('tabindex')) return true;
  return element.parentElement?.querySelector(':scope > summary') === element;
}

/** Of a group of radio buttons Tab reaches the one that is chosen, else the first. */
function isStopOfRadios(input: HTMLInputElement): boolean {
  const group = [...document.querySelectorAll<HTMLInputElement>('input[type="radio"]')].filter(
    ({ name, form }) => name === input.name && form === input.form,
  );
  return (
    (group.find(({ checked }) => checked) ?? group[0]) === input && input.checkVisibility({ visibilityProperty: true })
  );
}

/** Chromium lets keys reach a region that scrolls, where nothing in it can have the focus. */
function scrollsAlone(element: Element): boolean {
  const { overflowX, overflowY } = getComputedStyle(element);
  const scrolls =
    (/^(auto|scroll)$/.test(overflowX) && element.scrollWidth > element.clientWidth) ||
    (/^(auto|scroll)$/.test(overflowY) && element.scrollHeight > element.clientHeight);
  return (
    scrolls && isShown(element) && element !== document.scrollingElement && element.querySelector(FOCUSABLE) === null
  );
}

/** What Tab reaches that does not show by an outline or a shadow that it has the focus, or that something covers then. */
export function hiddenFocus(): string[] {
  blur();
  const faults = focusables().flatMap((element) => {
    if (!(element instanceof HTMLElement || element instanceof SVGElement)) return [];
    const before = outlineOf(element);
    element.focus();
    if (document.activeElement !== element) return [`${called(element)} does not take the focus`];
    const shows = outlineOf(element) !== before;
    return [...(shows ? [] : [`${called(element)} does not show its focus`]), ...covered(element)];
  });
  blur();
  return faults;
}

function blur(): void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

function outlineOf(element: Element): string {
  const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(element);
  const outline =
    outlineStyle === 'none' || outlineWidth === '0px' ? 'none' : `${outlineStyle} ${outlineWidth} ${outlineColor}`;
  return `${outline}, ${boxShadow}`;
}

/** Places of what is in sight of a box that are asked for what is uppermost there. */
const ASKED = [0.5, 0.1, 0.9];

function covered(element: Element): string[] {
  const seen = [...element.getClientRects()].some((rect) => {
    const [left, top] = [Math.max(0, rect.left), Math.max(0, rect.top)];
    const width = Math.min(window.innerWidth, rect.right) - left;
    const height = Math.min(window.innerHeight, rect.bottom) - top;
    return ASKED.some((share) => {
      const upper = document.elementFromPoint(left + share * width, top + share * height);
      return upper !== null && (element.contains(upper) || upper.closest('label')?.contains(element) === true);
    });
  });
  return seen ? [] : [`${called(element)} is covered or out of sight when it has the focus`];
}

/** What looks as if it were to be clicked, and Tab does not reach. */
export function mouseOnly(): string[] {
  const reachable = new Set(focusables());
  const isReachable = (element: Element) => element.matches('label') || reachable.has(element);
  const isClicked = (element: Element) =>
    element.matches('[onclick], [role="button"], [role="link"]') || getComputedStyle(element).cursor === 'pointer';
  return [...document.body.querySelectorAll('*')]
    .filter((element) => isShown(element) && isClicked(element) && !element.matches(':disabled, [tabindex="-1"]'))
    .filter((element) => !ancestors(element).some(isReachable) && !isClicked(element.parentElement ?? document.body))
    .map((element) => `${called(element)} is clicked, and Tab does not reach it`);
}

function ancestors(element: Element): Element[] {
  return element.parentElement === null ? [element] : [element, ...ancestors(element.parentElement)];
}
