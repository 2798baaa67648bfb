import { hostOf, isInside, isRange } from '../../../lab/links/addresses';
import { bgpdConf, readGateway } from '../../../lab/links/frr';
import { referencePair } from '../../../lab/links/reference';
import {
  bedTunnels,
  counterpart,
  type EspOffer,
  facing,
  type IkeOffer,
  opening,
  type Sides,
} from '../../../lab/links/side';
import {
  espProposals,
  ikeProposals,
  readSas,
  reasonOf,
  strongswanConf,
  swanctlConf,
} from '../../../lab/links/strongswan';
import { building, hostPairs, losing, readTold } from '../../../lab/links/wiring';

const PROGRAMS = { zebra: '/z', bgpd: '/b', vtysh: '/v', charon: '/c', swanctl: '/s' };

describe('addresses', () => {
  test.each([
    ['10.1.0.0/16', true, '10.1.0.1'],
    ['10.1.2.3/32', true, '10.1.2.3'],
    ['0.0.0.0/0', true, undefined],
    ['10.1.0.1/16', false, undefined],
    ['10.1.0.0/33', false, undefined],
    ['fd00::/8', false, undefined],
  ])('%s is a range: %s, with the host %s', (cidr, is, host) => {
    expect([isRange(cidr), hostOf(cidr)]).toEqual([is, host]);
  });

  test('lie inside of ranges or not', () => {
    expect(isInside('169.254.64.6', '169.254.64.4/30')).toBe(true);
    expect(isInside('169.254.64.8', '169.254.64.4/30')).toBe(false);
    expect(isInside('169.254.64.3', '169.254.64.4/30')).toBe(false);
    expect(isInside('nowhere', '169.254.64.4/30')).toBe(false);
  });
});

describe('proposals', () => {
  const ike = (more: Partial<IkeOffer>): IkeOffer => ({
    version: 2,
    encryption: ['AES256'],
    integrity: ['SHA2-384'],
    dhGroups: [20],
    ...more,
  });
  const esp = (more: Partial<EspOffer>): EspOffer => ({
    encryption: ['AES256-GCM16'],
    integrity: [],
    pfsGroups: [20],
    ...more,
  });

  test.each([
    [ike({}), 'aes256-sha384-prfsha384-ecp384'],
    [ike({ prf: ['SHA2-256'], dhGroups: [14, 19] }), 'aes256-sha384-prfsha256-modp2048-ecp256'],
    [
      ike({ encryption: ['AES256', 'AES256-GCM16', 'AES128'] }),
      'aes256gcm16-prfsha384-ecp384, aes256-aes128-sha384-prfsha384-ecp384',
    ],
  ])('of IKE %j are %s', (offer, text) => {
    expect(ikeProposals(offer)).toBe(text);
  });

  test.each([
    [esp({}), 'aes256gcm16-ecp384'],
    [esp({ encryption: ['AES256'], integrity: ['SHA2-256'], pfsGroups: [14, 0] }), 'aes256-sha256-modp2048-modpnone'],
    [esp({ pfsGroups: [] }), 'aes256gcm16'],
  ])('of ESP %j are %s', (offer, text) => {
    expect(espProposals(offer)).toBe(text);
  });
});

