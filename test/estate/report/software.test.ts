import { planSoftware } from '../../../estate/plan/software/plan-software';
import { softwareReport } from '../../../estate/report/software';
import { parseEstate, readEstateText } from '../../../estate/spec/load';
import { pageFrom, pageOf } from '../../helpers/pages';

test.each(['queue', 'minimal', 'existing', 'frontier'])(
  'tells of %s what bundles install, in the same versions',
  (name) => {
    const { estate, plan } = pageOf(name);
    const { sets } = planSoftware(estate, plan);
    const planned = sets.flatMap(({ components }) =>
      components.map(({ name: key, source }) => `${key} ${source.kind === 'git' ? source.ref : source.version}`),
    );
    const told = softwareReport(estate, plan).components.map(({ name: key, version }) => `${key} ${version}`);
    expect(told).toEqual([...new Set(planned)].sort());
  },
);

test.each(['queue', 'frontier'])('tells of each pool of %s who brings what', (name) => {
  const { estate, plan } = pageOf(name);
  const clusters = new Map(
    plan.clouds.flatMap((cloud) => plan.shards(cloud).map(({ key, cluster }) => [key, cluster])),
  );
  const planned = planSoftware(estate, plan).sets.flatMap(({ shard, owners }) =>
    owners.map(({ capability, pool }) => `${clusters.get(shard)}.${pool} ${capability}`),
  );
  const told = softwareReport(estate, plan).bringers.flatMap(({ capability, pools }) =>
    pools.map((pool) => `${pool} ${capability}`),
  );
  expect(new Set(told)).toEqual(new Set(planned));
});

test('says what clouds bring, what nobody brings, and what of it is assumed', () => {
  const { estate, plan } = pageOf('queue');
  const { bringers, components } = softwareReport(estate, plan);
  expect(bringers.find(({ capability, cloud }) => capability === 'driver' && cloud === 'aws')).toEqual({
    capability: 'driver',
    cloud: 'aws',
    by: 'cloud',
    what: 'EKS images for accelerators have the driver and the toolkit in them',
    pools: ['virginia.serve', 'virginia.train'],
  });
  expect(bringers.find(({ capability, cloud }) => capability === 'object-driver' && cloud === 'oracle')).toMatchObject({
    by: 'nobody',
    pools: [],
  });
  expect(components.find(({ name }) => name === 'gib')).toMatchObject({
    clusters: ['manassas'],
    gives: ['fabric-library'],
    unverified: 'the oldest Kubernetes, of which its manifests say nothing',
  });
});

test('says what the estate leaves to somebody else', () => {
  const text = readEstateText('examples/queue.yaml').replace(
    '\nlinks:',
    '\nsoftware: { dcgm-exporter: none }\n\nlinks:',
  );
  const { estate, plan } = pageFrom(parseEstate(text, 'queue.yaml').estate);
  const left = softwareReport(estate, plan).bringers.filter(({ by }) => by === 'others');
  expect(left).toEqual([
    {
      capability: 'exporter',
      cloud: 'oracle',
      by: 'others',
      what: 'the estate says that somebody else installs dcgm-exporter',
      pools: ['ashburn.racks'],
    },
  ]);
});
