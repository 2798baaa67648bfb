import { fillIn, isObject, type JsonObject, objectAt, objectsOf, textOf } from './json';

/** Address under which Compute Engine names what it holds. */
export const COMPUTE_SITE = 'https://www.googleapis.com/compute/v1/';

/** When everything was made, as far as the echo is concerned. */
export const CREATED = '2026-11-28T00:00:00Z';

/** Collections of Compute Engine that the echo keeps. */
export const COMPUTE_KINDS = [
  'networks',
  'subnetworks',
  'routers',
  'addresses',
  'firewalls',
  'resourcePolicies',
  'reservations',
] as const;

/** What Cloud NAT fills in. */
const NAT: JsonObject = {
  type: 'PUBLIC',
  autoNetworkTier: 'PREMIUM',
  endpointTypes: ['ENDPOINT_TYPE_VM'],
  icmpIdleTimeoutSec: 30,
  tcpEstablishedIdleTimeoutSec: 1200,
  tcpTransitoryIdleTimeoutSec: 30,
  tcpTimeWaitTimeoutSec: 120,
  udpIdleTimeoutSec: 30,
};

/** What each kind of thing is given, where nothing was sent. */
const FILLERS: Readonly<Record<string, (thing: JsonObject, path: string) => void>> = {
  networks: (thing, path) => {
    fillIn(thing, {
      autoCreateSubnetworks: false,
      mtu: 1460,
      networkFirewallPolicyEnforcementOrder: 'AFTER_CLASSIC_FIREWALL',
    });
    fillIn(objectAt(thing, 'routingConfig'), { routingMode: 'REGIONAL', bgpBestPathSelectionMode: 'LEGACY' });
    thing.selfLinkWithId = COMPUTE_SITE + path;
  },
  subnetworks: (thing) => {
    Object.assign(thing, { gatewayAddress: '10.0.0.1', fingerprint: 'Zg==' });
    fillIn(thing, {
      purpose: 'PRIVATE',
      stackType: 'IPV4_ONLY',
      privateIpGoogleAccess: false,
      privateIpv6GoogleAccess: 'DISABLE_GOOGLE_ACCESS',
      allowSubnetCidrRoutesOverlap: false,
    });
    const logs = isObject(thing.logConfig) && thing.logConfig.enable === true;
    thing.enableFlowLogs = logs;
    if (!logs) thing.logConfig = { enable: false };
  },
  routers: (thing) => {
    fillIn(thing, { encryptedInterconnectRouter: false });
    for (const nat of objectsOf(thing.nats)) fillIn(nat, NAT);
  },
  addresses: (thing) => {
    Object.assign(thing, { status: 'RESERVED', labelFingerprint: 'Zg==' });
    fillIn(thing, { networkTier: 'PREMIUM' });
  },
  firewalls: (thing) => {
    fillIn(thing, { priority: 1000, disabled: false, logConfig: { enable: false } });
  },
  resourcePolicies: (thing) => {
    thing.status = 'READY';
  },
  reservations: (thing) => {
    thing.status = 'READY';
    fillIn(thing, {
      shareSettings: { shareType: 'LOCAL' },
      reservationSharingPolicy: { serviceShareType: 'DISALLOW_ALL' },
    });
    const specific = objectAt(thing, 'specificReservation');
    Object.assign(specific, { assuredCount: specific.count, inUseCount: '0' });
    thing.resourceStatus = { specificSkuAllocation: {} };
  },
};

/** What Compute Engine fills in when something is made or changed. */
export function fillCompute(kind: string, path: string, thing: JsonObject): JsonObject {
  Object.assign(thing, {
    kind: `compute#${kind.slice(0, -1)}`,
    id: '42',
    creationTimestamp: CREATED,
    selfLink: COMPUTE_SITE + path,
  });
  const [, project, place, name] = /^(projects\/[^/]+)\/(zones|regions)\/([^/]+)\//.exec(path) ?? [];
  if (place !== undefined) thing[place.slice(0, -1)] = `${COMPUTE_SITE}${project}/${place}/${name}`;
  for (const link of ['network', 'networkProfile']) {
    const value = textOf(thing[link]);
    if (value !== '' && !value.startsWith('http')) thing[link] = COMPUTE_SITE + value;
  }
  FILLERS[kind]?.(thing, path);
  return thing;
}
