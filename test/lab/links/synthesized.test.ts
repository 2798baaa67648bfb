import { type Ability, findAbility } from '../../../lab/links/ability';
import { unusable } from '../../../lab/links/check';
import { prove } from '../../../lab/links/prove';
import { bedTunnels, counterpart, facing, opening } from '../../../lab/links/side';
import { type Connection, connectionsOf, LAB_ESTATE, linkNames } from '../../../lab/links/synthesized';
import { withFolder } from '../../helpers/synth';

/** What a machine is to have that brings nothing up. */
const CANNOT = /"apt-get install [\w -]+" as root brings them|run it as root|namespaces are not allowed here: ./;

const NAMES = linkNames(LAB_ESTATE);

describe('both sides of a link, as they are synthesized', () => {
  let connections: readonly Connection[] = [];
  let found: Ability | { readonly cannot: string };

  beforeAll(async () => {
    found = await findAbility();
    connections = await withFolder((folder) => connectionsOf(LAB_ESTATE, folder));
  }, 120_000);

  const connection = (name: string): Connection => {
    const found = connections.find((each) => each.name === name);
    if (found === undefined) throw new Error(`there is no connection ${name}`);
    return found;
  };

  test('are there for every pair of clouds that tunnels can join', () => {
    expect(connections.map(({ name }) => name)).toEqual(NAMES);
  });

  test.each(NAMES)('%s: mirror each other, as planned', (name) => {
    const { sides, planned } = connection(name);
    expect(unusable(sides)).toEqual([]);
    const tunnels = bedTunnels(sides);
    expect(tunnels).toHaveLength(name === 'azure-google' ? 4 : 8);
    for (const one of tunnels) {
      const other = counterpart(tunnels, one);
      expect([one.id, facing(tunnels, one)]).toEqual([one.id, other]);
      expect(one.tunnel).toMatchObject({
        peerInside: other?.tunnel.inside,
        peerAsn: sides[one.side === 0 ? 1 : 0].asn,
        preSharedKey: other?.tunnel.preSharedKey,
        ike: { encryption: other?.tunnel.ike.encryption, dhGroups: other?.tunnel.ike.dhGroups },
        esp: { encryption: other?.tunnel.esp.encryption, pfsGroups: other?.tunnel.esp.pfsGroups },
      });
    }
    expect(opening(tunnels)).toHaveLength(tunnels.length / 2);
    expect(
      sides.map(({ asn, prefixes, tunnels: own }) => ({ asn, prefixes, insides: own.map(({ inside }) => inside) })),
    ).toEqual(planned);
  });

  test('come up, each tunnel with both ends of its session, or it is said why not', async () => {
    if ('cannot' in found) {
      expect(found.cannot).toMatch(CANNOT);
      return;
    }
    const ability = found;
    const proofs = await Promise.all(
      connections.map(async ({ name, sides, planned }) => {
        const { problems, rows } = await prove(sides, ability, { planned, losses: false });
        return [name, problems, rows.map(({ sessions }) => sessions)];
      }),
    );
    expect(proofs).toEqual(NAMES.map((name) => [name, [], Array(name === 'azure-google' ? 2 : 4).fill(2)]));
  }, 240_000);
});
