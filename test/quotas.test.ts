import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveEstate } from '../cli/app';
import type { Ask } from '../estate/plan/asks/ask';
import { quotaAsks } from '../estate/plan/quotas';
import type { Plan, PoolPlan } from '../estate/plan/types';
import { ROOT } from './helpers/cli';
import { estateOf, lockAndResolve } from './helpers/estates';
import { grantedAws } from './helpers/granted';
import { linkedAws } from './helpers/linked';
import { BOUNDED, type Body, UNBOUNDED } from './helpers/quota-types';
import { askedBy, madeBy, type Resource, resourcesOf, unknownTypes } from './helpers/quotas';
import { replicatedAws } from './helpers/replicated';

/** Logs that are kept, and alarms. */
const WATCHED = { logs: { retainDays: 90 }, alarms: true };

/** What no example has: networks without NAT, people who look, DNS servers, budgets and limits, and an AKS cluster of an earlier release. */
const LEFT_OUT = estateOf({
  estate: 'v1',
  name: 'rest',
  owner: { team: 'research', email: 'research@example.com' },
  accounts: {
    aws: { cloud: 'aws', accountId: '111122223333', ...WATCHED },
    azure: {
      cloud: 'azure',
      ...WATCHED,
      subscriptionId: '5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a01',
      tenantId: '9c3b7a52-1d4e-4f6a-8b0c-2e5d7f9a1b03',
      access: {
        administrators: ['5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a02'],
        viewers: ['5f0c1f4e-6b1d-4c58-9a2e-0b6f3c1d7a03'],
      },
    },
    google: {
      cloud: 'google',
      ...WATCHED,
      projectId: 'rest-train',
      projectNumber: '123456789012',
      billingAccount: '0A1B2C-3D4E5F-6A7B8C',
      access: { administrators: ['platform@example.com'], viewers: ['research@example.com'] },
    },
    oracle: {
      cloud: 'oracle',
      ...WATCHED,
      tenancyId: 'ocid1.tenancy.oc1..aaaa',
      compartmentId: 'ocid1.compartment.oc1..bbbb',
      homeRegion: 'us-ashburn-1',
      objectStorageNamespace: 'rest',
      access: { administrators: ['platform'], viewers: ['research'] },
    },
  },
  sites: {
    closed: {
      account: 'aws',
      region: 'us-west-2',
      zones: ['us-west-2a', 'us-west-2b'],
      network: { egress: 'none', dns: ['10.1.0.4'] },
    },
    routed: {
      account: 'aws',
      region: 'us-east-1',
      zones: ['us-east-1a', 'us-east-1b'],
      network: { egress: { via: 'tgw-0123456789abcdef0' } },
    },
    virginia: { account: 'azure', region: 'eastus2', zones: ['1'], network: { egress: { via: '10.1.0.5' } } },
    iowa: {
      account: 'google',
      region: 'us-central1',
      zones: ['us-central1-a', 'us-central1-b'],
      network: { egress: 'none', dns: ['10.1.0.4'] },
    },
    phoenix: {
      account: 'oracle',
      region: 'us-phoenix-1',
      zones: ['Uocm:PHX-AD-1'],
      serviceGateway: {
        serviceId: 'ocid1.service.oc1.phx.cccc',
        cidrLabel: 'all-phx-services-in-oracle-services-network',
      },
      network: { egress: 'none' },
    },
  },
  clusters: {
    west: {
      site: 'closed',
      mounts: ['west-files'],
      pools: {
        h: { accelerator: 'h200', nodes: 2, zone: 'us-west-2a' },
        d: { machine: 'm7i.8xlarge', nodes: { min: 2, max: 40 }, zone: 'us-west-2a' },
      },
    },
    west2: { site: 'closed', mounts: ['west-files'], pools: {} },
    east: { site: 'routed', pools: { h: { accelerator: 'h100', nodes: 2, zone: 'us-east-1a' } } },
    virginia: {
      site: 'virginia',
      mounts: ['virginia-files'],
      pools: { d: { machine: 'Standard_E32ads_v5', nodes: { min: 0, max: 3 } } },
    },
    iowa: {
      site: 'iowa',
      pools: {
        h: { accelerator: 'h100', nodes: 2, zone: 'us-central1-a', capacity: { kind: 'spot' } },
        d: { machine: 'n4-standard-64', nodes: { min: 1, max: 3 }, zone: 'us-central1-a' },
      },
    },
    phoenix: {
      site: 'phoenix',
      mounts: ['phoenix-files', 'phoenix-objects'],
      systemPool: { image: 'x' },
      pools: { d: { machine: 'BM.Standard.E5.192', nodes: { min: 1, max: 3 }, image: 'x' } },
    },
  },
  links: {
    office: {
      between: ['phoenix'],
      to: {
        onPremises: {
          name: 'dublin',
          asn: 65010,
          addresses: ['198.51.100.10', '198.51.100.11'],
          prefixes: ['172.16.0.0/16'],
        },
      },
    },
  },
  budgets: {
    aws: { amount: '12M USD', stopsCapacity: true },
    azure: { amount: '9M USD' },
    google: { amount: '7M USD' },
    oracle: { amount: '5M USD' },
  },
  policy: {
    regions: { deny: ['me-central2'] },
    enforce: {
      aws: { mode: 'deny', machines: true, targets: ['ou-ab12-cdefgh34'] },
      azure: { mode: 'deny', machines: true },
      google: { mode: 'deny' },
      oracle: { mode: 'deny', machines: true, compartment: 'research' },
    },
  },
  stores: {
    'west-files': {
      kind: 'lustre',
      site: 'closed',
      zone: 'us-west-2a',
      capacityGiB: 48_000,
      throughputMBpsPerTiB: 500,
    },
    'virginia-files': { kind: 'lustre', site: 'virginia', capacityTiB: 48, throughputMBpsPerTiB: 500, zone: '1' },
    'phoenix-files': { kind: 'lustre', site: 'phoenix', capacityTB: 31.2, throughputMBpsPerTiB: 500 },
    'phoenix-objects': { kind: 'object', site: 'phoenix' },
  },
});

