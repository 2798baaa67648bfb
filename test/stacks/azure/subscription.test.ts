import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { AZURE_NAMESPACES } from '../../../estate/catalog/azure-subscription';
import ids from '../../../provider/rules/ids.json';
import { addStacks } from '../../../stacks/azure';
import { ROOT } from '../../helpers/cli';
import { synthStack } from '../../helpers/terraform';
import { fixture } from './fixture';

/** Every subscription has these from the start. */
const ALWAYS = ['Microsoft.Authorization', 'Microsoft.Features'];

const shapes = new Map(Object.entries(ids.azurerm).map(([type, shape]) => [`azurerm_${type}`, shape]));

describe('resource providers of a subscription', () => {
  test('are all that what stacks make belongs to', () => {
    const app = Testing.app();
    addStacks(app, fixture());
    const types = app.node.children.flatMap((child) =>
      child instanceof TerraformStack ? Object.keys(synthStack(child).resource ?? {}) : [],
    );
    const used = new Set(types.flatMap((type) => /Microsoft\.\w+/.exec(shapes.get(type) ?? '')?.[0] ?? []));
    expect(used.size).toBeGreaterThan(7);
    const registered = [...AZURE_NAMESPACES.map(({ namespace }) => namespace), ...ALWAYS];
    expect([...used].filter((namespace) => !registered.includes(namespace))).toEqual([]);
  });

  test.each([
    ['azurerm_monitor_metric_alert', 'Microsoft.Insights'],
    ['azurerm_log_analytics_workspace', 'Microsoft.OperationalInsights'],
  ])('have that of %s, which is made where it is asked for', (type, namespace) => {
    expect(shapes.get(type)).toMatch(new RegExp(`^${namespace}/`));
    expect(AZURE_NAMESPACES).toContainEqual(expect.objectContaining({ namespace }));
  });

  test('are each named once, in order, and in the page of the cloud', () => {
    const names = AZURE_NAMESPACES.map(({ namespace }) => namespace);
    expect(names).toEqual([...new Set(names)].sort());
    const page = readFileSync(join(ROOT, 'docs/azure.md'), 'utf8').replace(/\s+/g, ' ');
    expect(page).toContain(`resource providers that stacks use: ${names.join(', ')}.`);
  });
});
