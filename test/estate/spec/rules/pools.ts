import type { Changes } from '../fixtures';
import type { RuleTable } from './table';

const TRAIN = 'clusters.ohio.pools.train';
const SLICES = 'clusters.iowa.pools.slices';
const DATA = 'clusters.ohio.pools.data';
const cpuPool = (size: object) => ({ [DATA]: { machine: 'm7i.4xlarge', zone: 'us-east-2a', ...size } });

const ultra = (own: object) => ({
  'clusters.ohio.pools.ultra': {
    accelerator: 'gb200',
    zone: 'us-east-2b',
    capacity: {
      kind: 'capacity-block',
      ids: [`cr-${'b'.repeat(17)}`],
      window: { start: '2026-12-01', end: '2027-05-31' },
    },
    ...own,
  },
});

const PROVIDER_SERVICE = 'ocid1.providerservice.oc1.phx.aaaa';

/** A circuit between a site and that on Google Cloud. */
const circuitTo = (site: string, more: object): Changes => ({
  'links.circuit': { between: [site, 'iowa'], kind: 'interconnect', ...more },
});

/** Rules on what pools are made of and how they are sized. */
export const POOL_RULES: Readonly<Record<string, RuleTable>> = {
  UnknownAccelerator: {
    holds: [{ [`${TRAIN}.accelerator`]: 'b200' }],
    fails: [
      [{ [`${TRAIN}.accelerator`]: 'b2000' }, `${TRAIN}.accelerator`, 'did you mean "b200"?'],
      [{ [`${TRAIN}.accelerator`]: 'H200' }, `${TRAIN}.accelerator`, 'did you mean "h200"?'],
      [{ [`${TRAIN}.accelerator`]: 'constructor' }, `${TRAIN}.accelerator`, '"constructor" is not in the catalog'],
    ],
  },
  AcceleratorNotOffered: {
    holds: [{ 'clusters.phoenix.pools.nodes.accelerator': 'mi300x' }],
    fails: [
      [{ [`${TRAIN}.accelerator`]: 'mi355x' }, `${TRAIN}.accelerator`, 'it is offered on Oracle Cloud'],
      [{ [`${TRAIN}.accelerator`]: 'tpu-v7x' }, `${TRAIN}.accelerator`, 'TPU v7x is not offered on AWS'],
    ],
  },
  PoolMachine: {
    holds: [
      { 'clusters.ohio.pools.data': { machine: 'm7i.8xlarge', nodes: 4, zone: 'us-east-2a' } },
      { 'clusters.east.pools.data': { machine: 'Standard_D32ads_v5', nodes: 4 } },
      { 'clusters.iowa.pools.data': { machine: 'n4-standard-32', nodes: 4 } },
      {
        'clusters.phoenix.pools.data': { machine: 'VM.Standard.E5.Flex', nodes: 4, image: 'ocid1.image.oc1.phx.dddd' },
      },
    ],
    fails: [
      [
        { 'clusters.ohio.pools.data': { nodes: 4, zone: 'us-east-2a' } },
        'clusters.ohio.pools.data',
        'names neither an accelerator nor a machine',
      ],
      [
        { [`${TRAIN}.accelerator`]: undefined },
        TRAIN,
        'write accelerator: with what trains, or for CPU nodes machine: such as m7i.4xlarge',
      ],
    ],
  },
  UnknownMachine: {
    holds: [{ [`${TRAIN}.machine`]: 'p5e.48xlarge', [`${TRAIN}.nodes`]: 2 }],
    fails: [
      [
        { 'clusters.ohio.pools.data': { machine: 'm7i.8xlarg', nodes: 4, zone: 'us-east-2a' } },
        'clusters.ohio.pools.data.machine',
        /^CPU machines: m7i\.4xlarge, m7i\.2xlarge, m7i\.8xlarge/,
      ],
      [{ [`${TRAIN}.machine`]: 'p5en.48xlrge' }, `${TRAIN}.machine`, 'did you mean "p5en.48xlarge"?'],
      [{ [`${TRAIN}.machine`]: 'BM.GPU.H200.8' }, `${TRAIN}.machine`, 'is a machine of Oracle Cloud'],
      [{ [`${TRAIN}.machine`]: 'toString' }, `${TRAIN}.machine`, 'AWS has no machine "toString"'],
      [
        { 'clusters.ohio.systemPool': { machine: 'm5.nothing' } },
        'clusters.ohio.systemPool.machine',
        'AWS has no machine "m5.nothing"',
      ],
    ],
  },
  MachineMismatch: {
    holds: [{ [`${TRAIN}.machine`]: 'p5en.48xlarge' }, { 'clusters.ohio.systemPool': { machine: 'm7i.4xlarge' } }],
    fails: [
      [{ [`${TRAIN}.machine`]: 'p5.48xlarge' }, `${TRAIN}.machine`, 'p5.48xlarge carries "h100", not "h200"'],
      [{ [`${TRAIN}.machine`]: 'm7i.8xlarge' }, `${TRAIN}.machine`, 'm7i.8xlarge carries no accelerator, not "h200"'],
      [{ [`${TRAIN}.machine`]: 'm7i.2xlarge' }, `${TRAIN}.machine`, 'a pool of CPU nodes leaves accelerator out'],
      [
        { [`${TRAIN}.accelerator`]: undefined, [`${TRAIN}.machine`]: 'p5en.48xlarge' },
        `${TRAIN}.machine`,
        'write accelerator: h200',
      ],
      [
        { 'clusters.ohio.systemPool': { machine: 'p5.48xlarge' } },
        'clusters.ohio.systemPool.machine',
        'a system pool runs on a CPU machine',
      ],
    ],
  },
  PoolSizeForm: {
    holds: [{ [`${TRAIN}.nodes`]: undefined, [`${TRAIN}.accelerators`]: 128 }],
    fails: [
      [{ [`${TRAIN}.nodes`]: undefined }, TRAIN, 'the pool has no size'],
      [{ [`${TRAIN}.accelerators`]: 128 }, `${TRAIN}.accelerators`, 'in "nodes" and "accelerators"'],
      [{ [`${TRAIN}.nodes`]: undefined, [`${TRAIN}.racks`]: 2 }, `${TRAIN}.racks`, 'does not come in racks'],
      [{ [`${SLICES}.accelerators`]: undefined, [`${SLICES}.racks`]: 2 }, `${SLICES}.racks`, 'does not come in racks'],
      [cpuPool({}), DATA, /^write nodes: 1$/],
      [cpuPool({ racks: 1 }), `${DATA}.racks`, /^give the size as nodes$/],
      [cpuPool({ accelerators: 8 }), `${DATA}.accelerators`, 'm7i.4xlarge has no accelerators to count'],
    ],
  },
  WholeGroups: {
    holds: [
      { 'clusters.east.pools.train.racks': undefined, 'clusters.east.pools.train.nodes': 36 },
      { 'clusters.east.pools.train.racks': undefined, 'clusters.east.pools.train.accelerators': 72 },
      { [`${SLICES}.accelerators`]: undefined, [`${SLICES}.nodes`]: 16 },
    ],
    fails: [
      [
        { [`${TRAIN}.nodes`]: undefined, [`${TRAIN}.accelerators`]: 4100 },
        `${TRAIN}.accelerators`,
        'the nearest: accelerators: 4096 or accelerators: 4104',
      ],
      [
        { [`${TRAIN}.nodes`]: undefined, [`${TRAIN}.accelerators`]: 3 },
        `${TRAIN}.accelerators`,
        /the nearest: accelerators: 8$/,
      ],
      [
        { 'clusters.east.pools.train.racks': undefined, 'clusters.east.pools.train.nodes': 20 },
        'clusters.east.pools.train.nodes',
        'the nearest: nodes: 18 or nodes: 36; racks with fewer trays go into a second pool that counts them whole, with spareTraysPerRack',
      ],
      [
        { 'clusters.east.pools.train.racks': undefined, 'clusters.east.pools.train.accelerators': 100 },
        'clusters.east.pools.train.accelerators',
        'the nearest: accelerators: 72 or accelerators: 144',
      ],
      [{ [`${SLICES}.accelerators`]: 100 }, `${SLICES}.accelerators`, 'not a whole number of 4x4x4 slices'],
      [
        ultra({ nodes: 9 }),
        'clusters.ohio.pools.ultra.nodes',
        /^the nearest: nodes: 18; one rack is 9 with ultraServer: u-p6e-gb200x36; racks with fewer trays/,
      ],
      [
        ultra({ ultraServer: 'u-p6e-gb200x36', nodes: 10 }),
        'clusters.ohio.pools.ultra.nodes',
        'one p6e-gb200.36xlarge rack is 9 nodes',
      ],
      [
        { [`${SLICES}.accelerators`]: undefined, [`${SLICES}.nodes`]: { min: 3, max: 32 } },
        `${SLICES}.nodes.min`,
        'the nearest: min: 0 or min: 16',
      ],
      [
        { [`${SLICES}.accelerators`]: undefined, [`${SLICES}.nodes`]: { min: 0, max: 20 } },
        `${SLICES}.nodes.max`,
        'the nearest: max: 16 or max: 32',
      ],
    ],
  },
  UltraServer: {
    holds: [
      ultra({ ultraServer: 'u-p6e-gb200x36', nodes: 9 }),
      ultra({ ultraServer: 'u-p6e-gb200x72', nodes: 18 }),
      ultra({ machine: 'p6e-gb200.36xlarge', ultraServer: 'u-p6e-gb200x36', accelerators: 36 }),
      ultra({ accelerator: 'trainium2', ultraServer: 'u-trn2x64', nodes: 4 }),
    ],
    fails: [
      [
        ultra({ ultraServer: 'u-p6e-gb200x63', racks: 1 }),
        'clusters.ohio.pools.ultra.ultraServer',
        'AWS has no UltraServer "u-p6e-gb200x63" in the catalog; did you mean "u-p6e-gb200x36"?',
      ],
      [
        ultra({ ultraServer: 'u-trn2x64', racks: 1 }),
        'clusters.ohio.pools.ultra.ultraServer',
        'name "u-p6e-gb200x72" or "u-p6e-gb200x36"',
      ],
      [
        { [`${TRAIN}.ultraServer`]: 'u-p6e-gb200x36' },
        `${TRAIN}.ultraServer`,
        'u-p6e-gb200x36 is made of p6e-gb200.36xlarge, and the pool of p5en.48xlarge',
      ],
    ],
  },
  NodeRange: {
    holds: [
      cpuPool({ nodes: { min: 0, max: 40 } }),
      cpuPool({ nodes: { min: 4, max: 4 }, capacity: { kind: 'spot' } }),
      { [`${TRAIN}.nodes`]: { min: 2, max: 16 } },
      { 'clusters.east.pools.data': { machine: 'Standard_D32ads_v5', nodes: { min: 1, max: 9 } } },
      {
        'clusters.iowa.pools.flex': {
          accelerator: 'b200',
          nodes: { min: 0, max: 8 },
          capacity: { kind: 'flex-start' },
        },
      },
      { [`${SLICES}.accelerators`]: undefined, [`${SLICES}.nodes`]: { min: 0, max: 32 } },
      { 'clusters.phoenix.pools.nodes.nodes': { min: 0, max: 4 } },
    ],
    fails: [
      [cpuPool({ nodes: { min: 8, max: 4 } }), `${DATA}.nodes.min`, 'write min: 4 or less, or max: 8 or more'],
      [
        { [`${TRAIN}.nodes`]: { min: 0, max: 16 }, [`${TRAIN}.capacity`]: { kind: 'reservation', ids: ['cr-0'] } },
        `${TRAIN}.nodes`,
        'write nodes: 16, or put what comes and goes into a pool of its own',
      ],
      [
        {
          [`${TRAIN}.nodes`]: { min: 0, max: 16 },
          [`${TRAIN}.capacity`]: {
            kind: 'capacity-block',
            ids: ['cr-0123456789abcdef0'],
            window: { start: '2026-12-01', end: '2027-05-31' },
          },
        },
        `${TRAIN}.nodes`,
        'capacity "capacity-block" is held for us',
      ],
      [
        {
          'clusters.phoenix.pools.nodes.nodes': { min: 0, max: 4 },
          'clusters.phoenix.pools.nodes.capacity': {
            kind: 'dedicated',
            hostGroups: ['ocid1.computehostgroup.oc1.phx.a'],
          },
        },
        'clusters.phoenix.pools.nodes.nodes',
        'capacity "dedicated" is held for us',
      ],
      [
        {
          'clusters.east.pools.train.racks': undefined,
          'clusters.east.pools.train.nodes': { min: 18, max: 36 },
        },
        'clusters.east.pools.train.nodes',
        /^write racks: 2$/,
      ],
      [
        {
          'clusters.iowa.pools.flex': {
            accelerator: 'b200',
            nodes: { min: 2, max: 8 },
            capacity: { kind: 'flex-start' },
          },
        },
        'clusters.iowa.pools.flex.nodes.min',
        'flex-start nodes go away after their hours, so no minimum of 2 nodes can be kept',
      ],
    ],
  },
  SpareTrays: {
    holds: [{ 'clusters.east.pools.train.spareTraysPerRack': 2 }],
    fails: [
      [{ [`${TRAIN}.spareTraysPerRack`]: 1 }, `${TRAIN}.spareTraysPerRack`, 'does not come in racks'],
      [
        {
          'clusters.ohio.pools.neuron': {
            accelerator: 'trainium2',
            machine: 'trn2u.48xlarge',
            racks: 1,
            spareTraysPerRack: 4,
            zone: 'us-east-2b',
          },
        },
        'clusters.ohio.pools.neuron.spareTraysPerRack',
        'a rack of trn2u.48xlarge has 4 trays; none would be in service',
      ],
    ],
  },
  GoogleTopology: {
    holds: [{ [`${SLICES}.topology`]: '2x2x1' }],
    fails: [
      [{ [`${SLICES}.topology`]: undefined }, SLICES, '"topology" is missing'],
      [
        { [`${SLICES}.topology`]: '3x3x3' },
        `${SLICES}.topology`,
        '"3x3x3" (27 chips) is no slice of tpu7x-standard-4t',
      ],
      [
        { [`${SLICES}.topology`]: '3x3x3' },
        `${SLICES}.topology`,
        /^the nearest topologies of tpu7x-standard-4t: 2x2x1 \(4 chips\), 2x2x2 \(8 chips\), 2x2x4 \(16 chips\), 2x4x4 \(32 chips\), 4x4x4 \(64 chips\), of \d+$/,
      ],
      [
        { [`${SLICES}.topology`]: undefined, [`${SLICES}.accelerators`]: 256 },
        SLICES,
        /^the nearest topologies of tpu7x-standard-4t: .*4x8x8 \(256 chips\)/,
      ],
      [{ [`${TRAIN}.topology`]: '4x4' }, `${TRAIN}.topology`, 'does not come in slices'],
    ],
  },
  RestrictedMachine: {
    holds: [{ 'acknowledge.1.path': 'clusters.iowa' }],
    fails: [[{ acknowledge: [] }, 'clusters.east.pools.train.accelerator', 'approved']],
  },
  RegionIndicative: {
    holds: [
      {},
      {
        'sites.ohio.region': 'us-east-1',
        'sites.ohio.zones': ['us-east-1a', 'us-east-1b', 'us-east-1-dfw-2a'],
        'clusters.ohio.pools.train': { accelerator: 'gb200', racks: 1, zone: 'us-east-1-dfw-2a' },
      },
    ],
    fails: [
      [
        {
          'sites.ohio.region': 'us-east-1',
          'sites.ohio.zones': ['us-east-1a', 'us-east-1b'],
          'clusters.ohio.pools.train': { accelerator: 'gb200', racks: 1, zone: 'us-east-1a' },
        },
        'clusters.ohio.pools.train.zone',
        'p6e-gb200.36xlarge was not seen in "us-east-1a" (2026-11); it was seen in us-east-1-dfw-2a',
      ],
      [
        { 'sites.east.region': 'westus3' },
        'clusters.east.pools.train.accelerator',
        'was not seen in "westus3" (2026-11); it was seen in eastus2',
      ],
    ],
  },
  AzureInfinibandMix: {
    holds: [
      {
        'accounts.azure-hopper': {
          cloud: 'azure',
          subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a02',
          tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
        },
        'sites.south': { account: 'azure-hopper', region: 'southcentralus', zones: ['1'] },
        'clusters.south': { site: 'south', pools: { train: { accelerator: 'h200', nodes: 4 } } },
      },
    ],
    fails: [
      [
        { 'clusters.east.pools.old': { accelerator: 'h200', nodes: 4 } },
        'clusters.east.pools.old.accelerator',
        'clusters.east.pools.train in the same subscription needs it unregistered',
      ],
    ],
  },
  MetalAlone: {
    holds: [
      { 'clusters.metal': { site: 'iowa', pools: { racks: { accelerator: 'gb300', racks: 1 } } } },
      {
        'clusters.metal': {
          site: 'iowa',
          pools: { racks: { accelerator: 'gb300', racks: 1 }, more: { accelerator: 'gb300', racks: 2 } },
        },
      },
      // Machines that ask nothing unusual of their cluster share it, and other clouds know no such thing.
      { 'clusters.iowa.pools.hopper': { accelerator: 'h200', nodes: 2 } },
      { 'clusters.phoenix.pools.hopper': { accelerator: 'h200', nodes: 2 } },
    ],
    fails: [
      [
        { 'clusters.iowa.pools.metal': { accelerator: 'gb300', racks: 1 } },
        'clusters.iowa.pools.metal.accelerator',
        'a4x-maxgpu-4g-metal shares its cluster with a4x-highgpu-4g of clusters.iowa.pools.racks',
      ],
      [
        { 'clusters.iowa.pools.racks': undefined, 'clusters.iowa.pools.metal': { accelerator: 'gb300', racks: 1 } },
        'clusters.iowa.pools.metal.accelerator',
        'move the pool to a cluster of its own at site "iowa"',
      ],
    ],
  },
  OracleIdKind: {
    holds: [
      {},
      circuitTo('phoenix', { providerServiceId: PROVIDER_SERVICE }),
      { 'accounts.oracle-main.compartmentId': 'ocid1.tenancy.oc1..aaaa' },
    ],
    fails: [
      [
        { 'accounts.oracle-main.tenancyId': 'ocid1.compartment.oc1..bbbb' },
        'accounts.oracle-main.tenancyId',
        '"ocid1.compartment.oc1..bbbb" names "compartment", and tenancyId stands for "tenancy"',
      ],
      [
        circuitTo('phoenix', { providerServiceId: 'ocid1.service.oc1.phx.a' }),
        'links.circuit.providerServiceId',
        'write ocid1.providerservice.…',
      ],
      [
        { 'accounts.oracle-main.compartmentId': 'ocid1.vcn.oc1.phx.a' },
        'accounts.oracle-main.compartmentId',
        'compartmentId stands for "compartment" or "tenancy"',
      ],
      [
        { 'sites.phoenix.serviceGateway.serviceId': 'ocid1.servicegateway.oc1.phx.a' },
        'sites.phoenix.serviceGateway.serviceId',
        'write ocid1.service.…',
      ],
      [
        { 'clusters.phoenix.systemPool.image': 'ocid1.instance.oc1.phx.a' },
        'clusters.phoenix.systemPool.image',
        'write ocid1.image.…',
      ],
      [
        { 'clusters.phoenix.pools.nodes.image': 'ocid1.instance.oc1.phx.a' },
        'clusters.phoenix.pools.nodes.image',
        'image stands for "image"',
      ],
    ],
  },
  OracleIdRegion: {
    holds: [
      {},
      // Old regions have short names in ids, and may have their full ones.
      { 'clusters.phoenix.systemPool.image': 'ocid1.image.oc1.us-phoenix-1.a' },
      { 'clusters.phoenix.systemPool.image': 'ocid1.image.oc1..a' },
      {
        'sites.phoenix.region': 'us-luke-1',
        'sites.phoenix.zones': ['Uocm:US-LUKE-1-AD-1'],
        'catalog.regions.oracle': { names: ['us-luke-1'], source: 'https://example.com/regions', checked: '2026-11' },
        'sites.phoenix.serviceGateway.serviceId': 'ocid1.service.oc1.us-luke-1.a',
        'clusters.phoenix.systemPool.image': 'ocid1.image.oc1.us-luke-1.a',
        'clusters.phoenix.pools': {},
      },
    ],
    fails: [
      [
        circuitTo('phoenix', { providerServiceId: 'ocid1.providerservice.oc1.iad.aaaa' }),
        'links.circuit.providerServiceId',
        'lies in region "iad"',
      ],
      [
        { 'clusters.phoenix.systemPool.image': 'ocid1.image.oc1.iad.a' },
        'clusters.phoenix.systemPool.image',
        '"ocid1.image.oc1.iad.a" lies in region "iad", and the site in "us-phoenix-1"',
      ],
      [
        { 'clusters.phoenix.systemPool.image': 'ocid1.image.oc1.iad.b' },
        'clusters.phoenix.systemPool.image',
        'name one whose fourth part is "phx" or "us-phoenix-1"',
      ],
      [
        { 'clusters.phoenix.pools.nodes.image': 'ocid1.image.oc1.eu-frankfurt-1.a' },
        'clusters.phoenix.pools.nodes.image',
        'lies in region "eu-frankfurt-1"',
      ],
      [
        { 'clusters.phoenix.pools.racks.capacity.fabrics.1': 'ocid1.computegpumemoryfabric.oc1.iad.a' },
        'clusters.phoenix.pools.racks.capacity.fabrics.1',
        'lies in region "iad"',
      ],
      [
        {
          'clusters.phoenix.pools.nodes.capacity': {
            kind: 'dedicated',
            hostGroups: ['ocid1.computehostgroup.oc1.iad.a'],
          },
        },
        'clusters.phoenix.pools.nodes.capacity.hostGroups.0',
        'lies in region "iad"',
      ],
      [
        {
          'clusters.phoenix.pools.nodes.capacity': {
            kind: 'reservation',
            ids: ['ocid1.capacityreservation.oc2.phx.a'],
          },
        },
        'clusters.phoenix.pools.nodes.capacity.ids.0',
        'lies in realm "oc2", and the tenancy of the site in "oc1"',
      ],
      [
        { 'sites.phoenix.serviceGateway.serviceId': 'ocid1.service.oc1.iad.a' },
        'sites.phoenix.serviceGateway.serviceId',
        'lies in region "iad"',
      ],
      [
        { 'sites.phoenix.serviceGateway.cidrLabel': 'all-iad-services-in-oracle-services-network' },
        'sites.phoenix.serviceGateway.cidrLabel',
        'write all-phx-services-in-oracle-services-network',
      ],
      [
        { 'accounts.oracle-main.tenancyId': 'ocid1.tenancy.oc2..a' },
        'sites.phoenix.region',
        'region "us-phoenix-1" belongs to realm "oc1", and the tenancy to "oc2"',
      ],
    ],
  },
  OracleInputs: {
    holds: [
      circuitTo('phoenix', { providerServiceId: PROVIDER_SERVICE }),
      { 'links.private': { between: ['phoenix', 'iowa'] } },
      {
        'clusters.phoenix.pools.nodes.capacity': {
          kind: 'dedicated',
          hostGroups: ['ocid1.computehostgroup.oc1.phx.a'],
        },
      },
    ],
    fails: [
      [{ 'sites.phoenix.serviceGateway': undefined }, 'sites.phoenix', '"serviceGateway" is missing'],
      [circuitTo('phoenix', {}), 'links.circuit', '"providerServiceId" is missing'],
      [
        circuitTo('ohio', { providerServiceId: PROVIDER_SERVICE }),
        'links.circuit.providerServiceId',
        'only circuits that end at a site of Oracle Cloud',
      ],
      [
        circuitTo('phoenix', { providerServiceId: PROVIDER_SERVICE, kind: 'vpn' }),
        'links.circuit.providerServiceId',
        'remove providerServiceId',
      ],
      [{ 'clusters.phoenix.systemPool': undefined }, 'clusters.phoenix', 'the system pool has no "image"'],
      [{ 'clusters.phoenix.pools.nodes.image': undefined }, 'clusters.phoenix.pools.nodes', '"image" is missing'],
      [
        { 'clusters.phoenix.pools.racks.capacity': { kind: 'dedicated' } },
        'clusters.phoenix.pools.racks.capacity',
        '"fabrics" is missing',
      ],
      [
        { 'clusters.phoenix.pools.racks.capacity.hostGroups': ['ocid1.computehostgroup.oc1.phx.a'] },
        'clusters.phoenix.pools.racks.capacity.hostGroups',
        'comes in racks',
      ],
      [
        {
          'clusters.phoenix.pools.nodes.capacity': {
            kind: 'dedicated',
            fabrics: ['ocid1.computegpumemoryfabric.oc1.phx.a'],
          },
        },
        'clusters.phoenix.pools.nodes.capacity.fabrics',
        'has no GPU memory fabric',
      ],
    ],
  },
  CloudOnly: {
    holds: [
      { 'sites.east.access': { runner: { ranges: ['203.0.113.7/32'] } } },
      { 'clusters.ohio.controlPlaneTier': 'xl' },
      { 'clusters.iowa.binaryAuthorization': true },
      { 'clusters.east.policyAddon': false },
    ],
    fails: [
      [
        { 'clusters.ohio.binaryAuthorization': true },
        'clusters.ohio.binaryAuthorization',
        '"binaryAuthorization" has a meaning on Google Cloud only; this is AWS',
      ],
      [
        { 'clusters.east.binaryAuthorization': true },
        'clusters.east.binaryAuthorization',
        'by policies that you assign, which policyAddon enforces',
      ],
      [
        { 'clusters.phoenix.binaryAuthorization': false },
        'clusters.phoenix.binaryAuthorization',
        'an admission controller that you install',
      ],
      [
        { 'clusters.iowa.policyAddon': true },
        'clusters.iowa.policyAddon',
        '"policyAddon" has a meaning on Azure only; this is Google Cloud',
      ],
      [{ 'clusters.iowa.policyAddon': true }, 'clusters.iowa.policyAddon', 'by Policy Controller of the fleet'],
      [{ 'clusters.ohio.policyAddon': true }, 'clusters.ohio.policyAddon', 'such as Gatekeeper'],
      [
        { 'sites.ohio.serviceGateway': { serviceId: 'ocid1.service.oc1.phx.a', cidrLabel: 'all' } },
        'sites.ohio.serviceGateway',
        '"serviceGateway" has a meaning on Oracle Cloud only; this is AWS',
      ],
      [{ [`${TRAIN}.image`]: 'ami-1' }, `${TRAIN}.image`, '"image" has a meaning on Oracle Cloud only'],
      [
        { 'clusters.east.pools.train.release': '1.36.0-20260120' },
        'clusters.east.pools.train.release',
        '"release" has a meaning on AWS only; this is Azure',
      ],
      [
        { 'clusters.iowa.systemPool': { release: '1.35.0-20260120' } },
        'clusters.iowa.systemPool.release',
        'images follow the Kubernetes version',
      ],
      [
        { 'sites.iowa.access': { runner: { ranges: ['203.0.113.7/32'] } } },
        'sites.iowa.access.runner',
        '"runner" has a meaning on Azure only; this is Google Cloud',
      ],
      [
        { 'accounts.aws-main.access.runner': { ranges: ['203.0.113.7/32'] } },
        'accounts.aws-main.access.runner',
        'this is AWS',
      ],
      [
        { 'clusters.phoenix.pools.racks.release': '1.36.0-20260120' },
        'clusters.phoenix.pools.racks.release',
        'write image, the OCID of a node image',
      ],
      [
        { 'clusters.east.addons': { coredns: 'v1.13.2-eksbuild.4' } },
        'clusters.east.addons',
        'add-ons there follow the Kubernetes version',
      ],
      [
        { 'clusters.east.controlPlaneTier': 'xl' },
        'clusters.east.controlPlaneTier',
        'the service sizes the control plane by itself',
      ],
      [
        { 'clusters.ohio.systemPool': { image: 'ami-1' } },
        'clusters.ohio.systemPool.image',
        '"image" has a meaning on Oracle Cloud only',
      ],
      [
        {
          'clusters.east.pools.train.capacity': {
            kind: 'dedicated',
            fabrics: ['ocid1.computegpumemoryfabric.oc1.phx.a'],
          },
        },
        'clusters.east.pools.train.capacity.fabrics',
        '"fabrics" has a meaning on Oracle Cloud only; this is Azure',
      ],
      [
        {
          [`${TRAIN}.capacity`]: {
            kind: 'reservation',
            ids: ['cr-0123456789abcdef0'],
            maintenanceInterval: 'PERIODIC',
          },
        },
        `${TRAIN}.capacity.maintenanceInterval`,
        '"maintenanceInterval" has a meaning on Google Cloud only; this is AWS',
      ],
      [
        { 'clusters.iowa.pools.racks.ultraServer': 'u-p6e-gb200x36' },
        'clusters.iowa.pools.racks.ultraServer',
        '"ultraServer" has a meaning on AWS only; this is Google Cloud',
      ],
      [
        { 'clusters.iowa.pools.racks.capacity.placementGroup': 'training' },
        'clusters.iowa.pools.racks.capacity.placementGroup',
        'or the block of it that ids name, says where its machines are',
      ],
    ],
  },
};