/** Where every type of AWS is made; test/examples.test.ts asks the same of each example. */
const ESTATES: readonly (readonly [name: string, plan: () => Plan])[] = [
  ['the default estate', () => resolveEstate(join(ROOT, 'estate.yaml')).plan],
  ['what exists already on AWS', () => resolveEstate(join(ROOT, 'examples/aws-existing.yaml')).plan],
  ['what the examples leave out', () => lockAndResolve(LEFT_OUT).plan],
  ['links of sites of AWS', linkedAws],
  ['grants from and to sites of AWS', grantedAws],
  ['replications from and to sites of AWS', replicatedAws],
];

const seen = new Set<string>();

describe.each(ESTATES)('%s', (_, resolved) => {
  const plan = resolved();
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = await resourcesOf(plan);
    for (const { type } of resources) seen.add(type);
  });

  test('makes nothing that is neither asked for nor said to need no asking', () => {
    expect(unknownTypes(resources.map(({ type }) => type))).toEqual([]);
  });

  test('asks each account for what its stacks make', () => {
    expect(askedBy(plan)).toEqual(madeBy(plan, resources));
    expect(Object.keys(askedBy(plan)).length).toBeGreaterThan(5);
  });
});

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

describe('the nodes of the default estate and of what the examples leave out', () => {
  const plans = [resolveEstate(join(ROOT, 'estate.yaml')).plan, lockAndResolve(LEFT_OUT).plan];
  let resources: readonly Resource[];
  beforeAll(async () => {
    resources = (await Promise.all(plans.map(resourcesOf))).flat();
  });

  const asked = (key: string, matches: (ask: Ask) => boolean = () => true) =>
    sum(
      plans
        .flatMap(quotaAsks)
        .filter((ask) => ask.key === key && matches(ask))
        .map(({ count, each }) => count * each),
    );
  const ofType = (type: string) => resources.filter((resource) => resource.type === type);

  /** Node groups of EKS with their largest size, their surge, and the launch template that they point to. */
  const nodeGroups = () =>
    ofType('AWS::EKS::Nodegroup').map(({ stack, body }) => {
      const id = valueAt(body, 'LaunchTemplate', 'Id', 'Ref');
      const template = resources.find((one) => one.stack === stack && one.id === id);
      const nodes = numberAt(body, 'ScalingConfig', 'MaxSize');
      const zones = valueAt(body, 'Subnets') as readonly unknown[];
      const percent = numberAt(body, 'UpdateConfig', 'MaxUnavailablePercentage');
      const surges = valueAt(body, 'UpdateConfig', 'UpdateStrategy') === 'DEFAULT';
      const surge = surges ? Math.max(2 * zones.length, Math.ceil((nodes * percent) / 100)) : 0;
      return { most: nodes + surge, surge, template: valueAt(template?.body, 'LaunchTemplateData') };
    });

  test('of AWS ask for the interfaces that launch templates state, and one more for pods', () => {
    const onNodes = nodeGroups().map(({ most, template }) => {
      const stated = valueAt(template, 'NetworkInterfaces');
      return most * ((Array.isArray(stated) ? stated.length : 1) + 1);
    });
    expect(asked('aws-network-interfaces', ({ noun }) => /node$/.test(noun))).toBe(sum(onNodes));
    expect(sum(nodeGroups().map(({ surge }) => surge))).toBeGreaterThan(0);
  });

  test('of AWS ask for the root volumes that launch templates state', () => {
    const volumes = nodeGroups().map(
      ({ most, template }) => most * numberAt(template, 'BlockDeviceMappings', 0, 'Ebs', 'VolumeSize'),
    );
    expect(asked('aws-volumes')).toBe(sum(volumes));
  });

  test('of AWS are in an Auto Scaling group each time, which EKS makes', () => {
    expect(asked('aws-auto-scaling-groups')).toBe(nodeGroups().length);
    expect(asked('aws-launch-templates')).toBe(2 * nodeGroups().length);
  });

  test('of Azure ask for machines and interfaces, and for what an upgrade of the system pool adds', () => {
    const pools = sum(ofType('azurerm_kubernetes_cluster_node_pool').map(mostOf));
    const system = ofType('azurerm_kubernetes_cluster').map(({ body }) => {
      const surge = String(valueAt(body, 'default_node_pool', 'upgrade_settings', 'max_surge'));
      const nodes = numberAt(body, 'default_node_pool', 'node_count');
      return nodes + Math.ceil((nodes * Number(/^(\d+)%$/.exec(surge)?.[1])) / 100);
    });
    const spares = sum(plans.flatMap((plan) => plan.shards('azure')).flatMap(sparesOf));
    expect(asked('azure-virtual-machines')).toBe(pools + sum(system) + spares);
    expect(asked('azure-network-interfaces', ({ noun }) => /node$/.test(noun))).toBe(pools + sum(system) + spares);
  });

  test('of Azure that spare trays are free for ask for the vCPUs of whole racks', () => {
    const racks = ofType('azurerm_kubernetes_cluster_node_pool').filter(
      ({ body }) => body.vm_size === 'Standard_ND128isr_GB300_v6',
    );
    const ofRacks = asked('azure-family', ({ quota }) => quota === 'standardNDISRGB300V6Family');
    expect(ofRacks).toBe(racks.length * 18 * 128);
    expect(asked('azure-cores')).toBe(asked('azure-family'));
  });

  /** Node pools of GKE with all that they run at most: in each of their zones, and what an upgrade adds. */
  const pools = () =>
    ofType('google_container_node_pool').map(({ body }) => {
      const zones = valueAt(body, 'node_locations') as readonly unknown[];
      const surge = numberAt(body, 'upgrade_settings', 'max_surge');
      return {
        config: valueAt(body, 'node_config') as Body,
        zones: zones.length,
        surge,
        most:
          (numberAt(body, 'autoscaling', 'total_max_node_count') || numberAt(body, 'node_count')) * zones.length +
          surge,
      };
    });

  test('of Google Cloud ask for accelerators, instances and groups of every pool', () => {
    const nodes = (machine: string) =>
      sum(pools().flatMap(({ config, most }) => (config.machine_type === machine ? most : [])));
    const gpus = asked('google-machine', ({ dimension }) => dimension === 'gpu_family=NVIDIA_GB200');
    const chips = asked('google-machine', ({ dimension }) => dimension === 'tpu_family=tpu7x');
    expect([gpus, chips]).toEqual([nodes('a4x-highgpu-4g') * 4, nodes('tpu7x-standard-4t') * 4]);
    expect(asked('google-instances')).toBe(sum(pools().map(({ most }) => most)));
    expect(asked('google-instance-groups')).toBe(sum(pools().map(({ zones }) => zones)));
    expect(sum(pools().map(({ surge }) => surge))).toBeGreaterThan(2);
  });

  test('of Google Cloud ask for boot disks by their type, and for the local ones that they state', () => {
    const disks = (type: RegExp) =>
      sum(
        pools().flatMap(({ config, most }) =>
          type.test(String(config.disk_type)) ? numberAt(config, 'disk_size_gb') * most : [],
        ),
      );
    expect(asked('google-hyperdisk')).toBe(disks(/^hyperdisk-balanced$/));
    expect(asked('google-ssd')).toBe(disks(/^pd-(balanced|ssd)$/));
    const local = pools().map(
      ({ config, most }) => 375 * most * numberAt(config, 'ephemeral_storage_local_ssd_config', 'local_ssd_count'),
    );
    const stated = asked('google-local-ssd', ({ dimension }) => dimension !== 'vm_family=A4X');
    expect(stated).toBe(sum(local));
    expect(stated).toBeGreaterThan(0);
  });

  test('that GKE makes a cluster with are as many as its system pool has, and gone before', () => {
    for (const { stack, body } of ofType('google_container_cluster')) {
      const [system] = ofType('google_container_node_pool').filter(
        (pool) => pool.stack === stack && pool.body.name === 'system',
      );
      expect(body.remove_default_node_pool).toBe(true);
      expect(body.node_locations).toEqual(system?.body.node_locations);
      expect(numberAt(body, 'initial_node_count')).toBeLessThanOrEqual(numberAt(system?.body, 'node_count'));
      expect(valueAt(body, 'node_config', 'machine_type')).toBe(valueAt(system?.body, 'node_config', 'machine_type'));
      // GKE gives them 100 GB.
      expect(numberAt(system?.body, 'node_config', 'disk_size_gb')).toBeGreaterThanOrEqual(100);
    }
  });

  /** Managed pools of OKE with the most that their availability domains hold together, each of which has a limit. */
  const managed = () =>
    ofType('oci_containerengine_node_pool').map(({ body }) => {
      const domains = (valueAt(body, 'node_config_details', 'placement_configs') as readonly unknown[]).length;
      // The service keeps the most of a range with the autoscaler; the pool tells it by a tag.
      const [, most = numberAt(body, 'node_config_details', 'size')] =
        /-(\d+)$/.exec(String(valueAt(body, 'freeform_tags', 'nodes'))) ?? [];
      const here = Math.ceil(Number(most) / domains);
      const surge = numberAt(body, 'node_pool_cycling_details', 'maximum_surge');
      return { body, most: domains * (here + surge) };
    });

  test('of Oracle Cloud ask for the boot volumes that pools and templates state', () => {
    const volumes = managed().map(
      ({ body, most }) => most * numberAt(body, 'node_source_details', 'boot_volume_size_in_gbs'),
    );
    const racks = sum(ofType('oci_core_compute_gpu_memory_cluster').map(({ body }) => numberAt(body, 'size')));
    const spares = sum(plans.flatMap((plan) => plan.shards('oracle')).flatMap(sparesOf));
    const [template] = ofType('oci_core_instance_configuration');
    const volume = ['instance_details', 'launch_details', 'source_details', 'boot_volume_size_in_gbs'];
    expect(numberAt(template?.body, ...volume)).toBe(512);
    expect(asked('oracle-block-storage')).toBe(sum(volumes) + (racks + spares) * 512);
  });

  test('of Oracle Cloud ask for OCPUs and memory, and for those of nodes that an upgrade adds', () => {
    const cpu = managed().filter(({ body }) => /Standard/.test(String(body.node_shape)));
    // Hosts come whole, with 192 OCPUs and 2,304 GB; virtual machines state theirs.
    const ocpus = cpu.map(({ body, most }) => most * (numberAt(body, 'node_shape_config', 'ocpus') || 192));
    const memory = cpu.map(({ body, most }) => most * (numberAt(body, 'node_shape_config', 'memory_in_gbs') || 2304));
    expect([asked('oracle-cores'), asked('oracle-memory')]).toEqual([sum(ocpus), sum(memory)]);
  });
});