describe('configurations', () => {
  const sides = referencePair();
  const [first] = bedTunnels(sides);

  test('of strongSwan say only what their own side says', () => {
    const text = first && swanctlConf({ ...first.tunnel, peerOutside: '192.0.2.9', preSharedKey: 'key' });
    expect(text).toContain('local_addrs = 203.0.113.1\n');
    expect(text).toContain('remote_addrs = 192.0.2.9\n');
    expect(text).toContain('id-2 = 192.0.2.9\n');
    expect(text).toContain('secret = 0sa2V5\n');
    expect(text).toContain('local_ts = 0.0.0.0/0\n');
    expect(text).not.toContain('198.51.100.1');
    expect(text).not.toContain('169.254.');
  });

  test('of strongSwan encrypt in user space, or leave it to the kernel', () => {
    expect(strongswanConf('/run/lab/a0', 'libipsec')).toContain(' kernel-libipsec kernel-netlink ');
    expect(strongswanConf('/run/lab/a0', 'kernel')).not.toContain('libipsec');
    expect(strongswanConf('/run/lab/a0', 'kernel')).toContain('socket = unix:///run/lab/a0/vici\n');
  });

  test('have lifetimes only where a side says them', () => {
    if (first === undefined) throw new Error('there is no tunnel');
    const { tunnel } = first;
    expect(swanctlConf(tunnel)).not.toMatch(/_time/);
    const timed = {
      ...tunnel,
      ike: { ...tunnel.ike, lifetimeSeconds: 28800 },
      esp: { ...tunnel.esp, lifetimeSeconds: 3600 },
    };
    expect(swanctlConf(timed)).toMatch(/rekey_time = 28800s[\s\S]*rekey_time = 3600s/);
  });

  test('of FRR have a session for each tunnel and what the side advertises', () => {
    expect(bgpdConf('ga', sides[0])).toBe(
      [
        'hostname ga',
        'log file /run/lab/ga/bgpd.log',
        'router bgp 64601',
        ' bgp router-id 169.254.64.1',
        ' no bgp ebgp-requires-policy',
        ' no bgp network import-check',
        ...['169.254.64.2', '169.254.64.6'].flatMap((peer) => [
          ` neighbor ${peer} remote-as 64602`,
          ` neighbor ${peer} timers 1 3`,
          ` neighbor ${peer} timers connect 1`,
          ` neighbor ${peer} advertisement-interval 0`,
        ]),
        ' address-family ipv4 unicast',
        '  network 10.1.0.0/16',
        '  maximum-paths 16',
        ' exit-address-family',
        '',
      ].join('\n'),
    );
  });

  test('lead packets to the tunnel whose peer sent them', () => {
    const text = building(sides, 'esp', PROGRAMS);
    expect(text).toContain('ip rule add from 198.51.100.1 to 203.0.113.1 lookup 100 pref 1000\n');
    expect(text).toContain('ip rule add from 203.0.113.2 to 198.51.100.2 lookup 103 pref 1000\n');
    expect(text).toContain('ip -n gb address add 10.3.0.1/32 dev lo\n');
  });

  test('lose a tunnel between its public addresses, or between its inside ones where nothing is encrypted', () => {
    expect(losing(sides, 'esp', 'a1', true)).toContain('ip rule add from 203.0.113.2 to 198.51.100.2 blackhole');
    expect(losing(sides, 'ike', 'a1', false)).toBe(
      'ip -n ga rule del to 169.254.64.6 blackhole pref 500\nip -n gb rule del to 169.254.64.5 blackhole pref 500',
    );
  });
});

describe('tunnels of two sides', () => {
  const [one, other] = referencePair();
  const reversed: Sides = [one, { ...other, tunnels: [...other.tunnels].reverse() }];

  test('are matched by inside range and by addresses, never by position', () => {
    const tunnels = bedTunnels(reversed);
    const pairs = tunnels.map((each) => [each.id, counterpart(tunnels, each)?.id, facing(tunnels, each)?.id]);
    expect(pairs).toEqual([
      ['a0', 'b0', 'b0'],
      ['a1', 'b1', 'b1'],
      ['b0', 'a0', 'a0'],
      ['b1', 'a1', 'a1'],
    ]);
  });

  test.each([
    [true, false, ['a0']],
    [false, true, ['b0']],
    [true, true, ['a0']],
    ['either', true, ['b0']],
    ['either', 'either', ['a0']],
    ['either', false, ['a0']],
    [false, false, []],
  ] as const)('are opened once: %s and %s by %j', (mine, theirs, ids) => {
    const [left, right] = referencePair(1);
    const asked = [
      { ...left, tunnels: left.tunnels.map((tunnel) => ({ ...tunnel, initiates: mine })) },
      { ...right, tunnels: right.tunnels.map((tunnel) => ({ ...tunnel, initiates: theirs })) },
    ] as const;
    expect(opening(bedTunnels(asked)).map(({ id }) => id)).toEqual(ids);
  });

  test('carry something from every range, and to every one', () => {
    expect(hostPairs(reversed)).toEqual([
      ['10.1.0.1', '10.2.0.1'],
      ['10.1.0.1', '10.3.0.1'],
    ]);
    expect(hostPairs([{ ...one, prefixes: ['0.0.0.0/0'] }, other])).toEqual([]);
  });
});

