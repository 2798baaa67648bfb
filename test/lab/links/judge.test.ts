import { unusable } from '../../../lab/links/check';
import type { GatewaySeen } from '../../../lab/links/frr';
import { judge, judgeLoss, type Seen, shareEsp } from '../../../lab/links/judge';
import { keyOfReference } from '../../../lab/links/keys';
import { MUTATIONS } from '../../../lab/links/mutations';
import type { Proof } from '../../../lab/links/prove';
import { referencePair } from '../../../lab/links/reference';
import { noticed, toldMutations, toldProof } from '../../../lab/links/report';
import { bedTunnels, gatewayOf, type Sides } from '../../../lab/links/side';
import type { IkeSeen, SaSeen } from '../../../lab/links/strongswan';

const SIDES = referencePair();
const CASE = { sides: SIDES, planned: SIDES };
const [FIRST] = bedTunnels(SIDES);

const CHILD: SaSeen = {
  id: '2',
  state: 'INSTALLED',
  encryption: 'AES_GCM_16-256',
  integrity: '',
  prf: '',
  group: 'ECP_384',
};
const IKE: IkeSeen = {
  id: '1',
  state: 'ESTABLISHED',
  encryption: 'AES_CBC-256',
  integrity: 'HMAC_SHA2_384_192',
  prf: 'PRF_HMAC_SHA2_384',
  group: 'ECP_384',
  children: [{ ...CHILD, id: '1', state: 'DELETED', group: '' }, CHILD],
};

/** What is seen of a pair without one of its tunnels, where one is named, when all is well. */
function seenOf(sides: Sides, without?: string): Seen {
  const gateways = ([0, 1] as const).map((side): [string, GatewaySeen] => {
    const { asn, tunnels } = sides[side];
    const { prefixes } = sides[side === 0 ? 1 : 0];
    const up = tunnels.filter(({ key }) => key !== without).map(({ peerInside }) => peerInside);
    const sessions = tunnels.map(({ peerInside }) => {
      const isUp = up.includes(peerInside);
      return [peerInside, { isUp, localAsn: asn, reason: '', received: isUp ? prefixes : [] }] as const;
    });
    return [gatewayOf(side), { sessions: new Map(sessions), routes: new Map(prefixes.map((prefix) => [prefix, up])) }];
  });
  return {
    tunnels: new Map(bedTunnels(sides).map(({ id }) => [id, { sas: [IKE], said: '' }])),
    gateways: new Map(gateways),
    unreachable: [],
  };
}

const withIke = (id: string, sas: readonly IkeSeen[], said = ''): Seen => {
  const seen = seenOf(SIDES);
  return { ...seen, tunnels: new Map([...seen.tunnels, [id, { sas, said }]]) };
};

