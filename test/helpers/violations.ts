import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** All rules of WCAG 2.2 A and AA, and best practices. */
const ALL: RunOptions['runOnly'] = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'],
};

/** What axe finds in a page by its rules: a text for each rule with where. */
export async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(`globalThis.axe ??= (() => { ${axe.source}; return axe; })(); undefined`);
  const options: RunOptions = { runOnly: ALL, resultTypes: ['violations'] };
  const results = await page.evaluate<Pick<AxeResults, 'violations'>>(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => ({ violations }))`,
  );
  return results.violations.map(({ id, help, nodes }) => {
    const [first] = nodes;
    const more = nodes.length > 1 ? ` and ${nodes.length - 1} more` : '';
    return `${id}: ${help}: ${String(first?.target.join(' '))}${more}`;
  });
}