/** Nodes of a pool of Azure, at most where an autoscaler sizes it. */
function mostOf({ body }: Resource): number {
  return numberAt(body, 'max_count') || numberAt(body, 'node_count');
}

/** Nodes that a rack has beside those in service. */
function sparesOf({ pools }: { readonly pools: readonly Pick<PoolPlan, 'groups'>[] }): number[] {
  return pools.flatMap(({ groups }) => groups.map(({ trays, nodes }) => trays - nodes));
}

/** A value inside a resource by its path. */
function valueAt(body: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => {
    const one = Array.isArray(value) && typeof step === 'string' ? value[0] : value;
    return (one as Readonly<Record<string, unknown>> | undefined)?.[step];
  }, body);
}

function numberAt(body: unknown, ...path: readonly (string | number)[]): number {
  return Number(valueAt(body, ...path) ?? 0);
}

describe('types of resources', () => {
  test('are asked for, or said to need no asking', () => {
    expect(Object.keys(BOUNDED).filter((type) => type in UNBOUNDED)).toEqual([]);
  });

  test('that constructs of Terraform import are among them, whether an estate makes them or not', () => {
    const folders = ['constructs', 'stacks'].flatMap((area) =>
      ['azure', 'google', 'oracle'].map((cloud) => join(ROOT, area, cloud)),
    );
    const texts = folders.flatMap((folder) =>
      readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')),
    );
    const imported = texts.flatMap((text) =>
      [...text.matchAll(/(provider-azurerm\/lib|provider-google\/lib|providers\/oci)\/([a-z0-9-]+)/g)].map(
        ([, from = '', name = '']) => `${PREFIXES[from]}_${name.replaceAll('-', '_')}`,
      ),
    );
    const unbound = texts.flatMap((text) =>
      [...text.matchAll(/terraformResourceType: '([a-z_]+)'/g)].map(([, type = '']) => type),
    );
    const types = new Set([...imported.filter((type) => !/^[a-z]+_(provider|data_\w+)$/.test(type)), ...unbound]);
    expect(types.size).toBeGreaterThan(60);
    expect(unknownTypes(types)).toEqual([]);
    const terraform = [...Object.keys(BOUNDED), ...Object.keys(UNBOUNDED)].filter((type) =>
      /^(azurerm|google|oci)_/.test(type),
    );
    expect(terraform.filter((type) => !types.has(type) && !seen.has(type))).toEqual([]);
  });

  test('of AWS in the tables are made by one of the estates', () => {
    const aws = [...Object.keys(BOUNDED), ...Object.keys(UNBOUNDED)].filter((type) => type.includes('::'));
    expect(aws.filter((type) => !seen.has(type))).toEqual([]);
  });
});

const PREFIXES: Readonly<Record<string, string>> = {
  'provider-azurerm/lib': 'azurerm',
  'provider-google/lib': 'google',
  'providers/oci': 'oci',
};
