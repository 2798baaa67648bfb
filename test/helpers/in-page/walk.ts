import { focusables } from './focus';
import { called } from './shown';

/** What had the focus, one after the other. */
let reached: Element[] = [];

/** What Tab is to reach, and where it begins: before everything. */
let expected: Element[] = [];
let start: HTMLElement | undefined;

const note = ({ target }: FocusEvent) => {
  if (target instanceof Element && target !== start) reached.push(target);
};

/** Puts the focus before everything and begins to note who gets it; says how many Tab is to reach. */
export function startWalk(): number {
  expected = focusables();
  start = document.createElement('span');
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  document.addEventListener('focusin', note, true);
  reached = [];
  return expected.length;
}

/** The first that got the focus since the last call and is not what is next in the order, or against it. */
export function walked(direction: 'forth' | 'back'): string[] {
  const had = reached;
  reached = [];
  const order = direction === 'forth' ? expected : expected.slice(0, -1).reverse();
  const at = order.findIndex((element, index) => had[index] !== element);
  const [wanted, got, before] = [order[at], had[at], order[at - 1]];
  if (wanted === undefined) return [];
  const key = direction === 'forth' ? 'Tab' : 'Shift+Tab';
  const after = before === undefined ? 'first' : `after ${called(before)}`;
  return [`${key} reaches ${got === undefined ? 'nothing' : called(got)} ${after}, not ${called(wanted)}`];
}

/** Puts the focus on the last that Tab is to reach. */
export function focusLast(): void {
  const last = expected.at(-1);
  if (last instanceof HTMLElement || last instanceof SVGElement) last.focus();
  reached = [];
}

/** What keeps the focus though Tab was pressed on it. */
export function keptFocus(): string[] {
  const last = expected.at(-1);
  const isKept = last !== undefined && expected.length > 1 && document.activeElement === last && reached.length === 0;
  return isKept ? [`Tab does not leave ${called(last)}`] : [];
}

/** Ends what `startWalk` began. */
export function endWalk(): void {
  document.removeEventListener('focusin', note, true);
  start?.remove();
}

/** The content that the first link leads to; none where the first that Tab reaches is no link to it. */
function skipTarget(): Element | undefined {
  const [first] = focusables();
  const main = document.querySelector('main');
  return main !== null && first?.getAttribute('href') === `#${main.id}` ? main : undefined;
}

/** Puts the focus on the link over the frame; says whether there is one. */
export function focusSkipLink(): boolean {
  const [first] = focusables();
  if (skipTarget() === undefined || !(first instanceof HTMLElement)) return false;
  first.focus();
  return true;
}

/** What Tab reaches before the content, after the link over the frame was followed. */
export function skippedTo(): string[] {
  const target = skipTarget();
  const active = document.activeElement ?? document.body;
  const wanted = focusables().find((element) => target?.contains(element));
  return wanted === undefined || active === wanted
    ? []
    : [`the link over the frame leads to ${called(active)}, not to ${called(wanted)}`];
}

/** How many of a kind are tried: all are made by the same code. */
const EACH = 3;

const KINDS = ['summary', 'th button', 'thead th[tabindex]', '[role="button"]'];

let tried: HTMLElement[] = [];

/** What keys operate: the first of each kind. */
export function operables(): string[] {
  const reachable = focusables();
  tried = KINDS.flatMap((kind) =>
    reachable
      .flatMap((element) => (element instanceof HTMLElement && element.matches(kind) ? [element] : []))
      .slice(0, EACH),
  );
  return tried.map(called);
}

/** Puts the focus on one of them. */
export function focusOn(index: number): void {
  tried[index]?.focus();
}

/** What changes when one of them is operated. */
export function stateOf(index: number): string {
  const element = tried[index];
  const holder = element?.closest('details, th');
  const { ariaExpanded, ariaPressed } = element ?? {};
  const open = holder instanceof HTMLDetailsElement ? holder.open : undefined;
  return JSON.stringify([open, holder?.getAttribute('aria-sort'), ariaExpanded, ariaPressed]);
}
