import { App, TerraformStack } from '../../../constructs/cdktf';
import { withLargest } from '../../../estate/catalog/lustre';
import type { PoolPlan } from '../../../estate/plan/types';
import { addStacks } from '../../../stacks/oracle';
import { onlyResource, resourceCount, resourcesOf, type TerraformJson } from '../../helpers/terraform';
import { fabricId, group, HOSTS, machine, planFixture, RACKS, SCRATCH } from './fixture';
import { addresses, stacksOf } from './synth';

/** Types that have no tags. */
const TAGLESS = [
  'oci_containerengine_addon',
  'oci_core_network_security_group_security_rule',
  'oci_identity_tag_default',
  'oci_objectstorage_object_lifecycle_policy',
  'terraform_data',
];

const withGroups = (pool: PoolPlan<'oracle'>, groups: PoolPlan<'oracle'>['groups']) => ({ ...pool, groups });

describe('oracle stacks', () => {
  const stacks = stacksOf();

  test('are the four layers, in order', () => {
    const app = new App();
    addStacks(app, planFixture());
    expect(app.node.children.map(({ node }) => node.id)).toEqual([
      'atlas-main-foundation',
      'atlas-phoenix-network',
      'atlas-phoenix-storage',
      'atlas-gpu-cluster',
    ]);
  });

  test('have no storage layer when the site has no stores', () => {
    const app = new App();
    addStacks(app, planFixture({ stores: [] }));
    expect(app.node.tryFindChild('atlas-phoenix-storage')).toBeUndefined();
  });

  test('pin the provider and keep state in a path that names no folder of the machine', () => {
    for (const json of Object.values(stacks)) {
      expect(json.terraform).toMatchObject({
        required_providers: { oci: { source: 'oracle/oci', version: '8.28.0' } },
        backend: { local: { path: expect.stringMatching(/^\.\.\/\.\.\/\.\.\/terraform\.[a-z-]+\.tfstate$/) } },
      });
    }
  });

  test('tag everything that takes tags', () => {
    const untagged = Object.values(stacks).flatMap((json) =>
      Object.entries(addresses(json))
        .filter(([address]) => TAGLESS.every((type) => !address.startsWith(`${type}.`)))
        .filter(([, attributes]) => !JSON.stringify(attributes).includes('"cost-center":"cc-1042"'))
        .map(([address]) => address),
    );
    expect(untagged).toEqual([]);
  });

  test('are tagged with all that the foundation has defaults for, so that no plan takes a default off again', () => {
    const defined = {
      'atlas-main.estate': 'atlas',
      'atlas-main.team': 'training',
      'atlas-main.cost-center': 'cc-1042',
      'atlas-main.managed-by': 'training-estate',
    };
    const { foundation, network, storage, cluster } = stacks;
    expect(onlyResource(foundation, 'oci_identity_tag_namespace').name).toBe('atlas-main');
    const defaults = Object.values(resourcesOf(foundation, 'oci_identity_tag')).map(({ name }) => `atlas-main.${name}`);
    expect(defaults.sort()).toEqual(Object.keys(defined).sort());
    expect(Object.keys(resourcesOf(foundation, 'oci_identity_tag_default'))).toHaveLength(defaults.length);
    // Its tags are ignored, as everything in it replaces it.
    const without = [...TAGLESS, 'oci_core_instance_configuration'];
    for (const json of [network, storage ?? {}, cluster]) {
      const taggable = Object.entries(addresses(json)).filter(([address]) =>
        without.every((type) => !address.startsWith(`${type}.`)),
      );
      expect(taggable.length).toBeGreaterThan(3);
      for (const [, attributes] of taggable) expect(attributes).toMatchObject({ defined_tags: defined });
    }
  });

  test('wait for the foundation, which defines what they are tagged with', () => {
    const app = new App();
    addStacks(app, planFixture());
    const waitsFor = (id: string) => {
      const stack = app.node.findChild(id);
      return stack instanceof TerraformStack ? stack.dependencies.map(({ node }) => node.id).sort() : [];
    };
    expect(waitsFor('atlas-phoenix-network')).toEqual(['atlas-main-foundation']);
    expect(waitsFor('atlas-phoenix-storage')).toEqual(expect.arrayContaining(['atlas-main-foundation']));
    expect(waitsFor('atlas-gpu-cluster')).toEqual(expect.arrayContaining(['atlas-main-foundation']));
  });

  test('leave the tags of nodes to the defaults, which are those of the day on which a node starts', () => {
    const { cluster } = stacks;
    const pools = Object.values(resourcesOf(cluster, 'oci_containerengine_node_pool'));
    for (const { node_config_details } of pools) expect(node_config_details).not.toHaveProperty('defined_tags');
    const template = JSON.stringify(resourcesOf(cluster, 'oci_core_instance_configuration'));
    expect(template).not.toContain('"defined_tags":');
  });

  test('hold no credentials, and give every provider the same variables for them', () => {
    const { oci = [] } = stacks.cluster.provider ?? {};
    expect(oci).toHaveLength(2);
    expect(oci).toMatchObject([{ region: 'us-phoenix-1' }, { region: 'us-ashburn-1', alias: 'home' }]);
    for (const provider of oci) {
      expect(provider).toMatchObject({
        user_ocid: `\${var.user_ocid}`,
        private_key_path: `\${var.private_key_path}`,
        ignore_defined_tags: ['Oracle-Tags.CreatedBy', 'Oracle-Tags.CreatedOn'],
      });
      expect(provider).not.toHaveProperty('private_key');
    }
  });

  test('leave tags alone that the tenancy gives everything by itself', () => {
    for (const json of Object.values(stacksOf({ ignoredTags: ['Finance.CostCenter'] }))) {
      for (const provider of json.provider?.oci ?? []) {
        expect(provider.ignore_defined_tags).toEqual([
          'Oracle-Tags.CreatedBy',
          'Oracle-Tags.CreatedOn',
          'Finance.CostCenter',
        ]);
      }
    }
  });

  test('synthesize the same twice', () => {
    expect(stacksOf()).toEqual(stacks);
  });
});