describe('a connection that is up', () => {
  test('has no problems when everything is as both sides say', () => {
    expect(judge(CASE, seenOf(SIDES), 'esp')).toEqual([]);
  });

  test.each<[string, Seen, RegExp]>([
    [
      'no association',
      withIke('a0', [], 'giving up after 3 retransmits'),
      /^one, tunnel 169\.254\.64\.0\/30: there is no IKE SA: the peer does not answer/,
    ],
    [
      'one that is being made',
      withIke('a0', [{ ...IKE, state: 'CONNECTING' }]),
      /there is no IKE SA: nothing was said/,
    ],
    ['no child', withIke('b1', [{ ...IKE, children: [] }]), /^other, tunnel 169\.254\.64\.4\/30: there is no child SA/],
    [
      'a child that is gone',
      withIke('a0', [{ ...IKE, children: [{ ...CHILD, state: 'DELETED' }] }]),
      /there is no child SA/,
    ],
    [
      'a child with its first keys',
      withIke('a0', [{ ...IKE, children: [{ ...CHILD, id: '1' }] }]),
      /cannot be made anew/,
    ],
    [
      'another cipher of IKE',
      withIke('a0', [{ ...IKE, encryption: 'AES_CBC-128' }]),
      /IKE: cipher AES_CBC-128 was agreed on/,
    ],
    ['another function', withIke('a0', [{ ...IKE, prf: 'PRF_HMAC_SHA1' }]), /IKE: function PRF_HMAC_SHA1/],
    ['another group', withIke('a0', [{ ...IKE, group: 'MODP_2048' }]), /IKE: group MODP_2048/],
    [
      'another cipher of ESP',
      withIke('a0', [{ ...IKE, children: [{ ...CHILD, encryption: 'AES_CBC-256' }] }]),
      /ESP: cipher AES_CBC-256/,
    ],
    [
      'no forward secrecy',
      withIke('a0', [{ ...IKE, children: [{ ...CHILD, group: '' }] }]),
      /ESP: group of forward secrecy none/,
    ],
    [
      'hosts that do not answer',
      { ...seenOf(SIDES), unreachable: ['10.1.0.1 10.2.0.1'] },
      /^no way from 10\.1\.0\.1 to 10\.2\.0\.1$/,
    ],
    [
      'no daemons',
      { ...seenOf(SIDES), gateways: new Map() },
      /BGP session with 169\.254\.64\.2, AS 64602, is not there/,
    ],
  ])('has a problem for %s', (_, seen, problem) => {
    const problems = judge(CASE, seen, 'esp');
    expect(problems).toContainEqual(expect.stringMatching(problem));
  });

  test('is held against the plan, whatever its own side says', () => {
    const planned = [{ asn: 64700, prefixes: ['10.1.0.0/16', '10.9.0.0/16'] }, SIDES[1]] as const;
    expect(judge({ sides: SIDES, planned }, seenOf(SIDES), 'esp')).toEqual([
      ...['169.254.64.0/30', '169.254.64.4/30'].map(
        (cidr, index) =>
          `one, tunnel ${cidr}: the BGP session with 169.254.64.${4 * index + 2}, AS 64602, is one of AS 64601 and not of AS 64700`,
      ),
      ...['169.254.64.0/30', '169.254.64.4/30'].map(
        (cidr, index) =>
          `other, tunnel ${cidr}: the BGP session with 169.254.64.${4 * index + 1}, AS 64601, does not bring 10.9.0.0/16`,
      ),
      'other: no route to 10.9.0.0/16',
    ]);
  });

  test('is not held against child associations where there is no ESP, but proposals are compared', () => {
    const bare = new Map(bedTunnels(SIDES).map(({ id }) => [id, { sas: [{ ...IKE, children: [] }], said: '' }]));
    expect(judge(CASE, { ...seenOf(SIDES), tunnels: bare }, 'ike')).toEqual([]);
    const cipher = MUTATIONS.find(({ name }) => name === 'the cipher of ESP')?.of(SIDES) ?? SIDES;
    expect(judge({ sides: cipher, planned: SIDES }, { ...seenOf(SIDES), tunnels: bare }, 'ike')).toEqual([
      'one, tunnel 169.254.64.0/30: both sides have no proposal of ESP in common',
      'other, tunnel 169.254.64.0/30: both sides have no proposal of ESP in common',
    ]);
  });

  test('never opens where both sides wait', () => {
    const waiting = SIDES.map((side) => ({
      ...side,
      tunnels: side.tunnels.map((tunnel) => ({ ...tunnel, initiates: false })),
    }));
    const [one, other] = waiting;
    if (one === undefined || other === undefined) throw new Error('there are two sides');
    expect(judge({ sides: [one, other], planned: SIDES }, withIke('a0', []), 'esp')).toEqual([
      'one, tunnel 169.254.64.0/30: there is no IKE SA: both sides wait for the other one',
    ]);
  });
});

describe('a connection that lost a tunnel', () => {
  if (FIRST === undefined) throw new Error('there is no tunnel');
  const lost = FIRST;
  const without = seenOf(SIDES, lost.tunnel.key);

  test('has no problems when its other tunnels have the routes', () => {
    expect(judgeLoss(CASE, without, lost)).toEqual([]);
  });

  test('has one for a session that outlives its tunnel, and for routes that still lead into it', () => {
    expect(judgeLoss(CASE, seenOf(SIDES), lost)).toEqual(
      expect.arrayContaining([
        'without tunnel 169.254.64.0/30: one, tunnel 169.254.64.0/30: its BGP session outlives it',
        'without tunnel 169.254.64.0/30: one: the route to 10.2.0.0/16 still leads to 169.254.64.2',
      ]),
    );
  });

  test('has one for routes that are gone, as with one tunnel only', () => {
    const single = referencePair(1);
    const [only] = bedTunnels(single);
    if (only === undefined) throw new Error('there is no tunnel');
    const seen = seenOf(single, only.tunnel.key);
    expect(judgeLoss({ sides: single, planned: single }, seen, only)).toContain(
      'without tunnel 169.254.64.0/30: one: no route to 10.2.0.0/16',
    );
  });

  test('has one for another session that is down', () => {
    const both = seenOf({ ...SIDES }, lost.tunnel.key);
    const second = bedTunnels(SIDES)[1];
    const gateways = new Map([...both.gateways].map(([name, seen]) => [name, { ...seen, sessions: new Map() }]));
    expect(judgeLoss(CASE, { ...both, gateways }, lost)).toContain(
      `without tunnel 169.254.64.0/30: one, tunnel ${second?.tunnel.key}: its BGP session is down`,
    );
  });
});