describe('what strongSwan tells', () => {
  const RAW =
    'list-sa event {t {uniqueid=1 version=2 state=ESTABLISHED local-host=203.0.113.1 initiator=yes encr-alg=AES_CBC encr-keysize=256 integ-alg=HMAC_SHA2_384_192 prf-alg=PRF_HMAC_SHA2_384 dh-group=ECP_384 established=2 child-sas {t-1 {name=t uniqueid=1 reqid=1 state=DELETED mode=TUNNEL protocol=ESP encr-alg=AES_GCM_16 encr-keysize=256 local-ts=[0.0.0.0/0] remote-ts=[0.0.0.0/0]} t-2 {name=t uniqueid=2 reqid=1 state=INSTALLED encr-alg=AES_GCM_16 encr-keysize=256 dh-group=ECP_384 local-ts=[0.0.0.0/0 10.0.0.0/8] remote-ts=[0.0.0.0/0]}}}}\nlist-sas reply {}\n';
  const GCM = { encryption: 'AES_GCM_16-256', integrity: '', prf: '' };

  test('is read with all children', () => {
    expect(readSas(RAW)).toEqual([
      {
        id: '1',
        state: 'ESTABLISHED',
        encryption: 'AES_CBC-256',
        integrity: 'HMAC_SHA2_384_192',
        prf: 'PRF_HMAC_SHA2_384',
        group: 'ECP_384',
        children: [
          { id: '1', state: 'DELETED', group: '', ...GCM },
          { id: '2', state: 'INSTALLED', group: 'ECP_384', ...GCM },
        ],
      },
    ]);
  });

  test.each(['', 'list-sas reply {}\n', 'connecting to unix:///run/lab/a0/vici failed\n', 'list-sa event {t {'])(
    'is read to the end: %j',
    (text) => {
      expect(readSas(text).flatMap(({ children }) => children)).toEqual([]);
    },
  );

  test.each([
    ['[ENC] parsed IKE_AUTH response 1 [ N(AUTH_FAILED) ]', /pre-shared keys/],
    ['received NO_PROPOSAL_CHOSEN notify error\ninitiate failed: establishing CHILD_SA', /of IKE in common/],
    ['received NO_PROPOSAL_CHOSEN notify, no CHILD_SA built', /of ESP in common/],
    ['giving up after 3 retransmits', /does not answer/],
    ['something else\nat last\n', /^at last$/],
    ['', /^nothing was said$/],
  ])('is a reason: %j', (said, reason) => {
    expect(reasonOf(said)).toMatch(reason);
  });
});

describe('what FRR tells', () => {
  const NEIGHBOURS = JSON.stringify({
    '169.254.64.2': { remoteAs: 64602, localAs: 64601, bgpState: 'Established' },
    '169.254.65.2': {
      remoteAs: 64999,
      localAs: 64601,
      bgpState: 'Idle',
      lastNotificationReason: 'OPEN Message Error/Bad Peer AS',
    },
  });
  const TABLE = JSON.stringify({
    routes: {
      '10.1.0.0/16': [{ valid: true, peerId: '(unspec)' }],
      '10.2.0.0/16': [{ valid: true, bestpath: true, peerId: '169.254.64.2' }],
      '10.3.0.0/16': [{ peerId: '169.254.64.2' }],
    },
  });
  const ROUTES = JSON.stringify({
    '10.2.0.0/16': [{ installed: true, nexthops: [{ ip: '169.254.64.2', active: true }, { ip: '169.254.65.2' }] }],
    '10.3.0.0/16': [{ nexthops: [{ ip: '169.254.64.2', active: true }] }],
  });

  test('is read: sessions with what they brought, and routes that packets take', () => {
    const { sessions, routes } = readGateway([`% a warning\n${NEIGHBOURS}\n`, TABLE, ROUTES]);
    expect(Object.fromEntries(sessions)).toEqual({
      '169.254.64.2': { isUp: true, localAsn: 64601, reason: '', received: ['10.2.0.0/16'] },
      '169.254.65.2': { isUp: false, localAsn: 64601, reason: 'OPEN Message Error/Bad Peer AS', received: [] },
    });
    expect(Object.fromEntries(routes)).toEqual({ '10.2.0.0/16': ['169.254.64.2'], '10.3.0.0/16': [] });
  });

  test.each([[[]], [['', '', '']], [['{', '{"routes": 1}', '[]']]])(
    'is nothing where daemons do not answer: %j',
    (answers) => {
      const { sessions, routes } = readGateway(answers);
      expect([sessions.size, routes.size]).toEqual([0, 0]);
    },
  );
});

test('what is printed under headings is read by them', () => {
  expect([...readTold('noise\n=== a0 sas\none\ntwo\n=== a0 said\n')]).toEqual([
    ['a0 sas', 'one\ntwo\n'],
    ['a0 said', ''],
  ]);
});
