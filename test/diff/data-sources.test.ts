import { diffDocuments, diffResources, ref, told } from './documents';

const CLUSTER = { compartment_id: 'c', kubernetes_version: 'v1.35.2', name: 'n', vcn_id: 'v' };
const KUBE_CONFIG = { cluster_id: ref('oci_containerengine_cluster.c.id') };

/** A stack whose template of nodes reads what a data source says about a cluster. */
function stack(cluster: object, data: object = KUBE_CONFIG, more: object = {}) {
  const metadata = { ca: ref('data.oci_containerengine_cluster_kube_config.k.content') };
  return {
    data: { oci_containerengine_cluster_kube_config: { k: data } },
    resource: {
      oci_containerengine_cluster: { c: { ...CLUSTER, ...cluster } },
      oci_core_instance_configuration: {
        t: { compartment_id: 'c', instance_details: { instance_type: 'compute', launch_details: { metadata } } },
      },
      ...more,
    },
  };
}

const diffStacks = (before: object, after: object) =>
  diffDocuments({ stack: before }, { stack: after }).flatMap(({ changes }) => changes);
const tagged = { freeform_tags: { team: 'b' } };
const TEMPLATE = 'oci_core_instance_configuration.t';
const METADATA = 'instance_details.launch_details.metadata';

describe('data sources of resources that change', () => {
  test('are read again, so that whoever reads them is replaced where it cannot be updated', () => {
    const changes = diffStacks(stack({}), stack(tagged));
    expect(changes.map(told)).toEqual([
      'updated oci_containerengine_cluster.c freeform_tags',
      expect.stringMatching(`^replaced ${TEMPLATE} because ${METADATA}`),
    ]);
    expect(changes[1]?.because[0]).toEqual({
      path: expect.stringMatching(METADATA),
      of: 'oci_containerengine_cluster.c',
      through: 'data.oci_containerengine_cluster_kube_config.k',
      certain: true,
    });
  });

  test('are read again for what they only wait for', () => {
    const waits = { cluster_id: 'ocid1.cluster', depends_on: ['oci_containerengine_cluster.c'] };
    const changes = diffStacks(stack({}, waits), stack(tagged, waits));
    expect(changes.map(({ action, address }) => `${action} ${address}`)).toContain(`replaced ${TEMPLATE}`);
  });

  test('know of a local value what it is made of', () => {
    const locals = { cluster: ref('oci_containerengine_cluster.c.id') };
    const by = (cluster: object) => ({ ...stack(cluster, { cluster_id: ref('local.cluster') }), locals });
    const replaced = diffStacks(by({}), by({ compartment_id: 'd', vcn_id: 'w' })).map(told);
    expect(replaced).toContainEqual(expect.stringMatching(`^replaced ${TEMPLATE} because ${METADATA}`));
    // Terraform asks at once: nothing that the data source names itself changes.
    expect(diffStacks(by({}), by(tagged)).map(told)).toEqual(['updated oci_containerengine_cluster.c freeform_tags']);
  });

  test.each([
    ['nothing changes', {}, KUBE_CONFIG],
    ['they name nothing that changes', tagged, { cluster_id: 'ocid1.cluster' }],
  ])('stay as they are when %s', (_, edit, data) => {
    const changes = diffStacks(stack({}, data), stack(edit, data));
    expect(changes.map(({ address }) => address)).not.toContain(TEMPLATE);
  });

  test('are told apart from resources that are only made unknown by them', () => {
    const pool = { name: 'p', cluster: 'c', node_config: { image_type: ref('data.google_x.d.y') } };
    const document = (team: string) => ({
      data: { google_x: { d: { of: ref('google_kms_key_ring.r.id') } } },
      resource: {
        google_kms_key_ring: { r: { name: 'r', location: 'eu', timeouts: { create: team } } },
        google_container_node_pool: { p: pool },
      },
    });
    const change = diffStacks(document('1m'), document('2m')).find(({ address }) => address.endsWith('.p'));
    expect(change).toMatchObject({ action: 'updated', reread: ['node_config.image_type'] });
  });
});

describe("Terraform's own store of values", () => {
  const store = (input: string, more: object = {}) => ({ terraform_data: { s: { input, ...more } } });
  const reader = (resources: object) => ({
    ...resources,
    google_kms_key_ring: { r: { name: ref('terraform_data.s.output'), location: 'eu' } },
  });

  test('gives its output anew when its input changes', () => {
    const changes = diffResources(reader(store('a')), reader(store('b')));
    expect(changes.map(told)).toEqual([
      'updated terraform_data.s input',
      'replaced google_kms_key_ring.r because name',
    ]);
  });

  test('keeps its output while its input is ignored', () => {
    const ignored = { lifecycle: { ignore_changes: ['input'] } };
    expect(diffResources(reader(store('a', ignored)), reader(store('b', ignored)))).toEqual([]);
  });

  test('is replaced by what triggers it, whatever its input is', () => {
    const changes = diffResources(
      reader(store('a', { triggers_replace: '1' })),
      reader(store('a', { triggers_replace: '2' })),
    );
    expect(changes.map(told)).toEqual([
      'replaced terraform_data.s because triggers_replace',
      'replaced google_kms_key_ring.r because name',
    ]);
  });

  test('stops what a data source says from reaching further', () => {
    const kept = (team: string) => ({
      data: { oci_containerengine_cluster_kube_config: { k: KUBE_CONFIG } },
      resource: {
        oci_containerengine_cluster: { c: { ...CLUSTER, freeform_tags: { team } } },
        terraform_data: {
          ca: {
            input: ref('data.oci_containerengine_cluster_kube_config.k.content'),
            triggers_replace: ref('oci_containerengine_cluster.c.id'),
            lifecycle: { ignore_changes: ['input'] },
          },
        },
        google_kms_key_ring: { r: { name: ref('terraform_data.ca.output'), location: 'eu' } },
      },
    });
    expect(diffStacks(kept('a'), kept('b')).map(told)).toEqual([
      'updated oci_containerengine_cluster.c freeform_tags.team',
    ]);
  });
});

describe('resources that a document lets go', () => {
  const ring = { name: 'r', location: 'eu', lifecycle: { prevent_destroy: true } };
  const before = { stack: { resource: { google_kms_key_ring: { r: ring } } } };
  const removed = (destroy: boolean) => [{ from: 'google_kms_key_ring.r', lifecycle: { destroy } }];

  test.each([
    ['kept where it says so', removed(false), { action: 'kept', isRetained: true, isProtected: true }],
    ['destroyed where it says so', removed(true), { action: 'destroyed', isRetained: false, isProtected: true }],
    ['destroyed where it says nothing', undefined, { action: 'destroyed', isRetained: false, isProtected: true }],
  ])('are %s', (_, blocks, expected) => {
    const [stackChange] = diffDocuments(before, { stack: { resource: {}, removed: blocks } });
    expect(stackChange?.changes).toEqual([expect.objectContaining(expected)]);
    expect(stackChange?.isLeft).toBe(false);
  });
});
