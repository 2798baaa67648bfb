import { contrast, hex } from './colours';
import { groundOf } from './grounds';
import { called, isShown } from './shown';

const CONTROLS = 'input, select, textarea, button, nav';

/** Controls that are painted: on paper they do nothing. The text of one that stands for a header stays. */
export function onlyForScreens(): string[] {
  return [...document.querySelectorAll(CONTROLS)]
    .filter((control) => isShown(control) && control.closest('th') === null)
    .map((control) => `${called(control)} is of no use on paper`);
}

/** Folds whose content is not painted. */
export function closedFolds(): string[] {
  return [...document.querySelectorAll('details')].flatMap((fold) => {
    const inner = [...fold.children].filter((child) => child.localName !== 'summary');
    return isShown(fold) && inner.some((child) => !isShown(child)) ? [`${called(fold)} stays closed`] : [];
  });
}

const WHITE = { red: 1, green: 1, blue: 1, alpha: 1 };

/** A ground that is not near white. */
export function darkGround(): string[] {
  const ground = groundOf(document.body);
  return contrast(ground, WHITE) > 1.2 ? [`the page has the ground ${hex(ground)}`] : [];
}
