import { diffReport, formatDiff, type ResourceChange } from '../../diff';
import type { Holding } from '../../diff/holdings';
import type { ReportInput } from '../../diff/report';
import { resourceChange } from '../helpers/changes';

const pool = (id: string, nodes: number, accelerators: number, more: Partial<Holding> = {}): Holding => ({
  id,
  accelerator: 'H200',
  accelerators,
  nodes,
  storedTiB: 0,
  label: '',
  ...more,
});
const files = (id: string, storedTiB: number) => pool(id, 0, 0, { accelerator: '', storedTiB });

const change = (type: string, more: Partial<ResourceChange> = {}): ResourceChange =>
  resourceChange({ address: `${type}.r`, type, action: 'updated', attributes: ['x'], ...more });

interface Case {
  readonly changes: readonly ResourceChange[];
  readonly holdings?: (change: ResourceChange) => readonly Holding[];
  readonly becomes?: (change: ResourceChange) => readonly Holding[];
  readonly key?: (change: ResourceChange) => string;
  readonly isInUse?: boolean;
  readonly layer?: ReportInput['rows'][number]['layer'];
}

function reportOf({ changes, holdings, becomes, key, isInUse = true, layer = 'cluster' }: Case) {
  return diffReport({
    edits: [],
    changes: [{ stack: 's', changes, outputs: [], dependsOn: [], isLeft: false, refused: [] }],
    rows: [{ stack: 's', cloud: 'azure', layer }],
    ownerOf: (_, each) => ({
      key: key?.(each) ?? 'k',
      names: [key?.(each) ?? 'k'],
      holdings: holdings?.(each) ?? [],
      becomes: becomes?.(each) ?? holdings?.(each) ?? [],
      isInUse,
    }),
    accept: [],
    base: 'base',
  });
}

const POOL = 'azurerm_kubernetes_cluster_node_pool';

describe('what a report counts as lost', () => {
  test('is what the plans tell of a pool, and not how its nodes are called', () => {
    const report = reportOf({
      changes: [
        change(POOL, { isGuarded: true, shrunk: [{ path: 'node_count', unit: 'nodes', before: 9, after: 4 }] }),
      ],
      holdings: () => [pool('g', 9, 72)],
      becomes: () => [pool('g', 4, 32)],
    });
    expect(report.lost).toMatchObject([{ path: 'k', nodes: 5, accelerators: 40, protected: true }]);
    expect(report.ok).toBe(false);
  });

  test('is fewer accelerators where the nodes are as many', () => {
    const report = reportOf({
      changes: [change(POOL)],
      holdings: () => [pool('g', 4, 32)],
      becomes: () => [pool('g', 4, 4)],
    });
    expect(report.lost).toMatchObject([{ nodes: 0, accelerators: 28, protected: false }]);
    expect(report.ok).toBe(true);
  });

  test('is every accelerator of a kind that another takes the place of', () => {
    const report = reportOf({
      changes: [change(POOL, { isGuarded: true })],
      holdings: () => [pool('g', 4, 32)],
      becomes: () => [pool('g', 4, 32, { accelerator: 'B300' })],
    });
    expect(report.lost).toMatchObject([{ nodes: 0, accelerators: 32, protected: true }]);
  });

  test('is all that runs in a group whose size is set to 0, whatever the plans say', () => {
    const note = 'CloudFormation sets the running size to 0';
    const report = reportOf({
      changes: [
        change('AWS::EKS::Nodegroup', {
          shrunk: [{ path: 'ScalingConfig', unit: 'nodes', before: 450, after: 0, note }],
        }),
      ],
      holdings: () => [pool('g', 16, 128)],
    });
    expect(report.lost).toMatchObject([{ nodes: 16, accelerators: 128 }]);
    expect(formatDiff(report)).toContain(`    ScalingConfig 450 -> 0 nodes: ${note}`);
  });

  test('is a bare number of nodes where no plan knows the pool', () => {
    const report = reportOf({
      changes: [change(POOL, { shrunk: [{ path: 'node_count', unit: 'nodes', before: 9, after: 4 }] })],
    });
    expect(report.lost).toMatchObject([{ nodes: 5, accelerators: 0 }]);
    expect(formatDiff(report)).toContain('Affected: 5 nodes.');
  });

  test('is nothing where the service refuses to do it', () => {
    const refusal = { attributes: ['x'], who: 'FSx', why: 'y', way: 'z', source: 'https://s' };
    const report = reportOf({
      changes: [
        change('AWS::FSx::FileSystem', {
          refused: [refusal],
          shrunk: [{ path: 'x', unit: 'TiB', before: 9, after: 4 }],
        }),
      ],
      holdings: () => [files('f', 9)],
      becomes: () => [files('f', 4)],
    });
    expect([report.lost, report.protected, report.ok]).toEqual([[], [], false]);
  });

  test('is protected where it is files or days, whether their resource is guarded or not', () => {
    const days = reportOf({
      changes: [change('azurerm_storage_account', { shrunk: [{ path: 'x', unit: 'days', before: 30, after: 7 }] })],
    });
    expect(days.lost).toMatchObject([{ days: 23, protected: true }]);
    const smaller = reportOf({
      changes: [change('AWS::FSx::FileSystem')],
      holdings: () => [files('f', 9)],
      becomes: () => [files('f', 4)],
    });
    expect(smaller.lost).toMatchObject([{ tebibytes: 5, protected: true }]);
  });

  test('is counted once, for the pool and not for what is around it', () => {
    const report = reportOf({
      changes: ['azurerm_virtual_network', 'azurerm_kubernetes_cluster', POOL].map((type) =>
        change(type, { action: 'destroyed' }),
      ),
      holdings: ({ type }) => (type === POOL ? [pool('g', 4, 32)] : [pool('g', 4, 32), pool('h', 1, 8)]),
      key: ({ type }) => type,
    });
    expect(report.lost.map(({ path, accelerators }) => [path, accelerators])).toEqual([
      [POOL, 32],
      ['azurerm_kubernetes_cluster', 8],
      ['azurerm_virtual_network', 0],
    ]);
  });

  test('is not what is kept', () => {
    const report = reportOf({
      changes: [change(POOL, { action: 'kept', isGuarded: true, isProtected: true, isRetained: true })],
      holdings: () => [pool('g', 4, 32)],
    });
    expect([report.lost, report.ok, report.protected.length]).toEqual([[], false, 1]);
    expect(formatDiff(report)).toContain('"az aks nodepool delete" ends that');
    expect(formatDiff(report)).toContain('Refused: 1 protected resource would leave the estate.');
  });
});

