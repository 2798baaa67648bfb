import { called, isShown } from './shown';

/** What a page tells, whether it has to be unfolded or not: chapters, pictures, and tables with their rows. */
export function told(): string[] {
  const chapters = [...document.querySelectorAll('h1, h2, h3')].filter(isShown).map((heading) => textOf(heading));
  const pictures = [...document.querySelectorAll('svg')].filter(isShown).map((svg) => `picture ${svg.ariaLabel}`);
  const tables = [...document.querySelectorAll('table')].filter(isReachable).map((table) => {
    const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter(({ hidden }) => !hidden);
    return `table ${table.caption === null ? '' : textOf(table.caption)} with ${rows.length} rows`;
  });
  return [...chapters, ...pictures, ...tables];
}

/** Controls that are painted. */
export function controls(): string[] {
  return [...document.querySelectorAll('form, input, select, textarea, button, output')].filter(isShown).map(called);
}

function textOf(element: Element): string {
  return (element.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** Whether an element is painted when all folds around it are opened. */
function isReachable(element: Element): boolean {
  const fold = element.parentElement?.closest('details');
  return fold ? isReachable(fold) : isShown(element);
}