describe('oracle FoundationStack', () => {
  const { foundation } = stacksOf();
  const statements = (json: TerraformJson) => JSON.stringify(resourcesOf(json, 'oci_identity_policy'));

  test('works in the home region', () => {
    expect(foundation.provider?.oci).toMatchObject([{ region: 'us-ashburn-1' }]);
  });

  test('puts the dynamic group into the tenancy and the tags into the compartment', () => {
    expect(onlyResource(foundation, 'oci_identity_dynamic_group')).toMatchObject({
      compartment_id: 'ocid1.tenancy.oc1..atlas',
      matching_rule: "ALL {instance.compartment.id = 'ocid1.compartment.oc1..train'}",
    });
    expect(Object.keys(resourcesOf(foundation, 'oci_identity_tag_default'))).toHaveLength(4);
  });

  test('knows nodes of a new account by a tag that nothing else has', () => {
    const { foundation: json, cluster } = stacksOf({ tagsNodes: true });
    const group = onlyResource(json, 'oci_identity_dynamic_group');
    expect(group.matching_rule).toBe(
      "ALL {instance.compartment.id = 'ocid1.compartment.oc1..train', tag.atlas-main.estate-role.value = 'node'}",
    );
    expect(group.depends_on).toEqual(['oci_identity_tag.tag-estate-role']);
    const tags = Object.values(resourcesOf(json, 'oci_identity_tag'));
    expect(tags.find(({ name }) => name === 'estate-role')).toMatchObject({ is_cost_tracking: false });
    // With a default every machine of the compartment would have it.
    expect(Object.keys(resourcesOf(json, 'oci_identity_tag_default'))).toHaveLength(4);

    const defined_tags = { 'atlas-main.estate-role': 'node' };
    expect(onlyResource(cluster, 'oci_core_instance_configuration')).toMatchObject({
      instance_details: { launch_details: { defined_tags } },
    });
    const pools = Object.values(resourcesOf(cluster, 'oci_containerengine_node_pool'));
    const byName = new Map(pools.map(({ name, node_config_details }) => [name, node_config_details]));
    expect(byName.get('atlas-gpu-amd-1')).toMatchObject({ defined_tags });
    // Nodes of the system pool ask for nothing.
    expect(byName.get('atlas-gpu-system')).not.toHaveProperty('defined_tags');
  });

  test('leaves nodes of an account of an earlier release as they are', () => {
    const { foundation: json, cluster } = stacksOf();
    expect(JSON.stringify(json)).not.toContain('estate-role');
    expect(JSON.stringify(cluster)).not.toContain('estate-role');
  });

  test('counts costs by few of the tags that it defines: a tenancy has ten', () => {
    const tags = Object.values(resourcesOf(foundation, 'oci_identity_tag'));
    expect(tags.filter(({ is_cost_tracking }) => is_cost_tracking === true).map(({ name }) => name)).toEqual([
      'cost-center',
      'team',
    ]);
    expect(tags.filter(({ is_cost_tracking }) => is_cost_tracking === false).map(({ name }) => name)).toEqual([
      'estate',
      'managed-by',
    ]);
    for (const { lifecycle } of tags) expect(lifecycle).toEqual({ ignore_changes: ['validator'] });
  });

  test('writes every policy into the place that its statements speak of', () => {
    const policies = Object.values(resourcesOf(foundation, 'oci_identity_policy'));
    const places = policies.map(({ name, compartment_id }) => `${name} ${compartment_id}`).sort();
    const [train, tenancy] = ['ocid1.compartment.oc1..train', 'ocid1.tenancy.oc1..atlas'];
    expect(places).toEqual([
      `atlas-main-health ${train}`,
      `atlas-main-managed-pools ${train}`,
      `atlas-main-racks ${train}`,
      `atlas-main-services ${train}`,
      `atlas-main-services-us-phoenix-1 ${train}`,
      `atlas-main-tenancy ${tenancy}`,
      `atlas-main-tenancy-racks ${tenancy}`,
    ]);
  });

  test('lets managed pools launch only what the machines of the account need', () => {
    const needsOf = (pools: readonly PoolPlan<'oracle'>[]) => {
      const policies = Object.values(resourcesOf(stacksOf({ pools }).foundation, 'oci_identity_policy'));
      const lines = policies.find(({ name }) => name === 'atlas-main-managed-pools')?.statements;
      return JSON.stringify(lines).match(/(?<=any-user to ).*?(?= in compartment)/g);
    };
    const hosts = ['{COMPUTE_CLUSTER_LAUNCH_INSTANCE}', '{HOST_GROUP_LAUNCH_INSTANCE}'];
    // System nodes are a managed pool too, with a boot volume that has the key of the cluster.
    expect(needsOf([RACKS])).toEqual(['use key-delegates']);
    expect(needsOf([HOSTS])).toEqual(['use key-delegates', 'use compute-capacity-reservations', ...hosts]);
    expect(needsOf([{ ...HOSTS, machine: machine('BM.GPU.RTXPRO.8') }])).toEqual([
      'use key-delegates',
      'use compute-capacity-reservations',
      '{HOST_GROUP_LAUNCH_INSTANCE}',
    ]);
  });

  test('allows racks nothing in an account without racks', () => {
    const text = statements(stacksOf({ pools: [HOSTS] }).foundation);
    expect(text).not.toContain('gpu-memory');
    expect(text).not.toContain('CLUSTER_JOIN');
  });
});

