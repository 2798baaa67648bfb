import { CLOUDS } from '../../../estate/catalog';
import { isNetworkKey } from '../../../estate/plan/blocks';
import { addressRows } from '../../../estate/report/views';
import { networkGraph } from '../../../page/graph/network';
import { ESTATE_FILES, planOfFile } from '../../helpers/graphs';
import { linkedEstate, planOf, SOME_LINKS } from '../../helpers/linked';

describe.each(ESTATE_FILES)('the networks of %s', (path) => {
  const plan = planOfFile(path);
  const { nodes, edges, columns = [], groups } = networkGraph(plan);
  const ids = (kind: string) => nodes.filter(({ id }) => id.startsWith(`${kind}/`)).map(({ id }) => id.split('/')[1]);

  test('are one node for each site, gateway, link and supernet that has a network', () => {
    const sites = CLOUDS.flatMap((cloud) => plan.sites(cloud).map(({ key, gateway }) => ({ key, cloud, gateway })));
    expect(ids('site')).toEqual(sites.map(({ key }) => key));
    expect(ids('gateway')).toEqual(sites.filter(({ gateway }) => gateway).map(({ key }) => key));
    expect(ids('link')).toEqual(plan.links.map(({ key }) => key));
    const cut = plan.supernets.filter(({ cidr }) => addressRows(plan).some(({ supernet }) => supernet === cidr));
    expect(ids('supernet')).toEqual(cut.map(({ cloud }) => cloud));
    expect(groups.map(({ id }) => id)).toEqual(plan.clouds.map((cloud) => `cloud/${cloud}`));
  });

  test('have the ranges of the view of addresses, and how full they are', () => {
    for (const row of addressRows(plan).filter(({ key }) => isNetworkKey(key))) {
      const [, site] = row.key.split('.');
      const used = row.existing === undefined ? `${row.usedPercent?.toFixed(1)}% used` : `exists as ${row.existing}`;
      expect(nodes.find(({ id }) => id === `site/${site}`)?.lines).toContain(`${row.cidr}, ${used}`);
      if (row.supernet === undefined) continue;
      expect(nodes).toContainEqual(
        expect.objectContaining({ title: row.supernet, lines: [`${row.supernetUsedPercent?.toFixed(1)}% used`] }),
      );
    }
  });

  test('have lines between nodes that are there alone, from left to right', () => {
    const rank = new Map(nodes.map((node) => [node.id, node.rank ?? -1]));
    for (const { from, to } of edges) expect([from, to, rank.get(from)]).toEqual([from, to, expect.any(Number)]);
    for (const { from, to } of edges) expect(rank.get(from)).toBeLessThan(rank.get(to) ?? -1);
    expect(new Set(nodes.map(({ rank: column }) => column)).size).toBe(columns.length);
  });
});

describe('links', () => {
  const { nodes, edges, description } = networkGraph(planOf(linkedEstate(SOME_LINKS)));
  const node = (id: string) => nodes.find((each) => each.id === id);
  const ends = (id: string) =>
    edges
      .filter(({ from, to }) => to === id || from === id)
      .map(({ from, to, line }) => [from === id ? to : from, line]);

  test('are joined to the gateways of both their ends, dashed while they carry nothing', () => {
    expect(ends('link/ohio-eastus2')).toEqual([
      ['gateway/ohio', 'dashed'],
      ['gateway/eastus2', 'dashed'],
    ]);
    expect(node('link/ohio-eastus2')).toMatchObject({
      lines: ['vpn, 4 tunnels', '1 Gbit/s', 'waits for outputs of stacks'],
      line: 'dashed',
      tone: 'warn',
    });
    expect(description).toContain('Dashed: ');
  });

  test('lead to the company, by what it announces', () => {
    expect(ends('link/hq')).toEqual([
      ['gateway/ohio', 'solid'],
      ['place/dublin', 'solid'],
    ]);
    expect(node('place/dublin')).toMatchObject({
      title: 'dublin',
      lines: ['AS 65010', '10.240.0.0/12'],
      tone: 'other',
    });
  });

  test('that lead through a site have a dotted line to it', () => {
    expect(ends('link/ohio-phoenix')).toEqual([
      ['gateway/ohio', 'dashed'],
      ['gateway/eastus2', 'dotted'],
      ['gateway/phoenix', 'dashed'],
    ]);
    expect(node('link/ohio-phoenix')?.lines[0]).toBe('vpn, via eastus2');
    expect(description).toContain('Dotted: ');
  });

  test('that no gateway serves are joined to the networks themselves', () => {
    const circuits = networkGraph(planOfFile('examples/circuits.yaml'));
    const own = circuits.edges.filter(({ to }) => to === 'link/azure-backbone');
    expect(own.map(({ from, line }) => [from, line])).toEqual([
      ['site/eastus', 'solid'],
      ['site/westus3', 'solid'],
    ]);
  });
});
