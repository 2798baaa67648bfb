import { CATALOG, CLOUDS, type MachineBase } from '../../../estate/catalog';
import { ABSENT, CAPABILITIES, COMPONENTS, JOB_FRAMEWORKS, MANAGED, traitsOf } from '../../../estate/catalog/software';

const rows = Object.entries(COMPONENTS);

describe('software in the catalog', () => {
  test.each(rows)('%s is listed under its name, pinned, and says what it rests on', (name, row) => {
    expect(row.name).toBe(name);
    const { from } = row;
    if (from.kind === 'git') {
      expect(from.ref).toMatch(/^[0-9a-f]{40}$/);
      expect(from.url).toMatch(/^https:\/\/github\.com\/[\w.-]+\/[\w.-]+$/);
      expect(from.files.length).toBeGreaterThan(0);
    } else {
      expect(from.version).toMatch(/^v?\d+\.\d+\.\d+$/);
      expect(from.url).toMatch(from.kind === 'oci' ? /^oci:\/\// : /^https:\/\//);
    }
    // What no digest pins says so.
    if (from.kind === 'oci' && from.digest === undefined) expect(row.unverified).toContain('digest');
    expect([row.source.length > 10, row.checked]).toEqual([true, '2026-11']);
    expect(row.kubernetes.from).toMatch(/^1\.\d{2}$/);
  });

  test.each(rows)('%s needs only components that there are, and no circle of them', (name) => {
    const walk = (one: string, path: readonly string[]): void => {
      expect(path).not.toContain(one);
      const row = COMPONENTS[one];
      expect([one, row?.name]).toEqual([one, one]);
      for (const next of row?.needs ?? []) walk(next, [...path, one]);
      for (const next of row?.needsWhere ?? []) walk(next.name, [...path, one]);
    };
    walk(name, []);
  });

  test('rows of clouds have names of their own', () => {
    const names = [...MANAGED.map(({ name }) => name), ...Object.keys(COMPONENTS)];
    expect(new Set(names).size).toBe(names.length);
  });

  test('each cloud has every capability, or says why not', () => {
    for (const cloud of CLOUDS) {
      const given = new Set([
        ...MANAGED.flatMap((row) => (row.cloud === cloud ? row.gives : [])),
        ...Object.values(COMPONENTS).flatMap(({ clouds, gives }) =>
          clouds.includes(cloud) ? gives.map(({ capability }) => capability) : [],
        ),
        ...ABSENT.flatMap((row) => (row.cloud === cloud ? [row.capability] : [])),
      ]);
      expect([cloud, CAPABILITIES.filter((capability) => !given.has(capability))]).toEqual([cloud, []]);
    }
  });

  test('kinds of jobs are brought by Kubernetes or by a component of every cloud', () => {
    for (const { name, component } of JOB_FRAMEWORKS.kinds) {
      if (component !== undefined) expect([name, COMPONENTS[component]?.clouds]).toEqual([name, CLOUDS]);
    }
    expect(JOB_FRAMEWORKS.kinds.map(({ name }) => name)).toEqual([
      'batch/job',
      'jobset.x-k8s.io/jobset',
      'trainer.kubeflow.org/trainjob',
      'leaderworkerset.x-k8s.io/leaderworkerset',
      'pod',
      'deployment',
      'statefulset',
    ]);
  });

  const machine = (cloud: (typeof CLOUDS)[number], type: string): MachineBase => {
    const row: MachineBase | undefined = CATALOG[cloud].machines[type];
    if (row === undefined) throw new Error(type);
    return row;
  };

  test.each([
    ['aws', 'p6e-gb200.36xlarge', 'nvidia', 'cloud', 'efa', true],
    ['aws', 'trn2u.48xlarge', 'aws', 'cloud', 'efa', false],
    ['aws', 'm7i.4xlarge', undefined, 'none', 'none', false],
    ['azure', 'Standard_ND128isr_GB300_v6', 'nvidia', 'operator', 'infiniband', true],
    ['azure', 'Standard_ND96isr_MI300X_v5', 'amd', 'operator', 'infiniband', false],
    ['azure', 'Standard_ND96is_MI300X_v5', 'amd', 'operator', 'none', false],
    ['google', 'a3-highgpu-8g', 'nvidia', 'cloud', 'gvnic-4', false],
    ['google', 'a3-megagpu-8g', 'nvidia', 'cloud', 'gvnic-8', false],
    ['google', 'a4-highgpu-8g', 'nvidia', 'cloud', 'roce', false],
    ['google', 'a4x-maxgpu-4g-metal', 'nvidia', 'cloud', 'roce-claims', true],
    ['google', 'ct6e-standard-4t', 'google', 'cloud', 'none', false],
    ['oracle', 'BM.GPU.GB300.4', 'nvidia', 'cloud', 'host-rdma', true],
    ['oracle', 'BM.GPU.MI355X.8', 'amd', 'cloud', 'host-rdma', false],
  ] as const)('reads what %s %s needs from its row', (cloud, type, vendor, driver, network, sharesMemory) => {
    expect(traitsOf(machine(cloud, type))).toMatchObject({
      ...(vendor !== undefined && { vendor }),
      driver,
      network,
      sharesMemory,
    });
  });
});