describe('oracle StorageStack', () => {
  const { storage = {} } = stacksOf();

  test('encrypts every store with the key of the site', () => {
    const key = expect.stringMatching(/^\$\{oci_kms_key\.key_\w+\.id\}$/);
    expect(onlyResource(storage, 'oci_objectstorage_bucket').kms_key_id).toEqual(key);
    expect(onlyResource(storage, 'oci_lustre_file_storage_lustre_file_system').kms_key_id).toEqual(key);
  });

  test('reads the subnet from the network’s state and lets the nodes of the cluster in', () => {
    expect(onlyResource(storage, 'oci_lustre_file_storage_lustre_file_system').subnet_id).toContain(
      'data.terraform_remote_state.cross-stack-reference-input-atlas-phoenix-network',
    );
    const rules = Object.values(resourcesOf(storage, 'oci_core_network_security_group_security_rule'));
    expect(rules.map(({ source }) => source)).toContain('10.192.0.0/19');
  });

  test('lets in the nodes of every range that the cluster has grown into', () => {
    const { storage: json = {} } = stacksOf({ furtherNodes: ['10.192.64.0/19'] });
    const rules = Object.values(resourcesOf(json, 'oci_core_network_security_group_security_rule'));
    const ranges = rules.flatMap(({ source, direction }) => (direction === 'INGRESS' ? [source] : []));
    expect(ranges).toEqual(expect.arrayContaining(['10.192.0.0/19', '10.192.64.0/19']));
  });

  test('protects all data', () => {
    for (const type of ['oci_objectstorage_bucket', 'oci_lustre_file_storage_lustre_file_system', 'oci_kms_key']) {
      expect(onlyResource(storage, type).lifecycle).toMatchObject({ prevent_destroy: true });
    }
  });

  test('takes the largest size from the plan, which may be one that Oracle has granted', () => {
    const granted = { ...SCRATCH, size: 39_936_000 };
    expect(() => stacksOf({ stores: [granted] })).toThrow(
      'capacityGB is 39936000, and the tier has 31,200 to 19,968,000 GB',
    );
    const { storage: made = {} } = stacksOf({ stores: [{ ...granted, tier: withLargest(granted.tier, 39_936_000) }] });
    expect(onlyResource(made, 'oci_lustre_file_storage_lustre_file_system').capacity_in_gbs).toBe(39_936_000);
  });

  test('tells how to mount', () => {
    expect(Object.keys(storage.output ?? {})).toEqual(
      expect.arrayContaining(['store-scratch-mount', 'store-datasets-bucket']),
    );
  });
});

