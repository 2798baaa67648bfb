import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveEstate } from '../../cli/app';
import { synthesizeAws, synthesizeTerraform } from '../../cli/synthesize';
import { ENGINES } from '../../estate/catalog';
import { type LinkPeer, VPN_GATEWAYS } from '../../estate/catalog/links';
import type { LinkPlan, LinkSide } from '../../estate/plan/links/types';
import type { Plan, SitePlan } from '../../estate/plan/types';
import { EMPTY_EXCHANGE, type Exchange, exchangePathOf } from '../../estate/spec/exchange';
import { parseEstate } from '../../estate/spec/load';
import { isJsonObject, type JsonObject } from '../../terraform/document';
import { readStacks } from '../../terraform/manifest';
import { writeEstate } from '../estates';
import type { Planned, PlannedSides } from './judge';
import type { HalfSide, Sides } from './side';
import { SIDE_READERS } from './sides';

/** A connection to bring up. */
export interface Connection {
  readonly name: string;
  readonly sides: Sides;
  readonly planned: PlannedSides;
}

/** The estate that the lab brings up: one site on each cloud. */
export const LAB_ESTATE = join(__dirname, 'estate.yaml');

/** Names of the links of an estate file that are encrypted tunnels between clouds, as far as the file itself tells. */
export function linkNames(file: string): readonly string[] {
  const { estate } = parseEstate(readFileSync(file, 'utf8'), file);
  return Object.entries(estate.links)
    .filter(([, { to, kind, via }]) => to === undefined && kind !== 'interconnect' && via === undefined)
    .map(([name]) => name);
}

const isGiver = (peer: LinkPeer): boolean => VPN_GATEWAYS[peer].role === 'giver';

/** Addresses that are for documents, one after the other. */
function* documentAddresses(): Generator<string, never> {
  for (;;)
    for (const block of ['203.0.113', '198.51.100']) for (let host = 1; host < 255; host += 1) yield `${block}.${host}`;
}

/** What clouds would tell of the tunnels of an estate after an apply: every public address is one for documents. */
export function madeUpExchange(estate: string, links: readonly LinkPlan[]): Exchange {
  const addresses = documentAddresses();
  const next = () => addresses.next().value;
  const gateways: Record<string, { addresses: string[] }> = {};
  const tunnels: Record<string, Record<string, Record<string, string>>> = {};
  for (const { key, sides, tunnels: all } of links) {
    for (const { peer, site } of sides.filter((side) => side.peer !== 'on-premises' && all.length > 0)) {
      if (isGiver(peer)) {
        gateways[site] ??= { addresses: Array.from({ length: VPN_GATEWAYS[peer].interfaces }, next) };
      } else {
        const told = all.map(({ insideCidr }) => [insideCidr, next()] as const);
        tunnels[key] = { ...tunnels[key], [site]: Object.fromEntries(told) };
      }
    }
  }
  return { ...EMPTY_EXCHANGE, estate, gateways, tunnels };
}

/** The estate beside its lock and its exchange file in a folder, resolved. */
async function resolveIn(folder: string, file: string): Promise<{ readonly plan: Plan; readonly exchange: Exchange }> {
  const copy = join(folder, 'estate.yaml');
  await writeEstate(readFileSync(file, 'utf8'), copy, file);
  const { plan } = resolveEstate(copy);
  const exchange = madeUpExchange(plan.name, plan.links);
  writeFileSync(exchangePathOf(copy), `${JSON.stringify(exchange, null, 2)}\n`);
  return { plan: resolveEstate(copy).plan, exchange };
}

const sitesOf = (plan: Plan): readonly SitePlan[] =>
  plan.data.clouds.flatMap((cloud): readonly SitePlan[] => plan.sites(cloud));

type DocumentOf = (stack: string) => JsonObject;

/** Stacks that sides are read from. */
function wantedStacks(plan: Plan): string[] {
  return sitesOf(plan).flatMap(({ stacks, gateway, links = [] }) => [
    stacks.network,
    ...(gateway === undefined ? [] : [gateway.stack]),
    ...links.map(({ stack }) => stack),
  ]);
}

async function synthesizeInto(
  folder: string,
  plan: Plan,
): Promise<Readonly<Record<'cloudformation' | 'terraform', DocumentOf>>> {
  const options = {
    plan: plan.data,
    awsOutdir: join(folder, 'cdk.out'),
    terraformOutdir: join(folder, 'cdktf.out'),
    stacks: wantedStacks(plan),
  };
  await synthesizeAws(options);
  await synthesizeTerraform(options);
  const stacks = readStacks(options.terraformOutdir);
  return {
    terraform: (stack) => stacks.get(stack)?.json ?? {},
    cloudformation: (stack) => {
      const template: unknown = JSON.parse(readFileSync(join(options.awsOutdir, `${stack}.template.json`), 'utf8'));
      return isJsonObject(template) ? template : {};
    },
  };
}

function plannedOf({ asn = 0, prefixes }: LinkSide, { tunnels }: LinkPlan, end: 0 | 1): Planned {
  return { asn, prefixes, insides: tunnels.map(({ ends }) => ends[end].inside) };
}

/** Synthesizes an estate into a folder, and reads both sides of its tunnels between clouds from what comes out. */
export async function connectionsOf(file: string, folder: string): Promise<readonly Connection[]> {
  const { plan, exchange } = await resolveIn(folder, file);
  const documents = await synthesizeInto(folder, plan);
  const sideOf = ({ key }: LinkPlan, { peer, site: name, stack }: LinkSide): HalfSide => {
    const site = sitesOf(plan).find((each) => each.key === name);
    if (peer === 'on-premises' || site === undefined) throw new Error(`link ${key} has no site ${name}`);
    const document = (from: string | undefined) => (from === undefined ? {} : documents[ENGINES[peer]](from));
    return SIDE_READERS[peer]({
      site: name,
      link: { key, document: document(stack) },
      gateway: document(site.gateway?.stack),
      network: document(site.stacks.network),
      exchange,
    });
  };
  return plan.links
    .filter(({ tunnels, sides }) => tunnels.length > 0 && sides.every(({ peer }) => peer !== 'on-premises'))
    .map((link) => ({
      name: link.key,
      sides: [sideOf(link, link.sides[0]), sideOf(link, link.sides[1])],
      planned: [plannedOf(link.sides[0], link, 0), plannedOf(link.sides[1], link, 1)],
    }));
}
