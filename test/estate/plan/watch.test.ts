import { EstateError } from '../../../estate/diagnostics';
import { planLayout } from '../../../estate/plan/layout';
import { parseEstate } from '../../../estate/spec/load';
import { lockAndResolve } from '../../helpers/estates';
import { type Changes, estateText } from '../spec/fixtures';

const OWNERS: Changes = {
  owners: {
    research: { team: 'research', email: 'research@example.com' },
    platform: { team: 'platform', email: 'platform@example.com' },
  },
};

function resolved(changes: Changes) {
  return lockAndResolve(parseEstate(estateText(changes), 'estate.yaml').estate);
}

function planned(changes: Changes = {}) {
  const { plan } = resolved(changes);
  const shard = (cloud: 'aws' | 'azure' | 'google' | 'oracle') => plan.shards(cloud)[0];
  const stores = Object.fromEntries(
    (['aws', 'google', 'oracle'] as const).flatMap((cloud) =>
      plan.sites(cloud).flatMap((site) => site.stores.map((store) => [store.key, store] as const)),
    ),
  );
  return { plan, shard, stores };
}

describe('logs', () => {
  test('are what the cloud keeps by default where nothing is said', () => {
    const { shard, stores } = planned();
    expect(shard('aws')).not.toHaveProperty('logRetentionDays');
    expect(shard('google')).not.toHaveProperty('logRetentionDays');
    expect(stores.checkpoints).not.toHaveProperty('accessLogRetentionDays');
  });

  test('are kept as the innermost entry says: account, site, then cluster or store', () => {
    const { shard, stores } = planned({
      'accounts.google-main.logs': { retainDays: 400 },
      'accounts.aws-main.logs': { retainDays: 400 },
      'sites.ohio.logs': { retainDays: 90 },
      'clusters.ohio.logs': { retainDays: 30 },
    });
    expect(shard('google')?.logRetentionDays).toBe(400);
    expect(stores.tpu).toMatchObject({ accessLogRetentionDays: 400 });
    expect(shard('aws')?.logRetentionDays).toBe(30);
    expect(stores.checkpoints).toMatchObject({ accessLogRetentionDays: 90 });
    expect(shard('azure')).not.toHaveProperty('logRetentionDays');
  });

  test('are none where an inner entry says 0', () => {
    const { shard, stores } = planned({
      'accounts.google-main.logs': { retainDays: 400 },
      'clusters.iowa.logs': { retainDays: 0 },
    });
    expect(shard('google')).not.toHaveProperty('logRetentionDays');
    expect(stores.tpu).toMatchObject({ accessLogRetentionDays: 400 });
  });

  test.each([
    ['clusters.ohio', 'clusters.ohio.logs'],
    ['sites.ohio', 'sites.ohio.logs'],
    ['accounts.aws-main', 'accounts.aws-main.logs'],
  ])('of a cluster of an earlier release cannot be told by %s, since EKS made their group', (entry, path) => {
    const { lock } = resolved({});
    const older = { ...lock, chosen: { ...lock.chosen, 'clusters.ohio': { kubernetes: '1.35' } } };
    const { estate } = parseEstate(estateText({ [`${entry}.logs`]: { retainDays: 90 } }), 'estate.yaml');
    expect(() => planLayout(estate, lock)).not.toThrow();
    const attempt = () => planLayout(estate, older);
    expect(attempt).toThrow(EstateError);
    try {
      attempt();
    } catch (error) {
      const { diagnostics } = error as EstateError;
      expect(diagnostics).toEqual([expect.objectContaining({ code: 'LogsUnowned', path, value: 90 })]);
      expect(diagnostics[0]?.message).toContain('cluster "ohio" is of an earlier release');
      expect(diagnostics[0]?.hint).toContain(`take logs off ${entry}`);
      expect(diagnostics[0]?.hint).toContain('put-retention-policy --log-group-name /aws/eks/NAME/cluster');
    }
    expect(() => planLayout(estate, older, [], true)).not.toThrow();
  });
});

describe('alarms', () => {
  test('are none where nothing is said, and where an inner entry says so', () => {
    expect(planned().shard('aws')).not.toHaveProperty('alarms');
    const { shard, stores } = planned({
      'accounts.aws-main.alarms': true,
      'clusters.ohio.alarms': false,
      'accounts.oracle-main.alarms': true,
      'stores.fast.alarms': false,
    });
    expect(shard('aws')).not.toHaveProperty('alarms');
    expect(stores.scratch).toMatchObject({ alarms: { email: 'training@example.com' } });
    expect(shard('oracle')?.alarms).toEqual({ email: 'training@example.com' });
    expect(stores.fast).not.toHaveProperty('alarms');
  });

  test('go to the owner of what they watch, the innermost that is named', () => {
    const { shard, stores } = planned({
      ...OWNERS,
      'sites.ohio.alarms': true,
      'sites.ohio.owner': 'platform',
      'clusters.ohio.owner': 'research',
    });
    expect(shard('aws')?.alarms).toEqual({ owner: 'research', email: 'research@example.com' });
    expect(stores.scratch).toMatchObject({ alarms: { owner: 'platform', email: 'platform@example.com' } });
  });

  test('are never of object stores', () => {
    expect(planned({ 'sites.ohio.alarms': true }).stores.checkpoints).not.toHaveProperty('alarms');
  });

  test('on hosts are wanted in the regions whose clusters have alarms', () => {
    const regions = (changes: Changes) => planned(changes).plan.accounts('oracle')[0]?.alarmRegions;
    expect(regions({})).toBeUndefined();
    expect(regions({ 'stores.fast.alarms': true })).toBeUndefined();
    expect(regions({ 'clusters.phoenix.alarms': true })).toEqual(['us-phoenix-1']);
    expect(regions({ 'sites.phoenix.alarms': true, 'clusters.phoenix.alarms': false })).toBeUndefined();
  });
});

describe('policies', () => {
  test('are planned where they are not the default', () => {
    const { shard } = planned({ 'clusters.iowa.binaryAuthorization': true, 'clusters.east.policyAddon': false });
    expect(shard('google')?.binaryAuthorization).toBe(true);
    expect(shard('azure')?.policyAddon).toBe(false);
    const plain = planned({ 'clusters.iowa.binaryAuthorization': false, 'clusters.east.policyAddon': true });
    expect(plain.shard('google')).not.toHaveProperty('binaryAuthorization');
    expect(plain.shard('azure')).not.toHaveProperty('policyAddon');
  });
});
