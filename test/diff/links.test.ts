import { estateKeys } from '../../cli/estate-key';
import { diffDocument } from '../../cli/json/diff';
import {
  diffJson,
  diffReport,
  formatDiff,
  formatDiffMarkdown,
  linkEdits,
  linkLosses,
  type ResourceChange,
} from '../../diff';
import { exchangeEdits } from '../../diff/link-edits';
import { planLayout } from '../../estate/plan/layout';
import { resolve } from '../../estate/plan/resolve';
import type { Plan } from '../../estate/plan/types';
import { stackRows } from '../../estate/report/views';
import { EMPTY_EXCHANGE } from '../../estate/spec/exchange';
import { resourceChange } from '../helpers/changes';
import { linkedEstate, planOf, SOME_GATEWAYS, SOME_LINKS } from '../helpers/linked';

const tunnelsOf = (link: string, site: string) => {
  const found = planOf(linkedEstate(SOME_LINKS)).links.find(({ key }) => key === link);
  const told = (found?.tunnels ?? []).map(({ insideCidr }, index) => [insideCidr, `52.1.1.${index + 1}`]);
  return { [link]: { [site]: Object.fromEntries(told) } };
};
const EXCHANGE = {
  gateways: SOME_GATEWAYS,
  tunnels: { ...tunnelsOf('ohio-eastus2', 'ohio'), ...tunnelsOf('iowa-phoenix', 'phoenix') },
};
const plan = planOf(linkedEstate(SOME_LINKS), EXCHANGE);

interface Part {
  readonly stack: string;
  readonly type: string;
  readonly action?: ResourceChange['action'];
  readonly address?: string;
}

const change = ({ type, action = 'replaced', address = `${type}.r` }: Part): ResourceChange =>
  resourceChange({
    address,
    type,
    path: 'link/part',
    action,
    because: action === 'replaced' ? [{ path: 'CustomerGatewayId', certain: true }] : [],
  });

/** The report of a change of some parts of links. */
function reportOf(
  parts: readonly Part[],
  { after = plan, accept = [] }: { after?: Plan; accept?: readonly string[] } = {},
) {
  const stacks = [...new Set(parts.map(({ stack }) => stack))];
  const keyOf = estateKeys(plan);
  return diffReport({
    edits: [],
    changes: stacks.map((stack) => ({
      stack,
      changes: parts.filter((part) => part.stack === stack).map(change),
      outputs: [],
      dependsOn: [],
      isLeft: false,
      refused: [],
    })),
    rows: stackRows(plan),
    ownerOf: (stack, { path }) => {
      const key = keyOf(stack, `${stack}/${path}`) ?? stack;
      return { key, names: [key], holdings: [], becomes: [], isInUse: true };
    },
    links: linkLosses(plan, after, (path) => path),
    accept,
    base: 'base.yaml',
  });
}

const VPN = 'AWS::EC2::VPNConnection';
const HALF = 'atlas-ohio-eastus2-ohio-link';

describe('a connection of AWS that is made anew', () => {
  const both = [1, 2].map((part) => ({ stack: HALF, type: VPN, address: `Connection${part}` }));

  test('is protected, and cuts its link until the other half knows its new addresses', () => {
    const report = reportOf(both);
    expect([report.ok, report.protected.map(({ key }) => key)]).toEqual([
      false,
      ['links.ohio-eastus2', 'links.ohio-eastus2'],
    ]);
    expect(report.cut).toEqual([
      {
        path: 'links.ohio-eastus2',
        isWhole: true,
        until: `until ${HALF} is applied, what it tells imported, and atlas-ohio-eastus2-eastus2-link applied`,
      },
    ]);
    expect(reportOf(both, { accept: ['links.ohio-eastus2'] }).ok).toBe(true);
  });

  test('is told with what has to be exchanged again, in text, Markdown and JSON', () => {
    const report = reportOf(both);
    const note = `it gets other public addresses: apply ${HALF}, import what it tells by "npx estate exchange import", then apply atlas-ohio-eastus2-eastus2-link`;
    const cut = 'is cut until atlas-ohio-eastus2-ohio-link is applied';
    expect(formatDiff(report)).toContain(`    ${note}\n`);
    expect(formatDiff(report)).toContain(`Cut\n  links.ohio-eastus2 ${cut}`);
    expect(formatDiffMarkdown(report)).toContain(note);
    expect(formatDiffMarkdown(report)).toContain(`- \`links.ohio-eastus2\` ${cut}`);
    const document = diffDocument.parse(JSON.parse(JSON.stringify(diffJson(report))));
    expect(document.cut).toEqual([expect.objectContaining({ path: 'links.ohio-eastus2', whole: true })]);
    expect(document.stacks[0]?.resources[0]?.notes).toEqual([note]);
  });

  test('leaves a link fewer paths where the other connection stays', () => {
    expect(reportOf(both.slice(1)).cut.map(({ isWhole }) => isWhole)).toEqual([false]);
  });

  test('asks for the devices of the company to be set up again', () => {
    const report = reportOf([{ stack: 'atlas-hq-ohio-link', type: VPN }]);
    expect(report.protected[0]?.notes).toEqual([
      'it gets other public addresses: apply atlas-hq-ohio-link, import what it tells by "npx estate exchange import", then set up the devices of dublin',
    ]);
  });
});

