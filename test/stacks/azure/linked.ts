import { TerraformStack, Testing } from '../../../constructs/cdktf';
import { planLayout } from '../../../estate/plan/layout';
import type { Lock } from '../../../estate/plan/lock';
import { resolve } from '../../../estate/plan/resolve';
import { EMPTY_EXCHANGE, type Exchange } from '../../../estate/spec/exchange';
import { type Estate, estateSchema } from '../../../estate/spec/schema';
import { addStacks } from '../../../stacks/azure';
import { linkedEstate, planOf } from '../../helpers/linked';
import { synthStack } from '../../helpers/terraform';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };

const between = (links: Readonly<Record<string, readonly [string, string]>>) =>
  Object.fromEntries(Object.entries(links).map(([key, pair]) => [key, { between: pair }]));

/** With a second site of Azure, and one where it meets Oracle Cloud. */
export function estateOf(links: object): Estate {
  const estate = linkedEstate({});
  const eastus2 = estate.sites.eastus2;
  return estateSchema.parse({
    ...estate,
    sites: {
      ...estate.sites,
      london: { ...eastus2, region: 'uksouth' },
      westus3: { ...eastus2, region: 'westus3' },
    },
    links,
  });
}

/** Everything that the other sites could have told. */
export function toldTo(estate: Estate): Partial<Exchange> {
  const ranges = Object.values(planOf(estate).links.flatMap(({ tunnels }) => tunnels)).map(
    (tunnel) => tunnel.insideCidr,
  );
  const addresses = Object.fromEntries(ranges.map((range, index) => [range, `203.0.113.${index + 1}`]));
  return {
    gateways: { iowa: { addresses: ['198.51.100.1', '198.51.100.2'] } },
    tunnels: Object.fromEntries(
      Object.keys(estate.links).map((link) => [link, { ohio: addresses, phoenix: addresses }]),
    ),
  };
}

/** Stacks of Azure by name, with the names of those that they are applied after. */
export function stacksOf(estate: Estate, exchange: Partial<Exchange> = toldTo(estate), lock?: Lock) {
  const app = Testing.app();
  const told = { ...EMPTY_EXCHANGE, ...exchange, estate: estate.name };
  addStacks(app, resolve(estate, lock ?? planLayout(estate).lock, FILES, told));
  return new Map(
    app.node.children.flatMap((child) =>
      child instanceof TerraformStack
        ? [[child.node.id, { json: synthStack(child), after: child.dependencies.map(({ node }) => node.id) }] as const]
        : [],
    ),
  );
}

/** Links of every kind of one site. */
export const ALL = between({
  west: ['eastus2', 'ohio'],
  google: ['eastus2', 'iowa'],
  oracle: ['eastus2', 'phoenix'],
  inside: ['eastus2', 'london'],
});
/** A link to Oracle Cloud by a circuit. */
export const CIRCUIT = { circuit: { between: ['westus3', 'phoenix'], kind: 'interconnect', gbps: 2 } } as const;
