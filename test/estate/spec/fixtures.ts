import { type Diagnostic, EstateError } from '../../../estate/diagnostics';
import type { EstateFiles } from '../../../estate/spec/files';
import { parseEstate } from '../../../estate/spec/load';

const OCID = (type: string, mark: string) => `ocid1.${type}.oc1.phx.${mark}`;

/** A valid estate on all four clouds without warnings. */
export const BASE = {
  estate: 'v1',
  name: 'atlas',
  owner: { team: 'training', email: 'training@example.com' },
  accounts: {
    'aws-main': {
      cloud: 'aws',
      accountId: '111122223333',
      access: { administrators: ['arn:aws:iam::111122223333:role/platform'], ranges: ['10.8.0.0/16'] },
    },
    'azure-gb': {
      cloud: 'azure',
      subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
      tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
      access: { administrators: ['7d3f1a52-0c4e-4b6a-9d1c-3e5f7a9b1c21'], ranges: ['10.8.0.0/16'] },
    },
    'google-main': {
      cloud: 'google',
      projectId: 'atlas-train',
      projectNumber: '123456789012',
      access: { administrators: ['platform@example.com'] },
    },
    'oracle-main': {
      cloud: 'oracle',
      tenancyId: 'ocid1.tenancy.oc1..aaaa',
      compartmentId: 'ocid1.compartment.oc1..bbbb',
      homeRegion: 'us-ashburn-1',
      objectStorageNamespace: 'atlastrain',
      access: { administrators: ['platform'], ranges: ['10.8.0.0/16'] },
    },
  },
  sites: {
    ohio: { account: 'aws-main', region: 'us-east-2', zones: ['us-east-2a', 'us-east-2b'] },
    east: { account: 'azure-gb', region: 'eastus2', zones: ['1'] },
    iowa: { account: 'google-main', region: 'us-central1', zones: ['us-central1-a'] },
    phoenix: {
      account: 'oracle-main',
      region: 'us-phoenix-1',
      zones: ['Uocm:PHX-AD-1'],
      serviceGateway: { serviceId: OCID('service', 'cccc'), cidrLabel: 'all-phx-services-in-oracle-services-network' },
    },
  },
  clusters: {
    ohio: {
      site: 'ohio',
      mounts: ['scratch', 'checkpoints'],
      pools: { train: { accelerator: 'h200', nodes: 16, zone: 'us-east-2b' } },
    },
    east: { site: 'east', pools: { train: { accelerator: 'gb300', racks: 2 } } },
    iowa: {
      site: 'iowa',
      pools: {
        racks: { accelerator: 'gb200', racks: 2, capacity: { kind: 'reservation', ids: ['atlas-gb200'] } },
        slices: { accelerator: 'tpu-v7x', accelerators: 128, topology: '4x4x4' },
      },
    },
    phoenix: {
      site: 'phoenix',
      systemPool: { image: OCID('image', 'dddd') },
      pools: {
        racks: {
          accelerator: 'gb300',
          racks: 2,
          image: OCID('image', 'eeee'),
          capacity: {
            kind: 'dedicated',
            fabrics: [OCID('computegpumemoryfabric', 'ffff'), OCID('computegpumemoryfabric', 'gggg')],
          },
        },
        nodes: { accelerator: 'mi355x', nodes: 4, image: OCID('image', 'hhhh') },
      },
    },
  },
  stores: {
    scratch: { kind: 'lustre', site: 'ohio', zone: 'us-east-2b', capacityGiB: 9600, throughputMBpsPerTiB: 500 },
    checkpoints: { kind: 'object', site: 'ohio' },
    fast: { kind: 'lustre', site: 'phoenix', capacityTB: 31.2, throughputMBpsPerTiB: 1000 },
    tpu: { kind: 'object', site: 'iowa' },
  },
  acknowledge: [
    { rule: 'RestrictedMachine', path: 'clusters.east', reason: 'approved' },
    { rule: 'RestrictedMachine', path: 'clusters.iowa.pools.racks', reason: 'approved' },
    { rule: 'RestrictedMachine', path: 'clusters.phoenix.pools.racks', reason: 'approved' },
  ],
};

/** Changes to an estate: dotted path -> new value; undefined removes. */
export type Changes = Readonly<Record<string, unknown>>;

/** The base estate with changes, as the text of a file. */
export function estateText(changes: Changes = {}, base: object = BASE): string {
  const copy: unknown = structuredClone(base);
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    let parent = copy;
    for (const step of steps) {
      if (typeof parent !== 'object' || parent === null) throw new Error(`there is no ${path} to change`);
      if (!Object.hasOwn(parent, step)) Reflect.set(parent, step, {});
      parent = Reflect.get(parent, step);
    }
    if (typeof parent !== 'object' || parent === null) throw new Error(`there is no ${path} to change`);
    if (value === undefined) Reflect.deleteProperty(parent, last);
    // A copy: further changes may lead into it.
    else Reflect.set(parent, last, structuredClone(value));
  }
  return JSON.stringify(copy, undefined, 2);
}

/** Everything that is found in a text: errors or warnings. */
export function findingsIn(text: string, files?: EstateFiles): readonly Diagnostic[] {
  try {
    return parseEstate(text, 'estate.yaml', files).warnings;
  } catch (error) {
    if (error instanceof EstateError) return error.diagnostics;
    throw error;
  }
}