describe('two sides', () => {
  test('can be brought up as they are', () => {
    expect(unusable(SIDES)).toEqual([]);
    for (const { of } of MUTATIONS) expect(unusable(of(SIDES))).toEqual([]);
  });

  test('cannot where something is malformed, missing or there twice', () => {
    const [one, other] = SIDES;
    const [tunnel] = one.tunnels;
    if (tunnel === undefined) throw new Error('there is no tunnel');
    const broken = {
      ...one,
      asn: 0,
      prefixes: ['10.1.0.1/16'],
      tunnels: [
        { ...tunnel, outside: `\${token}`, inside: '10.0.0.1', ike: { ...tunnel.ike, dhGroups: [0, 99] } },
        { ...tunnel, esp: { ...tunnel.esp, encryption: ['DES'] } },
      ],
    };
    const problems = unusable([broken, { ...other, tunnels: [], prefixes: [] }]);
    for (const text of [
      'one: its ASN is 0, which is none',
      'one: it advertises 10.1.0.1/16, which is no IPv4 range',
      'other: it has no tunnel',
      'other: it advertises nothing',
      `one, tunnel 169.254.64.0/30: outside is \${token}, which is no IPv4 address`,
      'one, tunnel 169.254.64.0/30: its inside address 10.0.0.1 lies outside of its inside range',
      'one, tunnel 169.254.64.0/30: IKE cannot do without a group',
      'one, tunnel 169.254.64.0/30: the lab does not know the group 99',
      'one, tunnel 169.254.64.0/30: the lab does not know the cipher DES',
      'one, tunnel 169.254.64.0/30: another tunnel of this side has the same inside range',
    ])
      expect(problems).toContain(text);
  });

  test('share a proposal of ESP, or not', () => {
    const offer = { encryption: ['AES256'], integrity: ['SHA2-256'], pfsGroups: [14] };
    expect(shareEsp(offer, offer)).toBe(true);
    expect(shareEsp(offer, { ...offer, integrity: ['SHA1'] })).toBe(false);
    expect(shareEsp(offer, { ...offer, pfsGroups: [19] })).toBe(false);
    expect(
      shareEsp({ ...offer, encryption: ['AES256-GCM16'] }, { ...offer, encryption: ['AES256-GCM16'], integrity: [] }),
    ).toBe(true);
  });

  test('have the same key for the same reference, which is none of a file', () => {
    expect(keyOfReference('e/links/l/1')).toBe(keyOfReference('e/links/l/1'));
    expect(keyOfReference('e/links/l/1')).not.toBe(keyOfReference('e/links/l/2'));
    expect(keyOfReference('e/links/a-b/1')).toBe(keyOfReference('preshared_key_a_b_1'));
    expect(keyOfReference('e/links/a-b/1')).not.toBe(keyOfReference('preshared_key_a_b_2'));
    expect(keyOfReference('e/links/l/1')).toMatch(/^[a-z][A-Za-z0-9]{39}$/);
  });
});

describe('mutations', () => {
  test('change one side and leave the other, each with a name of its own', () => {
    expect(new Set(MUTATIONS.map(({ name }) => name)).size).toBe(MUTATIONS.length);
    for (const { name, of } of MUTATIONS) {
      const [one, other] = of(SIDES);
      expect([name, other]).toEqual([name, SIDES[1]]);
      expect([name, one]).not.toEqual([name, SIDES[0]]);
    }
  });

  test('count as noticed only by what they are to be noticed by', () => {
    const [mutation] = MUTATIONS;
    if (mutation === undefined) throw new Error('there is no mutation');
    const proof = (...problems: string[]): Proof => ({ mode: 'esp', problems, rows: [], seconds: 1 });
    const bad = 'the BGP session with 1.2.3.4, AS 1, is not established: OPEN Message Error/Bad Peer AS';
    const good = { mutation, proof: proof('other', `x: ${bad}`) };
    expect(noticed(good)).toMatch(/Bad Peer AS$/);
    expect(noticed({ mutation, proof: proof('other') })).toBeUndefined();
    const ability = {
      programs: { zebra: '', bgpd: '', vtysh: '', charon: '', swanctl: '' },
      mode: 'ike',
      versions: ['FRR 8.4.4'],
    } as const;
    const told = toldMutations(ability, [good, { mutation, proof: proof() }]);
    expect(told).toMatchObject({
      result: '1 of 2 changes of one side noticed',
      problems: ['its own ASN is changed, and not noticed as it should be: all is well'],
      notes: [expect.stringMatching(/^only ike: IKE without child SAs/)],
    });
    expect(toldProof(SIDES, { ...ability, mode: 'esp' }, proof('wrong'))).toMatchObject({
      result: 'does not fit: 1 problem; 1 s',
      tables: [],
      problems: ['wrong'],
      notes: [],
    });
  });
});