describe('what else is lost of links', () => {
  test.each([
    ['atlas-eastus2-gateway', 'azurerm_virtual_network_gateway', ['eastus2-iowa', 'eastus2-phoenix', 'ohio-eastus2']],
    ['atlas-iowa-gateway', 'google_compute_ha_vpn_gateway', ['eastus2-iowa', 'iowa-phoenix']],
    ['atlas-phoenix-gateway', 'oci_core_drg', ['eastus2-phoenix', 'iowa-phoenix']],
    ['atlas-phoenix-network', 'oci_core_drg_attachment', ['eastus2-phoenix', 'iowa-phoenix']],
    ['atlas-ohio-gateway', 'AWS::EC2::TransitGateway', ['hq', 'ohio-eastus2', 'west']],
    ['atlas-west-ohio-link', 'AWS::EC2::TransitGatewayPeeringAttachment', ['west']],
  ])('with a part of %s, %s, cuts %j', (stack, type, links) => {
    const report = reportOf([{ stack, type, action: 'destroyed' }]);
    expect(report.cut.map(({ path, isWhole }) => [path, isWhole])).toEqual(
      links.map((link) => [`links.${link}`, true]),
    );
    expect(report.protected).toHaveLength(1);
  });

  test('a gateway is accepted by its own entry, and by its site', () => {
    const parts = [{ stack: 'atlas-ohio-gateway', type: 'AWS::EC2::TransitGateway' }];
    expect(reportOf(parts).protected.map(({ key }) => key)).toEqual(['sites.ohio.gateway']);
    expect(reportOf(parts, { accept: ['sites.ohio.gateway'] }).ok).toBe(true);
  });

  test('is for good where the link leaves the estate', () => {
    const { hq: _, ...others } = SOME_LINKS;
    const after = planOf(linkedEstate(others), EXCHANGE);
    const [cut] = reportOf([{ stack: 'atlas-hq-ohio-link', type: VPN, action: 'destroyed' }], { after }).cut;
    expect(cut?.until).toBe('for good: it leaves the estate');
  });

  test('is nothing where the same types serve something else', () => {
    const parts = [
      { stack: 'atlas-iowa-network', type: 'google_compute_router' },
      { stack: 'atlas-eastus2-network', type: 'azurerm_public_ip' },
    ];
    const report = reportOf(parts);
    expect([report.cut, report.protected]).toEqual([[], []]);
  });

  test('is the sessions of a link whose ends get other numbers, until both have them', () => {
    const estate = linkedEstate(SOME_LINKS);
    const { iowa } = estate.sites;
    if (iowa === undefined) throw new Error('the estate of the tests has the site');
    const { lock } = planLayout(estate);
    const renumbered = { ...estate, sites: { ...estate.sites, iowa: { ...iowa, gateway: { asn: 64999 } } } };
    const exchange = { ...EMPTY_EXCHANGE, ...EXCHANGE, estate: 'atlas' };
    const { lock: next } = planLayout(renumbered, lock);
    const after = resolve(renumbered, next, { estate: 'estate.yaml', lock: 'estate.lock.json' }, exchange);
    expect(reportOf([], { after }).cut).toEqual([
      { path: 'links.eastus2-iowa', isWhole: true, until: 'until both ends are applied (ASN of iowa 64513 -> 64999)' },
      { path: 'links.iowa-phoenix', isWhole: true, until: 'until both ends are applied (ASN of iowa 64513 -> 64999)' },
    ]);
  });

  test('is nothing where a part is made or changed in place', () => {
    const report = reportOf([
      { stack: HALF, type: VPN, action: 'created' },
      { stack: HALF, type: VPN, action: 'updated' },
    ]);
    expect([report.ok, report.cut]).toEqual([true, []]);
  });
});

describe('edits of links', () => {
  test('are told of the exchange file, place by place', () => {
    const now = { ...EMPTY_EXCHANGE, estate: 'atlas', gateways: { eastus2: { addresses: ['20.1.1.1', '20.1.1.3'] } } };
    const before = { ...now, gateways: SOME_GATEWAYS };
    expect(exchangeEdits({ ...before, gateways: { eastus2: SOME_GATEWAYS.eastus2 } }, now)).toEqual([
      { path: 'exchange', change: 'gateways.eastus2.addresses 20.1.1.1, 20.1.1.2 -> 20.1.1.1, 20.1.1.3' },
    ]);
    expect(exchangeEdits(undefined, now).map((edit) => edit.change)).toEqual([
      'gateways.eastus2.addresses unset -> 20.1.1.1, 20.1.1.3',
    ]);
    expect(exchangeEdits(now, undefined).map((edit) => edit.change)).toEqual([
      'gateways.eastus2.addresses 20.1.1.1, 20.1.1.3 -> unset',
    ]);
    expect(exchangeEdits(now, now)).toEqual([]);
  });

  test('are told of numbers that the lock file holds', () => {
    const moved = plan.links.map((link) => ({
      ...link,
      sides: [{ ...link.sides[0], asn: 64999 }, link.sides[1]] as const,
      tunnels: link.tunnels.map((tunnel) => ({ ...tunnel, insideCidr: '169.254.99.0/30' })).slice(0, 1),
    }));
    expect(linkEdits(plan.links, moved, (path) => path)[1]).toEqual({
      path: 'links.eastus2-phoenix',
      change: 'ASN of phoenix 31898 -> 64999, tunnel 1 inside 169.254.21.8/30 -> 169.254.99.0/30',
    });
    expect(linkEdits(plan.links, plan.links, (path) => path)).toEqual([]);
  });
});