describe('networks of sites', () => {
  test.each([
    ['azurerm_virtual_network', 'network', true],
    ['google_compute_network', 'network', true],
    ['google_compute_network', 'cluster', false],
    ['azurerm_subnet', 'network', false],
  ] as const)('%s in the layer %s is protected: %s', (type, layer, expected) => {
    for (const action of ['replaced', 'destroyed'] as const) {
      expect(reportOf({ changes: [change(type, { action })], layer }).ok).toBe(!expected);
    }
    expect(reportOf({ changes: [change(type)], layer }).ok).toBe(true);
  });

  test('name the entries of what else they are about, each once', () => {
    const whyOf = (...paths: string[]) => {
      const subjects = paths.map((path) => ({ address: path.toUpperCase(), type: 'AWS::EKS::Nodegroup', path }));
      const refusal = { attributes: ['x'], who: 'EKS', why: 'behind', way: 'z', source: 'https://s', subjects };
      const changes = [change('AWS::EKS::Cluster', { refused: [refusal] })];
      return reportOf({ changes, key: ({ path }) => `k.${path[0]}` }).refused.map(({ why }) => why);
    };
    expect(whyOf('a-1')).toEqual(['k.a is behind']);
    expect(whyOf('a-1', 'a-2')).toEqual(['k.a is behind']);
    expect(whyOf('a-1', 'b-1')).toEqual(['k.a, k.b are behind']);
  });

  test('refuse other ranges only while something lives at the site', () => {
    const refusal = { attributes: ['x'], who: 'Azure', why: 'y', way: 'z', source: 'https://s', whileInUse: true };
    const changes = [change('azurerm_subnet', { refused: [refusal] })];
    expect(reportOf({ changes, isInUse: true }).refused).toHaveLength(1);
    expect(reportOf({ changes, isInUse: false })).toMatchObject({ refused: [], ok: true });
  });
});

describe('changes of tags', () => {
  const isTag = (type: string, attributes: string[], more: Partial<ResourceChange> = {}) =>
    reportOf({ changes: [change(type, { attributes, ...more })] }).stacks[0]?.resources[0]?.isTagChange;

  test.each([
    ['AWS::EC2::VPC', ['Tags.team'], true],
    ['AWS::EC2::LaunchTemplate', ['TagSpecifications.0.Tags.team'], true],
    ['azurerm_subnet', ['tags.team'], true],
    ['google_container_cluster', ['resource_labels.team', 'terraform_labels.team', 'effective_labels.team'], true],
    ['google_storage_bucket', ['labels.team'], true],
    ['google_container_node_pool', ['node_config.0.resource_labels.team'], true],
    ['google_container_node_pool', ['node_config.0.labels.team'], false],
    ['azurerm_kubernetes_cluster_node_pool', ['node_labels.team'], false],
    ['AWS::EKS::Nodegroup', ['Labels.team'], false],
    ['oci_core_vcn', ['freeform_tags.team', 'defined_tags.x'], true],
    ['oci_core_vcn', ['freeform_tags.team', 'cidr_blocks'], false],
    ['oci_containerengine_node_pool', ['initial_node_labels'], false],
    ['oci_identity_tag_default', ['value'], true],
    ['oci_core_vcn', [], false],
  ])('%s %j: %s', (type, attributes, expected) => {
    expect(isTag(type, attributes)).toBe(expected);
  });

  test('are no other ends of a resource, and not what a data source alone makes unknown', () => {
    expect(isTag('azurerm_subnet', ['tags.team'], { action: 'replaced' })).toBe(false);
    expect(isTag('azurerm_subnet', ['tags.team', 'id'], { reread: ['id'] })).toBe(true);
    expect(isTag('azurerm_subnet', ['id'], { reread: ['id'] })).toBe(false);
  });
});
