import fc from 'fast-check';
import { ACCELERATORS } from '../../../estate/catalog';
import { PUE } from '../../../estate/catalog/power';
import { planPower, type SitePower } from '../../../estate/plan/power';
import { blueprints, estateOf, inputOf, lockAndResolve, type SiteBlueprint } from '../../helpers/estates';

const SITE = { name: 'west', account: 'azure-gb', clusters: {}, stores: 0 } as const;
type Pools = SiteBlueprint['clusters'][string]['pools'];

function powerOf(input: Record<string, unknown>): readonly SitePower[] {
  return planPower(lockAndResolve(estateOf(input)).plan);
}

function powerWith(account: SiteBlueprint['account'], pools: Pools, more: object = {}): SitePower | undefined {
  return powerOf({ ...inputOf([{ ...SITE, account, clusters: { x: { pools } } }]), ...more })[0];
}

describe('power', () => {
  test('every accelerator has a figure, or the reason why there is none', () => {
    for (const { name, power } of Object.values(ACCELERATORS)) {
      const known = power.watts !== undefined || power.system !== undefined;
      expect([name, known || /publishes no power figure/.test(power.unverified ?? '')]).toEqual([name, true]);
      expect([name, power.source, power.checked]).toEqual([
        name,
        expect.stringMatching(/^https:/),
        expect.stringMatching(/^\d{4}-\d{2}$/),
      ]);
    }
  });

  test('a system draws more than its accelerators alone', () => {
    for (const { name, power } of Object.values(ACCELERATORS)) {
      const { watts = 0, system } = power;
      if (system === undefined) continue;
      expect([name, system.watts / system.accelerators > watts]).toEqual([name, true]);
    }
  });

  test('a rack draws the power of its system, with its spare trays', () => {
    expect(powerWith('azure-gb', { gb: { accelerator: 'gb300', racks: 10, spareTraysPerRack: 2 } })).toMatchObject({
      site: 'west',
      cloud: 'azure',
      accelerators: 720,
      itMegawatts: 1.4,
      pue: PUE.azure.pue,
      megawatts: 1.638,
      unknownAccelerators: 0,
      source: expect.stringMatching(/140 kW a rack of 72 \(GB300 NVL72\).*PUE 1\.17: average of the provider/),
    });
  });

  test('says where only the accelerators are counted', () => {
    const power = powerWith('oracle-main', { m: { accelerator: 'mi355x', nodes: 10, image: 'x' } });
    expect(power).toMatchObject({
      itMegawatts: 0.112,
      source: expect.stringMatching(/MI355X: 1400 W, accelerators only/),
    });
  });

  test('says that the power of TPUs is unknown instead of counting them as nothing', () => {
    const tpu = { accelerator: 'tpu-v7x', accelerators: 64, topology: '4x4x4' };
    expect(powerWith('google-main', { tpu })).toMatchObject({
      megawatts: null,
      itMegawatts: null,
      accelerators: 64,
      unknownAccelerators: 64,
      source: expect.stringMatching(/TPU v7x: unknown, Google publishes no power figure/),
    });
    const both = powerWith('google-main', { tpu, gpu: { accelerator: 'b200', nodes: 1, zone: 'us-central1-a' } });
    expect(both).toMatchObject({ itMegawatts: 0.0143, unknownAccelerators: 64, accelerators: 72 });
  });

  test('takes PUE and the power of a node from the estate', () => {
    const input = inputOf([{ ...SITE, account: 'oracle-main', clusters: { x: { pools: POOLS } } }]);
    const sites = { west: { ...(input.sites as { west: object }).west, pue: 1.05 } };
    const catalog = {
      machines: { oracle: { 'BM.GPU.H200.8': { nodeWatts: 12_000, source: 'offer', checked: '2026-11' } } },
    };
    expect(powerOf({ ...input, sites, catalog })[0]).toMatchObject({
      itMegawatts: 0.12,
      pue: 1.05,
      megawatts: 0.126,
      source: 'H200: 12000 W a node of BM.GPU.H200.8, offer; PUE 1.05: as the estate says',
    });
  });

  test('knows the power of silicon that the estate describes', () => {
    const sourced = { source: 'data sheet', checked: '2026-11' };
    const catalog = {
      accelerators: { npu: { title: 'NPU', vendor: 'own', resourceName: 'example.com/npu', watts: 500, ...sourced } },
      machines: { oracle: { 'BM.NPU.8': { like: 'BM.GPU.H200.8', accelerator: 'npu', ...sourced } } },
    };
    const power = powerWith('oracle-main', { n: { accelerator: 'npu', nodes: 5, image: 'x' } }, { catalog });
    expect(power).toMatchObject({
      itMegawatts: 0.02,
      source: expect.stringMatching(/NPU: 500 W, accelerators only, data sheet/),
    });
  });

  test('a site without accelerators draws nothing that is known of', () => {
    expect(powerOf(inputOf([SITE]))).toEqual([
      expect.objectContaining({ site: 'west', megawatts: 0, accelerators: 0, parts: [] }),
    ]);
  });

  test('is never NaN, and grows with every pool', () => {
    fc.assert(
      fc.property(blueprints(), (sites) => {
        for (const row of powerOf(inputOf(sites))) {
          expect(row.megawatts === null || Number.isFinite(row.megawatts)).toBe(true);
          expect((row.megawatts ?? 0) >= (row.itMegawatts ?? 0)).toBe(true);
          expect(row.source).toContain('PUE');
          expect(row.accelerators).toBe(row.parts.reduce((sum, part) => sum + part.accelerators, 0));
        }
      }),
      { numRuns: 40 },
    );
  });
});

const POOLS: Pools = { h: { accelerator: 'h200', nodes: 10, image: 'x' } };
