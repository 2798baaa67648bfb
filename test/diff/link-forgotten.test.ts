import { formatDiff } from '../../diff';
import { type Estate, estateSchema } from '../../estate/spec/schema';
import { linkedEstate, planOf } from '../helpers/linked';
import { diffOf, endsOf } from './link-scene';

const ATTACHMENT = 'tgw-attach-0123456789abcdef0';
const GATEWAYS = { oregon: { id: 'tgw-0123456789abcdef0' }, ohio: { id: 'tgw-0123456789abcdef1' } };
const COASTS = linkedEstate({ coasts: { between: ['ohio', 'oregon'] } });
/** Which end of a peering asks for it. */
const [ASKS, ACCEPTS] = (() => {
  const [link] = planOf(COASTS).links;
  const [origin, other] = link?.origin === 0 ? link.sides : [...(link?.sides ?? [])].reverse();
  return [origin?.site ?? '', other?.site ?? ''];
})();
const told = (...sites: readonly string[]) => ({
  gateways: GATEWAYS,
  peerings: { coasts: Object.fromEntries(sites.map((site) => [site, ATTACHMENT])) },
});

describe('what the exchange file has no longer', () => {
  test('takes the way into a peering that stays, until it is imported again', async () => {
    const report = await diffOf(planOf(COASTS, told(ASKS, ACCEPTS)), planOf(COASTS, told(ASKS)));
    expect(endsOf(report)).toEqual([
      `destroyed transit gateway route table association atlas-coasts-${ASKS}-link/link/table/association`,
      expect.stringMatching(/^destroyed transit gateway route atlas-coasts-\w+-link\/link\/table\/to-[-\d]+$/),
    ]);
    expect([report.ok, report.cut]).toEqual([
      false,
      [
        {
          path: 'links.coasts',
          isWhole: true,
          until: `until what atlas-coasts-${ACCEPTS}-link tells is imported again (peerings.coasts.${ACCEPTS})`,
        },
      ],
    ]);
  });

  test('makes a half leave that waits for it, and says what to import instead of how to destroy it', async () => {
    const report = await diffOf(planOf(COASTS, told(ASKS, ACCEPTS)), planOf(COASTS, told(ACCEPTS)));
    const stack = `atlas-coasts-${ACCEPTS}-link`;
    expect(report.ok).toBe(false);
    expect(endsOf(report)).toContain(`kept accepted peering ${stack}/link/Resource/Default`);
    expect(report.cut.map(({ until }) => until)).toEqual([
      `for good once ${stack} is destroyed: import peerings.coasts.${ASKS} again`,
    ]);
    const text = formatDiff(report);
    expect(text).toContain(
      `${stack} leaves since the exchange file has no peerings.coasts.${ASKS} any more: import what atlas-coasts-${ASKS}-link tells again`,
    );
    expect(text).not.toContain('npx cdk destroy');
    expect((await diffOf(planOf(COASTS, told(ASKS, ACCEPTS)), planOf(COASTS, told(ACCEPTS)), ['*'])).ok).toBe(true);
  });

  test('is nothing where a half was never there', async () => {
    const report = await diffOf(planOf(COASTS, told()), planOf(COASTS, { gateways: { ohio: GATEWAYS.ohio } }));
    expect(report.cut.flatMap(({ until }) => /import (.*) again/.exec(until)?.[1] ?? [])).toEqual(
      ASKS === 'ohio' ? ['gateways.oregon.id'] : [],
    );
  });
});

/** Sites of Azure and Oracle Cloud that meet, with a second one of Azure. */
function meeting(links: object): Estate {
  const estate = linkedEstate(links);
  const { eastus2, phoenix } = estate.sites;
  return estateSchema.parse({
    ...estate,
    sites: {
      ...estate.sites,
      eastus: { ...eastus2, region: 'eastus' },
      texas: { ...eastus2, region: 'southcentralus' },
      ashburn: { ...phoenix, region: 'us-ashburn-1', zones: ['Uocm:US-ASHBURN-AD-1'] },
    },
  });
}

describe('links of a site that has gateways of two kinds', () => {
  const OTHERS = { vpn: { between: ['ohio', 'eastus'] }, twin: { between: ['eastus', 'texas'] } };
  const FAST = {
    between: ['eastus', 'ashburn'],
    kind: 'interconnect',
    providerServiceId: 'ocid1.providerservice.oc1.iad.aaaa',
  };

  test('lose only the one that they use', async () => {
    const before = meeting({ ...OTHERS, fast: FAST });
    const after = meeting({ ...OTHERS, fast: { between: ['eastus', 'ashburn'] } });
    const report = await diffOf(planOf(before), planOf(after, {}, before));
    expect(endsOf(report)).toContain('destroyed virtual network gateway atlas-eastus-gateway/gateway/circuits');
    expect(report.cut.map(({ path }) => path)).toEqual(['links.fast']);
  });

  test('are cut for good once the halves of one that left the estate file are destroyed', async () => {
    const { twin: _, ...vpn } = OTHERS;
    const report = await diffOf(planOf(meeting(OTHERS)), planOf(meeting(vpn)));
    expect(report.cut).toEqual([
      { path: 'links.twin', isWhole: true, until: 'for good once its halves are destroyed: it leaves the estate' },
    ]);
    expect(endsOf(report).map((each) => each.replace(/ atlas-.*/, ''))).toEqual([
      'kept virtual network peering',
      'kept virtual network peering',
    ]);
  });
});

describe('a peering of Oracle Cloud that leaves the estate file', () => {
  test('goes after its routes and attachments, and each half before the gateway of its site', async () => {
    const before = meeting({ twin: { between: ['ashburn', 'phoenix'] } });
    const id = (region: string) => `ocid1.remotepeeringconnection.oc1.${region}.aaaa`;
    const told = { peerings: { twin: { ashburn: id('iad'), phoenix: id('phx') } } };
    const report = await diffOf(planOf(before, told), planOf(meeting({}), {}, before));
    expect(report.order.map((command) => / cdktf (\w+ \S+)/.exec(command)?.[1])).toEqual([
      'deploy atlas-ashburn-network',
      'deploy atlas-phoenix-network',
      'destroy atlas-twin-ashburn-link',
      'destroy atlas-ashburn-gateway',
      'destroy atlas-twin-phoenix-link',
      'destroy atlas-phoenix-gateway',
    ]);
    const text = formatDiff(report);
    expect(text.indexOf('link leaves the estate')).toBeLessThan(text.indexOf('gateway leaves the estate'));
  });
});