describe('oracle ClusterStack', () => {
  const { cluster } = stacksOf();

  test('makes one rack for each fabric, all of one template and one compute cluster', () => {
    const racks = Object.values(resourcesOf(cluster, 'oci_core_compute_gpu_memory_cluster'));
    expect(racks.map(({ gpu_memory_fabric_id }) => gpu_memory_fabric_id)).toEqual([fabricId(1), fabricId(2)]);
    expect(new Set(racks.map(({ instance_configuration_id }) => instance_configuration_id)).size).toBe(1);
    expect(new Set(racks.map(({ compute_cluster_id }) => compute_cluster_id)).size).toBe(1);
    expect(Object.keys(resourcesOf(cluster, 'oci_core_instance_configuration'))).toHaveLength(1);
  });

  test('writes the workload’s policy in the home region and grants it the mounted bucket', () => {
    const policies = Object.values(resourcesOf(cluster, 'oci_identity_policy'));
    const workload = policies.find(({ name }) => name === 'atlas-gpu-workload');
    expect(workload?.provider).toBe('oci.home');
    expect(JSON.stringify(workload?.statements)).toMatch(/manage objects .* target\.bucket\.name = 'atlas-datasets-/);
  });

  test('opens the nodes to the mounted file system', () => {
    const rules = Object.values(resourcesOf(cluster, 'oci_core_network_security_group_security_rule'));
    expect(rules.filter(({ source }) => source === '10.192.128.0/17')).toHaveLength(1);
  });

  test('keeps its number of resources when nodes of a group double', () => {
    const doubled = withGroups(HOSTS, [group('amd', 1, 16)]);
    expect(resourceCount(stacksOf({ pools: [RACKS, doubled] }).cluster)).toBe(resourceCount(cluster));
  });

  test('adds a rack without changing anything else', () => {
    const grown = withGroups(RACKS, [...RACKS.groups, group('train', 3, 16, fabricId(3))]);
    const before = addresses(cluster);
    const after = addresses(stacksOf({ pools: [grown, HOSTS] }).cluster);
    expect(after).toMatchObject(before);
    expect(Object.keys(after).filter((address) => !(address in before))).toEqual([
      expect.stringMatching(/^oci_core_compute_gpu_memory_cluster\.pool-train-3_/),
    ]);
  });

  test('changes no name and no id when tags change', () => {
    const renamed = stacksOf({ tags: { estate: 'atlas', team: 'another' } }).cluster;
    const names = (json: TerraformJson) =>
      Object.entries(addresses(json)).map(([address, attributes]) => [
        address,
        JSON.stringify(attributes).match(/"(display_)?name":"[^"]*"/g),
      ]);
    expect(names(renamed)).toEqual(names(cluster));
  });

  test('stays below 400 resources with the racks of a full cluster', () => {
    const racks = Array.from({ length: 277 }, (_, index) => group('train', index + 1, 18, fabricId(index + 1)));
    expect(resourceCount(stacksOf({ pools: [withGroups(RACKS, racks)] }).cluster)).toBeLessThan(400);
  });

  test('holds pools back whose version the estate holds back, and nothing else', () => {
    const held = { kubernetesVersion: '1.34' };
    const { cluster: json } = stacksOf({
      pools: [
        { ...RACKS, ...held },
        { ...HOSTS, ...held },
      ],
    });
    const versions = Object.entries(resourcesOf(json, 'oci_containerengine_node_pool')).map(([id, pool]) => [
      id.replace(/_[0-9A-F]+$/, ''),
      pool.kubernetes_version,
    ]);
    expect(Object.fromEntries(versions)).toEqual({ cluster_system: 'v1.35.2', 'pool-amd-1': 'v1.34.2' });
    expect(JSON.stringify(onlyResource(json, 'oci_core_instance_configuration'))).toContain(
      '"oke-k8version":"v1.34.2"',
    );
    expect(onlyResource(json, 'oci_containerengine_cluster').kubernetes_version).toBe('v1.35.2');
  });

  test('counts the accelerators of AMD whose row is the estate’s own', () => {
    const own = { ...machine('BM.GPU.MI355X.8'), type: 'BM.GPU.MI455X.8', accelerator: 'mi455x' };
    const plugins = (pool: PoolPlan<'oracle'>) => {
      const found = resourcesOf(stacksOf({ pools: [pool] }).cluster, 'oci_containerengine_addon');
      return Object.values(found).map(({ addon_name }) => addon_name);
    };
    expect(plugins({ ...HOSTS, machine: own })).toEqual(['AmdGpuPlugin']);
    expect(plugins({ ...HOSTS, machine: { ...own, vendor: 'own' } })).toEqual([]);
  });

  test('has the autoscaler for the pools with a range, and for no others', () => {
    const burst = { ...HOSTS, key: 'burst', groups: [{ ...group('burst', 1, 40), minNodes: 0 }] };
    const { cluster: json } = stacksOf({ pools: [HOSTS, burst] });
    const addons = Object.values(resourcesOf(json, 'oci_containerengine_addon'));
    const scaler = addons.find(({ addon_name }) => addon_name === 'ClusterAutoscaler');
    expect(scaler?.configurations).toContainEqual({
      key: 'nodes',
      value: expect.stringMatching(/^0:40:\$\{oci_containerengine_node_pool\.pool-burst-1_[0-9A-F]+\.id\}$/),
    });
    const policy = Object.values(resourcesOf(json, 'oci_identity_policy')).find(
      ({ name }) => name === 'atlas-gpu-autoscaler',
    );
    expect(policy).toMatchObject({ provider: 'oci.home', defined_tags: { 'atlas-main.estate': 'atlas' } });
  });

  test('fails when a pool has no image', () => {
    expect(() => stacksOf({ pools: [{ ...HOSTS, image: undefined }] })).toThrow(
      'pool "amd" of cluster "gpu" has no image, and Oracle Cloud has no default; give an image OCID',
    );
  });
});
