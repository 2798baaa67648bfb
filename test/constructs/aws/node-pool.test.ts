import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnNodegroup } from 'aws-cdk-lib/aws-eks-v2';
import { type Stack, Token } from 'aws-cdk-lib/core';
import { Capacity, Fabric, type NodePool, type NodePoolOptions } from '../../../constructs/aws';
import { machine, subnets } from '../../stacks/aws/fixture';
import { clusterScene, codeOf, propertiesOf } from './scene';

interface Interface {
  readonly NetworkCardIndex: number;
  readonly DeviceIndex: number;
  readonly InterfaceType: string;
  readonly Groups: readonly unknown[];
}

type Options = Omit<Partial<NodePoolOptions>, 'capacity' | 'fabric'> & {
  readonly type?: string;
  readonly kind?: Capacity['kind'];
  readonly placement?: 'cluster' | 'none';
  readonly fabricZone?: string;
};

/** A pool of a cluster: B300 nodes in one reservation, unless said otherwise. */
function scene(options: Options = {}): { stack: Stack; pool: NodePool } {
  const { type = 'p6-b300.48xlarge', kind = 'reservation', placement, fabricZone = 'us-east-1a', ...rest } = options;
  const { stack, network, cluster } = clusterScene();
  const row = machine(type);
  const fabric =
    row.efa && new Fabric(stack, 'fabric', { name: 'f', network, zone: fabricZone, machine: row, placement });
  const id = kind === 'reservation' || kind === 'capacity-block' ? 'cr-0a' : undefined;
  const pool = cluster.addNodePool('train', {
    name: 'dallas-train',
    machine: row,
    nodeCount: 16,
    fabric,
    capacity: new Capacity(stack, 'capacity', { kind, id }),
    ...rest,
  });
  return { stack, pool };
}

function only(stack: Stack, type: string): Record<string, unknown> {
  const [found] = Object.entries(propertiesOf(stack, type)).filter(([id]) => id.startsWith('clustertrain'));
  if (found === undefined) throw new Error(`no ${type} of the pool`);
  return found[1];
}

const nodegroup = (stack: Stack) => only(stack, 'AWS::EKS::Nodegroup');
const templateData = (stack: Stack) =>
  only(stack, 'AWS::EC2::LaunchTemplate').LaunchTemplateData as Record<string, unknown>;
const interfaces = (stack: Stack) => templateData(stack).NetworkInterfaces as readonly Interface[];

