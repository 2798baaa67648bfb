import { Match, Template } from 'aws-cdk-lib/assertions';
import { App, Stage } from 'aws-cdk-lib/core';
import type { GroupPlan, PoolPlan, ShardPlan } from '../../../estate/plan/types';
import { ClusterStack, NetworkStack, StorageStack } from '../../../stacks/aws';
import { datasets, group, machine, onDemandPool, RACKS, rackPool, scratch, shard, site, subnets } from './fixture';

function cluster(pools = [rackPool(RACKS)], at = site(), mounts = at.stores): ClusterStack {
  const app = new App();
  const { network } = new NetworkStack(app, 'network', { site: at });
  const storage = at.stores.length > 0 ? [new StorageStack(app, 'storage', { site: at, network })] : [];
  return new ClusterStack(app, 'cluster', { shard: shard(pools, at, mounts), network, storage });
}

function resources(stack: ClusterStack): Record<string, { Type: string }> {
  return Template.fromStack(stack).toJSON().Resources;
}

function count(stack: ClusterStack): number {
  return Object.keys(resources(stack)).length;
}

describe('ClusterStack', () => {
  test('has one node group for each rack, bound to its capacity block', () => {
    const stack = cluster();
    expect([...stack.pools.keys()]).toEqual(['train-1', 'train-2']);
    const template = Template.fromStack(stack);
    for (const id of ['cr-0aaaaaaaaaaaaaaa1', 'cr-0aaaaaaaaaaaaaaa2']) {
      template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
        LaunchTemplateData: {
          CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: id } },
        },
      });
    }
  });

  test('names the cluster where the plan does, and leaves the name to CloudFormation otherwise', () => {
    const named = (changes: Partial<ShardPlan<'aws'>>) => {
      const app = new App();
      const at = site({ stores: [] });
      const { network } = new NetworkStack(app, 'network', { site: at });
      const stack = new ClusterStack(app, 'cluster', { shard: { ...shard([], at), ...changes }, network });
      const template = Template.fromStack(stack);
      const [cluster] = Object.values(template.findResources('AWS::EKS::Cluster'));
      return [cluster?.Properties.Name, Object.keys(template.findResources('AWS::Logs::LogGroup')).length];
    };
    expect(named({ clusterName: 'atlas-dallas-gb200' })).toEqual(['atlas-dallas-gb200', 1]);
    expect(named({})).toEqual([undefined, 0]);
  });

  test.each([
    ['xl', { Tier: 'tier-xl' }],
    ['2xl', { Tier: 'tier-2xl' }],
    ['4xl', { Tier: 'tier-4xl' }],
    ['8xl', { Tier: 'tier-8xl' }],
    ['standard', { Tier: 'standard' }],
    [undefined, undefined],
  ] as const)('has a control plane of size %s as %j', (controlPlaneTier, wanted) => {
    const app = new App();
    const at = site({ stores: [] });
    const { network } = new NetworkStack(app, 'network', { site: at });
    const stack = new ClusterStack(app, 'cluster', { shard: { ...shard([], at), controlPlaneTier }, network });
    const [cluster] = Object.values(Template.fromStack(stack).findResources('AWS::EKS::Cluster'));
    expect(cluster?.Properties.ControlPlaneScalingConfig).toEqual(wanted);
  });

  test('shares one fabric between the reserved machines of a zone and packs on-demand pools', () => {
    const stack = cluster([rackPool(RACKS), onDemandPool(8)]);
    expect([...stack.fabrics.keys()]).toEqual(['us-east-1-dfw-2a', 'dev']);
    Template.fromStack(stack).resourceCountIs('AWS::EC2::PlacementGroup', 1);
  });

  test('gives every group a Kubernetes version: EKS upgrades no cluster whose groups are behind', () => {
    const held = { ...onDemandPool(8), kubernetesVersion: '1.34', release: '1.34.2-20260120' };
    const app = new App();
    const at = site({ stores: [] });
    const { network } = new NetworkStack(app, 'network', { site: at });
    const plan = { ...shard([rackPool(RACKS), held], at), addons: { coredns: 'v1.13.2-eksbuild.4' } };
    const template = Template.fromStack(new ClusterStack(app, 'cluster', { shard: plan, network }));
    const versions = Object.values(template.findResources('AWS::EKS::Nodegroup')).map(({ Properties }) => [
      Properties.Version,
      Properties.ReleaseVersion,
    ]);
    expect(versions.sort()).toEqual([
      ['1.34', '1.34.2-20260120'],
      ['1.35', undefined],
      ['1.35', undefined],
      ['1.35', undefined],
    ]);
    template.hasResourceProperties('AWS::EKS::Addon', { AddonName: 'coredns', AddonVersion: 'v1.13.2-eksbuild.4' });
  });

  test('changes no size of a running block when a row of the catalog comes to say another one', () => {
    const sizes = (pool: ReturnType<typeof rackPool>) =>
      Object.values(Template.fromStack(cluster([pool], site({ stores: [] }))).findResources('AWS::EKS::Nodegroup'))
        .map(({ Properties }) => Properties.ScalingConfig)
        .sort((one, other) => one.MaxSize - other.MaxSize);
    const blocks = { ...rackPool(RACKS), machine: machine('p6-b200.48xlarge') };
    const other = { ...blocks, machine: { ...blocks.machine, groupNodes: 128 } };
    expect(sizes(other)).toEqual(sizes(blocks));
    expect(sizes(other).at(-1)).toEqual({ MinSize: 0, DesiredSize: 0, MaxSize: 450 });
    // What the lock recorded when the pool was new stays, whatever it was.
    expect(sizes({ ...other, groupNodes: 128 }).at(-1)).toEqual({ MinSize: 0, DesiredSize: 0, MaxSize: 128 });
  });

  test('keeps the fabric of groups that left the estate file, with what mounts there', () => {
    const retired = {
      id: 'train-1',
      pool: 'train',
      key: '1',
      machine: machine('p6e-gb200.36xlarge'),
      zone: 'us-east-1-dfw-2a',
      capacity: 'capacity-block',
    } as const;
    const build = (left: readonly (typeof retired)[]) => {
      const app = new App();
      const at = site();
      const { network } = new NetworkStack(app, 'network', { site: at });
      const storage = [new StorageStack(app, 'storage', { site: at, network })];
      return new ClusterStack(app, 'cluster', { shard: { ...shard([], at), retired: left }, network, storage });
    };
    expect([...build([]).fabrics.keys()]).toEqual([]);
    const stack = build([retired]);
    expect([...stack.fabrics.keys()]).toEqual(['us-east-1-dfw-2a']);
    const before = resources(cluster());
    const kept = Object.entries(resources(stack)).filter(([id]) => /^(fabric|mount)/.test(id));
    expect(kept.length).toBeGreaterThan(6);
    for (const [id, resource] of kept) expect([id, before[id]]).toEqual([id, resource]);
  });

  test('is protected, and so are its reserved pools', () => {
    const stack = cluster();
    expect(stack.terminationProtection).toBe(true);
    const kept = Object.values(
      Template.fromStack(stack).findResources('AWS::EKS::Nodegroup', { DeletionPolicy: 'Retain' }),
    );
    expect(kept).toHaveLength(2);
  });

  test('lets its workload use the mounted bucket and its nodes the file system in their zone', () => {
    const stack = cluster([rackPool(RACKS), onDemandPool(8)]);
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: Match.arrayWith(['s3:PutObject']) })]) },
      Roles: [{ Ref: Match.stringLikeRegexp('^workload') }],
    });
    const groups = Object.keys(template.findResources('AWS::EC2::SecurityGroupIngress')).filter((id) =>
      id.startsWith('mount'),
    );
    // The cluster's group and the fabric of the file system's zone, on both sides.
    expect(groups).toHaveLength(4);
    expect(groups.some((id) => id.includes('dev'))).toBe(false);
    // An outbound rule on the group of nodes would take away the one that lets them reach everything.
    expect(JSON.stringify(template.findResources('AWS::EC2::SecurityGroupEgress'))).not.toMatch(
      /"GroupId":\{"Fn::GetAtt":\["[^"]*","ClusterSecurityGroupId"/,
    );
    template.hasResourceProperties('AWS::EKS::Addon', { AddonName: 'aws-fsx-csi-driver' });
  });

  test.each([
    [[scratch], ['aws-fsx-csi-driver']],
    [[datasets], ['aws-mountpoint-s3-csi-driver']],
    [
      [datasets, scratch],
      ['aws-fsx-csi-driver', 'aws-mountpoint-s3-csi-driver'],
    ],
    [[], []],
  ])('has the drivers of the kinds of stores that it mounts, without roles: %#', (stores, drivers) => {
    const at = site({ stores });
    const addons = Template.fromStack(cluster([], at)).findResources('AWS::EKS::Addon');
    const csi = Object.values(addons)
      .map(({ Properties }) => Properties)
      .filter(({ AddonName }) => AddonName.endsWith('-csi-driver'));
    expect(csi.map(({ AddonName }) => AddonName).sort()).toEqual(drivers);
    for (const addon of csi) expect(addon).not.toHaveProperty('PodIdentityAssociations');
  });

  test('mounts nothing that it is not told to', () => {
    const stack = cluster([rackPool(RACKS)], site(), []);
    const text = JSON.stringify(resources(stack));
    expect(text).not.toMatch(/s3:|csi-driver|ExportsOutput[A-Za-z]*scratch/);
  });

  test('reads the network and the stores from their stacks', () => {
    const stack = cluster();
    Stage.of(stack)?.synth();
    expect(stack.dependencies.map(({ stackName }) => stackName).sort()).toEqual(['network', 'storage']);
  });

  test('grows with groups, not with nodes', () => {
    const ten = cluster([onDemandPool(10)]);
    const twenty = cluster([onDemandPool(20)]);
    expect(Object.keys(resources(twenty))).toEqual(Object.keys(resources(ten)));
  });

  test('changes nothing that exists when a rack or a pool is added', () => {
    const before = resources(cluster());
    const rack = resources(cluster([rackPool([...RACKS, group('train', '3', 18, 'cr-0aaaaaaaaaaaaaaa3')])]));
    const pool = resources(cluster([onDemandPool(8), rackPool(RACKS)]));
    expect(rack).toEqual(expect.objectContaining(before));
    expect(pool).toEqual(expect.objectContaining(before));
    const added = Object.entries(rack).filter(([id]) => !(id in before));
    expect(added.map(([, { Type }]) => Type).sort()).toEqual(['AWS::EC2::LaunchTemplate', 'AWS::EKS::Nodegroup']);
  });

  test.each([
    ['us-east-1c', ['us-east-1a', 'us-east-1b']],
    ['us-east-1a', ['us-east-1b', 'us-east-1c']],
  ])('changes only the configuration of the CNI when the site gets zone %s', (added, first) => {
    const zones = [...first, 'us-east-1-dfw-2a'];
    const [before, after] = [zones, [...zones, added]].map((all) =>
      resources(
        cluster(
          [rackPool(RACKS)],
          site({
            zones: all,
            network: { egress: 'nat' as const, cidrs: ['10.64.0.0/16'], subnets: subnets(all) },
            stores: [],
          }),
        ),
      ),
    );
    const changed = Object.keys(after ?? {}).filter(
      (id) => JSON.stringify(after?.[id]) !== JSON.stringify(before?.[id]),
    );
    expect(changed).toEqual([expect.stringMatching(/^clusteraddonvpccni/)]);
  });

  test('stays far below the 400 resources of a stack with as many groups as a cluster takes', () => {
    const racks = Array.from({ length: 29 }, (_, index) => group('train', `${index}`, 18, `cr-${index + 1}0a`));
    expect(count(cluster([rackPool(racks)]))).toBeLessThan(150);
  });

  test('keeps every id and property when the labels of the estate change, but for tags', () => {
    const at = (team: string) => site({ tags: { estate: 'atlas', team } });
    const strip = (stack: ClusterStack) =>
      JSON.parse(JSON.stringify(resources(stack), (key, value) => (key === 'Tags' ? undefined : value)));
    expect(strip(cluster([rackPool(RACKS)], at('b')))).toEqual(strip(cluster([rackPool(RACKS)], at('a'))));
  });

  test('forwards the events of its reservations to the region of the alerts', () => {
    const zones = ['us-west-2a', 'us-west-2b', 'us-east-1-dfw-2a'];
    const network = { egress: 'nat' as const, cidrs: ['10.64.0.0/16'], subnets: subnets(zones) };
    const west = cluster([rackPool(RACKS)], site({ region: 'us-west-2', zones, network, stores: [] }));
    Template.fromStack(west).hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { detail: { 'capacity-reservation-id': ['cr-0aaaaaaaaaaaaaaa1', 'cr-0aaaaaaaaaaaaaaa2'] } },
      Targets: [
        {
          Arn: {
            'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':events:us-east-1:111122223333:event-bus/default']],
          },
        },
      ],
    });
    Template.fromStack(cluster()).resourceCountIs('AWS::Events::Rule', 0);
    const tags = Match.arrayWith([{ Key: 'estate', Value: 'atlas' }]);
    Template.fromStack(west).hasResourceProperties('AWS::Events::Rule', { Tags: tags });
    Template.fromStack(west).hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: [Match.objectLike({ Principal: { Service: 'events.amazonaws.com' } })] },
      Tags: tags,
    });
  });

  test('starts nodes in a resource group of reservations, whose events it cannot tell apart', () => {
    const arn = 'arn:aws:resource-groups:us-west-2:111122223333:group/h100';
    const zones = ['us-west-2a', 'us-west-2b'];
    const network = { egress: 'nat' as const, cidrs: ['10.64.0.0/16'], subnets: subnets(zones) };
    const at = site({ region: 'us-west-2', zones, network, stores: [] });
    const capacity: PoolPlan['capacity'] = { kind: 'reservation', ids: [arn] };
    const pool = { ...onDemandPool(8), zone: 'us-west-2a', capacity, groups: [group('dev', 'a', 8, arn)] };
    const template = Template.fromStack(cluster([pool], at));
    template.hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: {
        CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationResourceGroupArn: arn } },
      },
    });
    template.resourceCountIs('AWS::Events::Rule', 0);
  });

  test('starts reserved nodes in the placement group that their reservation was made in', () => {
    const capacity: PoolPlan['capacity'] = { kind: 'reservation', ids: ['cr-0'], placementGroup: 'training' };
    const pool = { ...onDemandPool(8), capacity, groups: [group('dev', 'a', 8, 'cr-0')] };
    Template.fromStack(cluster([pool])).hasResourceProperties('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { Placement: { GroupName: 'training' } },
    });
  });

  test('gives half an UltraServer a group of its size', () => {
    const half = rackPool([group('half', 'r1', 9, 'cr-1')]);
    const pool = { ...half, key: 'half', machine: { ...half.machine, scaleUpNodes: 9, groupNodes: 9 } };
    Template.fromStack(cluster([pool])).hasResourceProperties('AWS::EKS::Nodegroup', {
      ScalingConfig: { MinSize: 0, DesiredSize: 0, MaxSize: 9 },
      Tags: Match.objectLike({ nodes: '9' }),
    });
  });

  test('lets an autoscaler size the pools with a range, and says what their groups are called', () => {
    const burst = (own: Partial<GroupPlan>): PoolPlan<'aws'> => ({
      ...onDemandPool(40),
      key: 'burst',
      machine: machine('m7i.8xlarge'),
      groups: [{ ...group('burst', '1', 40), minNodes: 2, ...own }],
    });
    const template = Template.fromStack(cluster([onDemandPool(8), burst({})]));
    template.hasResourceProperties('AWS::EKS::PodIdentityAssociation', { ServiceAccount: 'cluster-autoscaler' });
    template.hasResourceProperties('AWS::EKS::Nodegroup', {
      ScalingConfig: { MinSize: 2, DesiredSize: 2, MaxSize: 40 },
    });
    const outputs = Object.keys(template.findOutputs('*')).filter((id) => id.includes('group'));
    expect(outputs).toEqual([expect.stringMatching(/^clusterburst1group[0-9A-F]{8}$/)]);
    Template.fromStack(cluster([burst({ keepsSize: true })])).hasResourceProperties('AWS::EKS::Nodegroup', {
      ScalingConfig: { MinSize: 2, DesiredSize: Match.absent(), MaxSize: 40 },
    });
    const without = Template.fromStack(cluster([onDemandPool(8)]));
    without.resourceCountIs('AWS::EKS::PodIdentityAssociation', 1);
  });

  test('fails when a mounted store is not at its site', () => {
    const elsewhere = { ...datasets, key: 'elsewhere' };
    expect(() => cluster([rackPool(RACKS)], site({ stores: [scratch] }), [elsewhere])).toThrow(
      'store "elsewhere" is not',
    );
  });
});
