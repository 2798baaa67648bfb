import { Interconnect, type InterconnectProps } from '../../../constructs/google';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { importedGateway } from './links-support';
import { newStack } from './support';

const AWS = { cloud: 'aws', region: 'us-east-1', accountId: '111122223333' } as const;
const ORACLE = { cloud: 'oracle' } as const;

function synthInterconnect(props: Partial<InterconnectProps> = {}) {
  const stack = newStack();
  const interconnect = new Interconnect(stack, 'link', {
    name: 'atlas-fast-iowa',
    gateway: importedGateway(stack),
    peer: AWS,
    circuits: [{ key: '1' }],
    gbps: 10,
    tags: { site: 'iowa' },
    ...props,
  });
  return { interconnect, json: synthStack(stack) };
}

describe('Interconnect with AWS', () => {
  test('is a transport to the region of the account that accepts it', () => {
    expect(onlyResource(synthInterconnect().json, 'google_network_connectivity_transport')).toEqual({
      name: 'atlas-fast-iowa',
      project: 'test-train',
      region: 'us-central1',
      remote_profile: 'projects/test-train/locations/us-central1/remoteTransportProfiles/aws-us-east-1',
      bandwidth: 'BPS_10G',
      remote_account_id: '111122223333',
      network: 'projects/test-train/global/networks/atlas-iowa',
      advertised_routes: ['10.160.0.0/16'],
      labels: { site: 'iowa' },
      depends_on: [],
    });
  });

  test('joins the network with the one that Google makes for it, and takes its routes', () => {
    const { json } = synthInterconnect();
    const [transport] = Object.keys(resourcesOf(json, 'google_network_connectivity_transport'));
    expect(onlyResource(json, 'google_compute_network_peering')).toMatchObject({
      network: 'projects/test-train/global/networks/atlas-iowa',
      peer_network: `\${google_network_connectivity_transport.${transport}.peering_network}`,
      import_custom_routes: true,
      export_custom_routes: false,
    });
  });

  test('fails when the bandwidth is not sold, or when it is ordered twice', () => {
    expect(() => synthInterconnect({ gbps: 3 })).toThrow(/has 3 Gbit\/s; use one of 1, 2, 5, 10, .*\[SizeInvalid\]/);
    expect(() => synthInterconnect({ circuits: [{ key: '1' }, { key: '2' }] })).toThrow(
      /has 2 circuits.*\[CountInvalid\]/,
    );
    expect(() => synthInterconnect({ circuits: [] })).toThrow(/has 0 circuits; with aws it has 1 \[CountInvalid\]/);
  });
});

describe('Interconnect with Oracle Cloud', () => {
  const circuits = [{ key: '1' }, { key: '2' }];

  test('is an attachment for each circuit, each in a domain of its own, on the router for partners', () => {
    const { json } = synthInterconnect({ peer: ORACLE, circuits });
    const found = Object.values(resourcesOf(json, 'google_compute_interconnect_attachment'));
    expect(found).toHaveLength(2);
    expect(found).toEqual(
      expect.arrayContaining(
        [1, 2].map((number) => ({
          name: `atlas-fast-iowa-${number}`,
          project: 'test-train',
          region: 'us-central1',
          type: 'PARTNER',
          router: 'projects/test-train/regions/us-central1/routers/atlas-iowa-gateway-circuits',
          edge_availability_domain: `AVAILABILITY_DOMAIN_${number}`,
          admin_enabled: true,
          labels: { site: 'iowa' },
          depends_on: [],
        })),
      ),
    );
  });

  test('leaves a circuit where it is whichever way the others are listed', () => {
    const of = (list: InterconnectProps['circuits']) =>
      resourcesOf(synthInterconnect({ peer: ORACLE, circuits: list }).json, 'google_compute_interconnect_attachment');
    expect(of([...circuits].reverse())).toEqual(of(circuits));
    expect(of([{ key: '2' }])).toEqual(
      Object.fromEntries(Object.entries(of(circuits)).filter(([, { name }]) => name === 'atlas-fast-iowa-2')),
    );
  });

  test('gives what the other provider accepts it with', () => {
    const { interconnect } = synthInterconnect({ peer: ORACLE, circuits });
    expect(interconnect.circuits.map(({ key }) => key)).toEqual(['1', '2']);
    expect(new Set(interconnect.circuits.flatMap(({ id, orderKey }) => [id, orderKey])).size).toBe(4);
  });

  test('fails when a circuit has another number', () => {
    expect(() => synthInterconnect({ peer: ORACLE, circuits: [{ key: '3' }] })).toThrow(
      /key has to be "1" or "2".*\[CountInvalid\]/,
    );
  });
});
