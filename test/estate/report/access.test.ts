import { join } from 'node:path';
import { accessRows, formatAccess } from '../../../estate/report/access';
import { formatOwners, ownerRows } from '../../../estate/report/owners';
import { loadEstate, parseEstate } from '../../../estate/spec/load';
import { lockAndResolve } from '../../helpers/estates';
import { type Changes, estateText } from '../spec/fixtures';

function planOf(changes: Changes = {}) {
  return lockAndResolve(parseEstate(estateText(changes), 'estate.yaml').estate).plan;
}

const ROLE = 'arn:aws:iam::111122223333:role';

describe('the view of access', () => {
  const plan = planOf({ 'clusters.ohio.access': { viewers: [`${ROLE}/research`] } });

  test('has a row for each cluster', () => {
    expect(accessRows(plan)).toEqual([
      {
        cluster: 'ohio',
        shard: 'ohio',
        cloud: 'aws',
        administrators: [`${ROLE}/platform`],
        viewers: [`${ROLE}/research`],
        ranges: ['10.8.0.0/16'],
      },
      expect.objectContaining({ shard: 'east', administrators: ['7d3f1a52-0c4e-4b6a-9d1c-3e5f7a9b1c21'] }),
      expect.objectContaining({ shard: 'iowa', ranges: [], otherWay: 'the DNS name of the cluster, which IAM guards' }),
      expect.objectContaining({ shard: 'phoenix', cloud: 'oracle', administrators: ['platform'] }),
    ]);
  });

  test('has a line for each principal and range', () => {
    expect(formatAccess(plan).split('\n').slice(0, 5)).toEqual([
      'cluster  cloud                who or what',
      'ohio     aws     administers  arn:aws:iam::111122223333:role/platform',
      'ohio     aws     views        arn:aws:iam::111122223333:role/research',
      'ohio     aws     reaches it   10.8.0.0/16',
      'east     azure   administers  7d3f1a52-0c4e-4b6a-9d1c-3e5f7a9b1c21',
    ]);
    expect(formatAccess(plan)).toContain('\nphoenix  oracle  views        nobody\n');
  });

  test('leaves out a cluster that exists already', () => {
    const estate = loadEstate(join(__dirname, '../../../examples/existing.yaml')).estate;
    const { plan: joined } = lockAndResolve(estate);
    const existing = Object.entries(estate.clusters).flatMap(([key, one]) => (one.existing ? [key] : []));
    const shown = accessRows(joined).map(({ cluster }) => cluster);
    expect(existing.length).toBeGreaterThan(0);
    expect([...shown, ...existing].sort()).toEqual(Object.keys(estate.clusters).sort());
  });
});

describe('the view of owners', () => {
  const plan = planOf({
    owners: { vision: { team: 'vision', email: 'vision@example.com', costCenter: 'cc-7' } },
    tags: { stage: 'lab' },
    'clusters.ohio.pools.train.owner': 'vision',
    'stores.scratch.tags': { project: 'pixels' },
  });

  test('has a row for each entry, with what is written', () => {
    const rows = ownerRows(plan).filter(({ cloud }) => cloud === 'aws');
    expect(rows).toEqual([
      { entry: 'accounts.aws-main', cloud: 'aws', team: 'training', tags: ['stage=lab'] },
      { entry: 'sites.ohio', cloud: 'aws', team: 'training', tags: ['stage=lab'] },
      { entry: 'clusters.ohio', cloud: 'aws', team: 'training', tags: ['stage=lab'] },
      { entry: 'clusters.ohio.pools.train', cloud: 'aws', team: 'vision', costCenter: 'cc-7', tags: ['stage=lab'] },
      { entry: 'stores.checkpoints', cloud: 'aws', team: 'training', tags: ['stage=lab'] },
      { entry: 'stores.scratch', cloud: 'aws', team: 'training', tags: ['project=pixels', 'stage=lab'] },
    ]);
  });

  test('is a table', () => {
    expect(formatOwners(plan).split('\n').slice(0, 5)).toEqual([
      'entry                         cloud   team      cost center  tags',
      'accounts.aws-main             aws     training               stage=lab',
      'sites.ohio                    aws     training               stage=lab',
      'clusters.ohio                 aws     training               stage=lab',
      'clusters.ohio.pools.train     aws     vision    cc-7         stage=lab',
    ]);
  });
});