describe('NodePool', () => {
  test('has the node group as default child', () => {
    expect(scene().pool.node.defaultChild).toBeInstanceOf(CfnNodegroup);
  });

  test('names the instance type in the launch template only', () => {
    const { stack } = scene();
    expect(templateData(stack).InstanceType).toBe('p6-b300.48xlarge');
    expect(nodegroup(stack)).not.toHaveProperty('InstanceTypes');
    expect(nodegroup(stack)).toMatchObject({ AmiType: 'AL2023_x86_64_NVIDIA', CapacityType: 'ON_DEMAND' });
  });

  test.each([
    ['p5.4xlarge', 'on-demand', 2, 'interface', 1],
    ['p5.48xlarge', 'reservation', 32, 'efa', 32],
    ['p5e.48xlarge', 'capacity-block', 32, 'efa', 32],
    ['p5en.48xlarge', 'reservation', 17, 'interface', 16],
    ['p6-b200.48xlarge', 'reservation', 9, 'interface', 8],
    ['p6-b300.48xlarge', 'reservation', 17, 'interface', 16],
    ['p6e-gb200.36xlarge', 'capacity-block', 5, 'interface', 4],
    ['trn2.48xlarge', 'capacity-block', 16, 'efa', 16],
  ] as const)('lays out the interfaces of %s (%s): %i, primary %s, %i with EFA', (type, kind, total, primary, efa) => {
    const made = interfaces(scene({ type, kind }).stack);
    expect(made).toHaveLength(total);
    expect(made.filter(({ InterfaceType }) => InterfaceType !== 'interface')).toHaveLength(efa);
    expect(made[0]).toMatchObject({ NetworkCardIndex: 0, DeviceIndex: 0, InterfaceType: primary });
    // What EC2 and Karpenter require of every layout.
    expect(new Set(made.map(({ NetworkCardIndex, DeviceIndex }) => `${NetworkCardIndex}/${DeviceIndex}`)).size).toBe(
      total,
    );
    expect(made.every(({ DeviceIndex }) => DeviceIndex <= 1)).toBe(true);
    const efaCards = made.flatMap(({ InterfaceType, NetworkCardIndex }) =>
      InterfaceType === 'interface' ? [] : NetworkCardIndex,
    );
    expect(new Set(efaCards).size).toBe(efa);
  });

  test.each(['p5.48xlarge', 'p5e.48xlarge', 'trn2.48xlarge'])(
    'leaves room on card 0 of %s, which takes two interfaces, for that of the pods',
    (type) => {
      const { stack } = scene({ type, kind: 'capacity-block' });
      expect(interfaces(stack).filter(({ NetworkCardIndex }) => NetworkCardIndex === 0)).toHaveLength(1);
    },
  );

  test('puts the cluster group on the primary interface and only the fabric group on the others', () => {
    const [primary, ...others] = interfaces(scene().stack);
    expect(primary?.Groups).toHaveLength(2);
    expect(JSON.stringify(primary?.Groups)).toContain('ClusterSecurityGroupId');
    expect(others.every(({ Groups }) => Groups.length === 1 && !JSON.stringify(Groups).includes('Cluster'))).toBe(true);
  });

  test('says nothing that managed node groups refuse in a launch template', () => {
    const data = templateData(scene().stack);
    expect(JSON.stringify(data)).not.toMatch(/SubnetId|AssociatePublicIpAddress/);
    for (const key of ['IamInstanceProfile', 'SecurityGroupIds', 'ImageId', 'InstanceInitiatedShutdownBehavior']) {
      expect(data).not.toHaveProperty(key);
    }
  });

  test('requires IMDSv2 on one hop and encrypts the root volume with the key', () => {
    expect(templateData(scene().stack)).toMatchObject({
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [{ DeviceName: '/dev/xvda', Ebs: { Encrypted: true, VolumeType: 'gp3', VolumeSize: 500 } }],
    });
  });

  test('joins the local disks, in the MIME form that EKS merges', () => {
    const data = templateData(scene().stack).UserData as Record<string, string>;
    expect(data['Fn::Base64']).toMatch(/^MIME-Version: 1\.0\n/);
    expect(data['Fn::Base64']).toContain('strategy: RAID0');
  });

  test('starts in the capacity block and lets EKS know', () => {
    const { stack } = scene({ type: 'p6e-gb200.36xlarge', kind: 'capacity-block', nodeCount: 18 });
    expect(templateData(stack)).toMatchObject({
      InstanceMarketOptions: { MarketType: 'capacity-block' },
      CapacityReservationSpecification: { CapacityReservationTarget: { CapacityReservationId: 'cr-0a' } },
    });
    expect(nodegroup(stack)).toMatchObject({ CapacityType: 'CAPACITY_BLOCK', AmiType: 'AL2023_ARM_64_NVIDIA' });
  });

  test('never puts a capacity block into a placement group', () => {
    expect(templateData(scene({ kind: 'capacity-block' }).stack)).not.toHaveProperty('Placement');
    expect(() => scene({ kind: 'capacity-block', placement: 'cluster' })).toThrow(
      'cannot use a cluster placement group that it was not made in',
    );
  });

  test('puts nodes of a reservation into the placement group that it was made in, with a fabric of it or without', () => {
    const { stack, network, cluster } = clusterScene();
    const row = machine('p5en.48xlarge');
    const at = { network, zone: 'us-east-1a', machine: row };
    const imported = { zone: 'us-east-1a', securityGroupId: 'sg-0123456789abcdef0', placementGroupName: 'training' };
    const capacity = Capacity.fromReservation(stack, 'capacity', { id: 'cr-0a', placementGroup: 'training' });
    const fabrics = {
      open: new Fabric(stack, 'fabric', { name: 'f', ...at }),
      packed: Fabric.fromFabricAttributes(stack, 'imported', imported),
    };
    const other = Capacity.fromReservation(stack, 'other', { id: 'cr-0b', placementGroup: 'inference' });
    const options = { name: 'x', machine: row, nodeCount: 2, fabric: fabrics.packed, capacity: other };
    expect(() => cluster.addNodePool('other', options)).toThrow('say with placementGroup of the capacity');
    for (const [name, fabric] of Object.entries(fabrics)) {
      cluster.addNodePool(name, { name, machine: row, nodeCount: 2, fabric, capacity });
    }
    const templates = Object.entries(propertiesOf(stack, 'AWS::EC2::LaunchTemplate'));
    for (const name of Object.keys(fabrics)) {
      const [found] = templates.filter(([id]) => id.startsWith(`cluster${name}`));
      expect(found?.[1].LaunchTemplateData).toMatchObject({ Placement: { GroupName: 'training' } });
    }
  });

  test('packs on-demand nodes of a packed fabric', () => {
    const { stack } = scene({ kind: 'on-demand', placement: 'cluster' });
    expect(templateData(stack).Placement).toEqual({
      GroupName: { Ref: expect.stringMatching(/^fabricplacementgroup/) },
    });
  });

  test('lies in one zone', () => {
    expect(nodegroup(scene().stack).Subnets).toHaveLength(1);
    expect(() => scene({ zone: 'us-east-1b' })).toThrow('EFA does not leave a zone');
  });

  test('runs the declared nodes where machines are there for it, and grows with them', () => {
    const sizes = [16, 32].map((nodeCount) => nodegroup(scene({ nodeCount }).stack).ScalingConfig);
    expect(sizes).toEqual([
      { MinSize: 0, DesiredSize: 16, MaxSize: 16 },
      { MinSize: 0, DesiredSize: 32, MaxSize: 32 },
    ]);
  });

  test.each([
    ['p6e-gb200.36xlarge', [14, 18], 18],
    ['p6-b300.48xlarge', [16, 64], 450],
  ] as const)('starts %s in a capacity block empty, and growth never touches its size', (type, counts, max) => {
    for (const nodeCount of counts) {
      expect(nodegroup(scene({ type, kind: 'capacity-block', nodeCount }).stack)).toMatchObject({
        ScalingConfig: { MinSize: 0, DesiredSize: 0, MaxSize: max },
        Tags: { nodes: String(nodeCount) },
      });
    }
  });

  test('keeps its largest size whatever the catalog comes to say of groups: a change would empty a running block', () => {
    const row = machine('p6-b300.48xlarge');
    const size = (changes: Partial<NodePoolOptions>) =>
      nodegroup(scene({ kind: 'capacity-block', machine: row, ...changes }).stack).ScalingConfig;
    expect(size({ machine: { ...row, groupNodes: 128 } })).toEqual(size({}));
    expect(size({ machine: { ...row, groupNodes: 128 } })).toEqual({ MinSize: 0, DesiredSize: 0, MaxSize: 450 });
    expect(size({ maxNodeCount: 128 })).toEqual({ MinSize: 0, DesiredSize: 0, MaxSize: 128 });
    expect(() => size({ maxNodeCount: 15 })).toThrow('nodeCount 16 is over the 15 of one group');
  });

  test('leaves its size to others when asked to', () => {
    expect(nodegroup(scene({ scaling: 'external' }).stack).ScalingConfig).toMatchObject({
      DesiredSize: 0,
      MaxSize: 450,
    });
  });

  test('starts with its fewest nodes where an autoscaler sizes it, and says the range for it', () => {
    const cpu: Options = { type: 'm7i.8xlarge', kind: 'on-demand', nodeCount: 40, zone: 'us-east-1a' };
    const { stack } = scene({ ...cpu, minNodeCount: 2 });
    expect(nodegroup(stack).ScalingConfig).toEqual({ MinSize: 2, DesiredSize: 2, MaxSize: 40 });
    expect(nodegroup(stack).Tags).toMatchObject({ nodes: '2-40' });
    const kept = scene({ ...cpu, minNodeCount: 0, nodeCount: 60, keepsSize: true });
    expect(nodegroup(kept.stack).ScalingConfig).toEqual({ MinSize: 0, MaxSize: 60 });
  });

  test.each<[string, Options]>([
    ['CapacityUnsupported', { minNodeCount: 0 }],
    ['CapacityUnsupported', { kind: 'on-demand', type: 'm7i.8xlarge', minNodeCount: 0, scaling: 'external' }],
    ['CountInvalid', { kind: 'on-demand', type: 'm7i.8xlarge', minNodeCount: 17 }],
    ['CountInvalid', { kind: 'on-demand', type: 'm7i.8xlarge', minNodeCount: -1 }],
    ['CountInvalid', { kind: 'on-demand', type: 'm7i.8xlarge', minNodeCount: 0, nodeCount: 0 }],
  ])('fails with %s when nothing could size it: %j', (code, options) => {
    expect(codeOf(() => scene({ zone: 'us-east-1a', ...options }))).toBe(code);
  });

  test('taints accelerators and carries the labels and taints that it is given', () => {
    const { stack } = scene({
      labels: { purpose: 'train' },
      taints: [{ key: 'team', value: 'a', effect: 'PreferNoSchedule' }],
    });
    expect(nodegroup(stack)).toMatchObject({
      Labels: { purpose: 'train' },
      Taints: [
        { Key: 'nvidia.com/gpu', Value: 'present', Effect: 'NO_SCHEDULE' },
        { Key: 'team', Value: 'a', Effect: 'PREFER_NO_SCHEDULE' },
      ],
    });
  });

  test('replaces reserved nodes one out, one in, and repairs broken ones', () => {
    expect(nodegroup(scene().stack)).toMatchObject({
      UpdateConfig: { UpdateStrategy: 'MINIMAL' },
      NodeRepairConfig: { Enabled: true },
    });
  });

  test('keeps groups of held machines with what their nodes stand on when the stack goes', () => {
    const kept = (kind: Capacity['kind']) => {
      const resources: Record<string, { Type: string; DeletionPolicy?: string; UpdateReplacePolicy?: string }> =
        Template.fromStack(scene({ kind }).stack).toJSON().Resources;
      return Object.entries(resources)
        .filter(([id]) => /^(clustertrain|fabric|clusternoderole|key)/.test(id))
        .filter(
          ([, { DeletionPolicy, UpdateReplacePolicy }]) =>
            DeletionPolicy === 'Retain' && UpdateReplacePolicy === 'Retain',
        )
        .map(([, { Type }]) => Type)
        .sort();
    };
    const closure = [
      'AWS::EC2::LaunchTemplate',
      'AWS::EC2::SecurityGroup',
      'AWS::EC2::SecurityGroupEgress',
      'AWS::EC2::SecurityGroupIngress',
      'AWS::EKS::Nodegroup',
      'AWS::IAM::Role',
      'AWS::KMS::Key',
    ];
    expect(kept('reservation')).toEqual(closure);
    expect(kept('capacity-block')).toEqual(closure);
    expect(kept('on-demand')).toEqual(['AWS::KMS::Key']);
  });

  test('rolls no node when a label of who pays changes', () => {
    const [before, after] = ['cc-1', 'cc-2'].map((costCenter) => {
      const { stack } = scene({ tags: { estate: 'atlas', 'cost-center': costCenter, team: costCenter } });
      return { template: only(stack, 'AWS::EC2::LaunchTemplate'), tags: nodegroup(stack).Tags };
    });
    expect(after?.template).toEqual(before?.template);
    expect(after?.tags).toMatchObject({ 'cost-center': 'cc-2' });
  });

  test('follows the latest launch template, or the version that it is pinned to', () => {
    expect(nodegroup(scene().stack).LaunchTemplate).toMatchObject({ Version: { 'Fn::GetAtt': expect.anything() } });
    expect(nodegroup(scene({ launchTemplateVersion: '3' }).stack).LaunchTemplate).toMatchObject({ Version: '3' });
  });

  test('runs the version and the release of the image that it is told, or leaves both to EKS', () => {
    expect(nodegroup(scene({ version: '1.34', releaseVersion: '1.34.2-20260120' }).stack)).toMatchObject({
      Version: '1.34',
      ReleaseVersion: '1.34.2-20260120',
    });
    const free = nodegroup(scene().stack);
    expect(free).not.toHaveProperty('Version');
    expect(free).not.toHaveProperty('ReleaseVersion');
  });

  test('lies in one range of its zone: another subnet would replace it', () => {
    const further = [
      { key: 'nodes-us-east-1a-2', role: 'nodes', zone: 'us-east-1a', cidr: '10.64.96.0/20', ordinal: 2 },
      { key: 'pods-us-east-1a-2', role: 'pods', zone: 'us-east-1a', cidr: '100.70.0.0/16', ordinal: 2 },
    ] as const;
    const group = (range?: number) => {
      const { stack, network, cluster } = clusterScene({ subnets: [...subnets(), ...further] });
      const row = machine('p6-b300.48xlarge');
      const fabric = new Fabric(stack, 'fabric', { name: 'f', network, zone: 'us-east-1a', machine: row });
      const capacity = new Capacity(stack, 'capacity', { kind: 'on-demand' });
      const labels = { purpose: 'train' };
      cluster.addNodePool('train', { name: 't', machine: row, nodeCount: 2, fabric, capacity, range, labels });
      return nodegroup(stack);
    };
    expect(group()).toMatchObject({ Subnets: [{ Ref: expect.stringMatching(/^networknodesuseast1aSubnet/) }] });
    expect(group().Labels).toEqual({ purpose: 'train' });
    expect(group(2)).toMatchObject({
      Subnets: [{ Ref: expect.stringMatching(/^networknodesuseast1a2Subnet/) }],
      // Where the CNI looks before the label of the zone, which stands for the first range.
      Labels: { purpose: 'train', 'vpc.amazonaws.com/externalEniConfig': 'us-east-1a-2' },
    });
    expect(() => group(3)).toThrow('the network has no nodes subnet number 3 in us-east-1a');
  });

  test('starts after the add-ons that configure its network', () => {
    const { stack } = scene();
    Template.fromStack(stack).hasResource('AWS::EKS::Nodegroup', {
      Properties: { AmiType: 'AL2023_x86_64_NVIDIA' },
      DependsOn: Match.arrayWith([Match.stringLikeRegexp('^clusteraddonvpccni')]),
    });
  });

  test('fails when there are more nodes than one group holds', () => {
    expect(() => scene({ nodeCount: 16, maxNodeCount: 12 })).toThrow('nodeCount 16 is over the 12 of one group');
    expect(() => scene({ type: 'p6e-gb200.36xlarge', kind: 'capacity-block', nodeCount: 19 })).toThrow(
      'nodeCount 19 is over the 18 of one group',
    );
  });

  test('may be empty, in sizes that EKS takes', () => {
    expect(nodegroup(scene({ nodeCount: 0 }).stack).ScalingConfig).toEqual({ MinSize: 0, DesiredSize: 0, MaxSize: 1 });
    expect(nodegroup(scene({ type: 'm7i.4xlarge', kind: 'on-demand', nodeCount: 0 }).stack).ScalingConfig).toEqual({
      MinSize: 0,
      DesiredSize: 0,
      MaxSize: 1,
    });
  });

  test.each([-1, 1.5])('fails when nodeCount is %d', (nodeCount) => {
    expect(() => scene({ nodeCount })).toThrow(`nodeCount is ${nodeCount}; give a whole number of nodes`);
  });

  test('fails when held machines have no zone: those of other zones would never start', () => {
    const held = { type: 'm7i.4xlarge', kind: 'reservation' } as const;
    expect(() => scene(held)).toThrow('capacity "reservation" is held in one zone');
    expect(() => scene({ ...held, zone: 'us-east-1a', furtherZones: ['us-east-1b'] })).toThrow('is held in one zone');
    expect(nodegroup(scene({ ...held, zone: 'us-east-1b' }).stack).Subnets).toEqual([
      { Ref: expect.stringContaining('nodesuseast1b') },
    ]);
  });

  test('fails when the machine is not sold that way', () => {
    expect(() => scene({ type: 'p5e.48xlarge', kind: 'on-demand' })).toThrow(
      'not sold as "on-demand"; use capacity-block',
    );
  });

  test('fails when its zone has no subnet of nodes', () => {
    const cpu = { type: 'm7i.4xlarge', kind: 'on-demand' } as const;
    expect(() => scene({ ...cpu, zone: 'us-east-1c' })).toThrow(
      'zone "us-east-1c" is none of the network, which spans us-east-1a, us-east-1b, us-east-1-dfw-2a',
    );
    expect(codeOf(() => scene({ ...cpu, zone: 'us-east-1c' }))).toBe('ZoneUnknown');
    expect(codeOf(() => scene({ ...cpu, zone: 'us-east-1a', furtherZones: ['us-east-1c'] }))).toBe('ZoneUnknown');
    expect(codeOf(() => scene({ ...cpu, furtherZones: ['us-east-1b'] }))).toBe('ZoneUnknown');
    expect(codeOf(() => scene({ ...cpu, range: 3 }))).toBe('SubnetMissing');
    expect(codeOf(() => scene({ ...cpu, zone: Token.asString({ Ref: 'Zone' }) }))).toBe('SubnetMissing');
  });

  test('spans the zones that it is told, in whatever order they are named', () => {
    const { stack } = scene({
      type: 'm7i.4xlarge',
      kind: 'on-demand',
      zone: 'us-east-1b',
      furtherZones: ['us-east-1a'],
    });
    expect(nodegroup(stack).Subnets).toEqual([
      { Ref: expect.stringContaining('nodesuseast1a') },
      { Ref: expect.stringContaining('nodesuseast1b') },
    ]);
  });

  test('fails with a code for each kind of mistake', () => {
    expect(codeOf(() => scene({ nodeCount: 1.5 }))).toBe('CountInvalid');
    expect(codeOf(() => scene({ nodeCount: Token.asNumber({ Ref: 'Nodes' }) }))).toBeUndefined();
    expect(codeOf(() => scene({ type: 'p5e.48xlarge', kind: 'on-demand' }))).toBe('CapacityUnsupported');
    expect(codeOf(() => scene({ type: 'm7i.4xlarge', kind: 'reservation' }))).toBe('CapacityIncomplete');
    expect(codeOf(() => scene({ zone: 'us-east-1b' }))).toBe('FabricMismatch');
    expect(codeOf(() => scene({ kind: 'on-demand', furtherZones: ['us-east-1b'], zone: 'us-east-1a' }))).toBe(
      'FabricMismatch',
    );
    expect(codeOf(() => scene({ kind: 'capacity-block', placement: 'cluster' }))).toBe('FabricMismatch');
    expect(codeOf(() => scene({ name: '' }))).toBe('NameInvalid');
  });

  test.each([
    ['reservation', undefined, 'Retain'],
    ['reservation', false, undefined],
    ['on-demand', undefined, undefined],
    ['on-demand', true, 'Retain'],
  ] as const)('of %s with deletionProtection %s has the deletion policy %s', (kind, deletionProtection, policy) => {
    const { stack } = scene({ kind, deletionProtection });
    const resources: Record<string, { DeletionPolicy?: string }> = Template.fromStack(stack).toJSON().Resources;
    const closure = Object.entries(resources).filter(([id]) => /^(clustertrain|clusternoderole|fabric)/.test(id));
    expect(closure.length).toBeGreaterThan(4);
    expect([...new Set(closure.map(([, { DeletionPolicy }]) => DeletionPolicy))]).toEqual([policy]);
  });

  test('shows what its nodes are made from', () => {
    const { pool } = scene();
    expect(pool.launchTemplateId).toBe(pool.launchTemplate.ref);
    expect(pool.nodePoolName).toMatch(/^\$\{Token\[/);
  });
});
