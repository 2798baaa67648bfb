import { linksDocument } from '../../../cli/json/links';
import { partsFor } from '../../../cli/link-parts';
import { formatLinks, linksReport } from '../../../estate/report/links';
import { REPORT_WIDTH } from '../../../estate/report/table';
import { linkedEstate, planOf } from '../../helpers/linked';

const LINKS = {
  'eastus2-iowa': { between: ['iowa', 'eastus2'], gbps: 2 },
  hq: {
    between: ['ohio'],
    to: { onPremises: { name: 'dublin', asn: 65010, addresses: ['198.51.100.10'], prefixes: ['10.240.0.0/12'] } },
  },
  'ohio-eastus2': { between: ['ohio', 'eastus2'] },
  'ohio-iowa': { between: ['ohio', 'iowa'], via: 'eastus2' },
  west: { between: ['ohio', 'oregon'] },
};

const estate = linkedEstate(LINKS);
const plan = planOf(estate, { gateways: { eastus2: { addresses: ['20.1.1.1', '20.1.1.2'] } } });
const text = (lose: readonly string[] = []) => formatLinks(linksReport(plan, partsFor(lose, plan.links, estate)));

describe('the view of links', () => {
  test('has a line for each link, none wider than a report', () => {
    const lines = text().split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(REPORT_WIDTH);
    expect(lines.slice(0, 6).map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'link | kind | between | Gbit/s | made of | ASNs | state | single points of failure',
      'eastus2-iowa | vpn | eastus2 - iowa | 2 | 2 tunnels | 64512 - 64513 | 1 fact pending | none',
      'hq | vpn | ohio - dublin | 1 | 2 tunnels | 64514 - 65010 | ready | dublin/198.51.100.10, hq/co…',
      'ohio-eastus2 | vpn | ohio - eastus2 | 1 | 4 tunnels | 64514 - 64512 | 4 facts pending | none',
      'ohio-iowa | vpn | ohio - iowa | 1 | via eastus2 | 5 facts pending | azure, eastus2, eastus2/gat…',
      'west | peering | ohio - oregon | 1 | 2 facts pending | none',
    ]);
  });

  test('says what halves wait for, and which stack tells it', () => {
    expect(text()).toContain(
      'atlas-eastus2-iowa-eastus2-link waits for gateways.iowa.addresses, which atlas-iowa-gateway',
    );
    expect(linksReport(plan).rows.find(({ link }) => link === 'west')?.pending).toEqual([
      { stack: 'atlas-west-ohio-link', path: 'gateways.oregon.id', from: 'atlas-oregon-gateway' },
      { stack: 'atlas-west-oregon-link', path: 'peerings.west.ohio', from: 'atlas-west-ohio-link' },
    ]);
  });

  test('shows each tunnel with its addresses inside and in public', () => {
    expect(text().replace(/ {2,}/g, ' ')).toContain(
      '\n 1 169.254.21.0/30 169.254.21.1 169.254.21.2 20.1.1.1 pending\n',
    );
  });

  test('gives engineers of the company everything that their devices are told', () => {
    const sheet = linksReport(plan).rows.find(({ link }) => link === 'hq')?.devices;
    expect(sheet).toMatchObject({
      place: 'dublin',
      site: 'ohio',
      asn: 65010,
      gatewayAsn: 64514,
      from: 'atlas-hq-ohio-link',
      announces: ['10.240.0.0/12'],
      learns: ['10.64.0.0/16'],
    });
    expect(sheet?.tunnels[1]).toEqual({
      tunnel: '2',
      device: '198.51.100.10',
      gateway: null,
      insideCidr: '169.254.64.4/30',
      deviceInside: '169.254.64.6',
      gatewayInside: '169.254.64.5',
      presharedKey: 'atlas/links/hq/2',
    });
    expect(text()).toContain(
      'IKE: version 2, AES-256-CBC, HMAC-SHA2-384, Diffie-Hellman group 20 (384-bit ECP), for 28800 s; no other proposal',
    );
  });

  test('tells what is left of each pair without some parts', () => {
    expect(text(['eastus2'])).toContain('\ncut: iowa - ohio');
    expect(text(['eastus2'])).toMatch(/\neastus2 - ohio +4 +0 +an end is lost\n/);
    expect(text(['ohio-eastus2/tunnel-1', 'ohio-eastus2/tunnel-2'])).toMatch(
      /\neastus2 - ohio +4 +2 +2 paths lost +ohio-eastus2\/tunnel-3, ohio-eastus2\/tunnel-4\n/,
    );
    expect(text(['hq/connection-0'])).toMatch(/\ncut: dublin - ohio$/);
  });

  test('fails when a part is unknown, with those that there are', () => {
    expect(() => text(['ohio/gateway/1'])).toThrow('no link has a part "ohio/gateway/1"; did you mean "ohio/gateway"?');
    try {
      text(['nowhere']);
    } catch (error) {
      expect(error).toMatchObject({
        hint: expect.stringMatching(/^parts: aws, azure, google, eastus2, iowa, .*tunnel-4$/),
      });
    }
    expect(() => partsFor(['ohio'], [], estate)).toThrow('no link has a part "ohio"');
  });

  test('is what its schema says', () => {
    const report = linksReport(plan, partsFor(['ohio', 'hq/connection-0'], plan.links, estate));
    expect(linksDocument.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  test('says that there are no links', () => {
    expect(formatLinks(linksReport({ links: [] }))).toBe('the estate has no links');
  });
});
