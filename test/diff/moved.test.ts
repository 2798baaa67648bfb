import { diffDocuments, ref, told } from './documents';

const VCN = { compartment_id: 'c', cidr_blocks: ['10.0.0.0/16'], display_name: 'net' };
const bucket = (name: string) => ({ namespace: 'n', name, compartment_id: 'c' });
const rules = (name: string, to: string) => ({ namespace: 'n', bucket: ref(to), rules: [{ name }] });

/** What becomes of the resources of one stack. */
function changes(before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] {
  return diffDocuments({ stack: before }, { stack: after }).flatMap((stack) => stack.changes.map(told));
}

const BEFORE = {
  resource: {
    oci_objectstorage_bucket: { data_1: bucket('data'), other_1: bucket('other') },
    oci_objectstorage_object_lifecycle_policy: { rules_1: rules('a', 'oci_objectstorage_bucket.data_1.name') },
  },
};
const MOVED = [
  { from: 'oci_objectstorage_bucket.data_1', to: 'oci_objectstorage_bucket.store-data_2' },
  {
    from: 'oci_objectstorage_object_lifecycle_policy.rules_1',
    to: 'oci_objectstorage_object_lifecycle_policy.store-rules_2',
  },
];
const AFTER = {
  resource: {
    oci_objectstorage_bucket: { 'store-data_2': bucket('data'), other_1: bucket('other') },
    oci_objectstorage_object_lifecycle_policy: {
      'store-rules_2': rules('a', 'oci_objectstorage_bucket.store-data_2.name'),
    },
  },
};

describe('resources that a later version of the tool calls otherwise', () => {
  test('are the same where the document moves them, also for what refers to them', () => {
    expect(changes(BEFORE, { ...AFTER, moved: MOVED })).toEqual([]);
  });

  test('are made anew where it does not', () => {
    expect(changes(BEFORE, AFTER).sort()).toEqual([
      'created oci_objectstorage_bucket.store-data_2',
      'created oci_objectstorage_object_lifecycle_policy.store-rules_2',
      'destroyed oci_objectstorage_bucket.data_1',
      'destroyed oci_objectstorage_object_lifecycle_policy.rules_1',
    ]);
  });

  test('can change in the same edit', () => {
    const edited = {
      ...AFTER.resource,
      oci_objectstorage_bucket: {
        ...AFTER.resource.oci_objectstorage_bucket,
        'store-data_2': { ...bucket('data'), versioning: 'Enabled' },
      },
    };
    expect(changes(BEFORE, { resource: edited, moved: MOVED })).toEqual([
      'updated oci_objectstorage_bucket.store-data_2 versioning',
    ]);
  });

  test('stay where they are when they had moved before, or were never there', () => {
    const later = { ...AFTER, moved: MOVED };
    expect(changes(later, later)).toEqual([]);
    expect(
      changes({ resource: { oci_core_vcn: { net: VCN } } }, { ...later, resource: { oci_core_vcn: { net: VCN } } }),
    ).toEqual([]);
  });
});
