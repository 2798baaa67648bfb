import { type AnsweredRow, swap } from './scene';

/** Edits of the small estate that make smaller what stays. */
export const SMALL_SHRUNK: readonly AnsweredRow[] = [
  {
    name: 'shrinking an on-demand pool on AWS',
    edit: swap(
      'demand: { accelerator: h100, nodes: 4, zone: us-west-2a',
      'demand: { accelerator: h100, nodes: 1, zone: us-west-2a',
    ),
    answer: 'three nodes are terminated with what runs on them',
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html',
    expected: [
      'lost clusters.oregon.pools.demand 3 nodes 24 accelerators',
      '~ small-oregon-cluster clusters.oregon.pools.demand ScalingConfig.DesiredSize ScalingConfig.MaxSize',
    ],
  },
  {
    name: 'shrinking a spot pool on AWS',
    edit: swap('spot: { accelerator: h100, nodes: 4', 'spot: { accelerator: h100, nodes: 2'),
    answer: 'two nodes are terminated',
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html',
    expected: [
      'lost clusters.oregon.pools.spot 2 nodes 16 accelerators',
      '~ small-oregon-cluster clusters.oregon.pools.spot ScalingConfig.DesiredSize ScalingConfig.MaxSize',
    ],
  },
  {
    name: 'shrinking a reserved pool on AWS',
    edit: swap(
      'held: { accelerator: h200, nodes: 8, zone: us-west-2a',
      'held: { accelerator: h200, nodes: 6, zone: us-west-2a',
    ),
    answer: 'two nodes are terminated, and their place in the reservation is empty',
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html',
    expected: [
      'lost clusters.oregon.pools.held 2 nodes 16 accelerators',
      'protected clusters.oregon.pools.held',
      '~ small-oregon-cluster clusters.oregon.pools.held ScalingConfig.DesiredSize ScalingConfig.MaxSize',
    ],
  },
  {
    name: 'shrinking the pool of a capacity block on AWS',
    edit: swap(
      'accelerator: b200\n        nodes: 16\n        zone: us-west-2b',
      'accelerator: b200\n        nodes: 8\n        zone: us-west-2b',
    ),
    answer: 'nothing: its running size belongs to whoever scales it; the estate counts eight nodes fewer',
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html',
    expected: [
      'lost clusters.oregon.pools.block 8 nodes 64 accelerators',
      'protected clusters.oregon.pools.block',
      '~ small-oregon-cluster clusters.oregon.pools.block Tags.nodes',
    ],
  },
  {
    name: 'taking a smaller machine on AWS',
    edit: swap(
      'demand: { accelerator: h100, nodes: 4, zone: us-west-2a',
      'demand: { machine: p5.4xlarge, accelerator: h100, nodes: 4, zone: us-west-2a',
    ),
    answer: 'nodes are replaced one after another by ones with a GPU instead of eight',
    source: 'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
    expected: [
      'lost clusters.oregon.pools.demand 28 accelerators',
      'rolled clusters.oregon.pools.demand',
      '~ small-oregon-cluster clusters.oregon.pools.demand LaunchTemplate.Version',
      '~ small-oregon-cluster clusters.oregon.pools.demand LaunchTemplateData.InstanceType LaunchTemplateData.NetworkInterfaces',
    ],
  },
  {
    name: 'shrinking an on-demand pool on Azure',
    edit: swap(
      'demand: { accelerator: h100, nodes: 8, zone: "1" }',
      'demand: { accelerator: h100, nodes: 6, zone: "1" }',
    ),
    answer: 'the scale set gives two machines back',
    source: 'terraform-provider-azurerm v4.81.0 internal/services/containers/kubernetes_cluster_node_pool_resource.go',
    expected: [
      'lost clusters.east.pools.demand 2 nodes 16 accelerators',
      '~ small-east-cluster clusters.east.pools.demand node_count',
    ],
  },
  {
    name: 'shrinking a dedicated pool on Azure',
    edit: swap('held: { accelerator: h200, nodes: 150', 'held: { accelerator: h200, nodes: 120'),
    answer: 'the scale set of the last group gives machines back',
    source: 'terraform-provider-azurerm v4.81.0 internal/services/containers/kubernetes_cluster_node_pool_resource.go',
    expected: [
      'lost clusters.east.pools.held 30 nodes 240 accelerators',
      'protected clusters.east.pools.held',
      '~ small-east-cluster clusters.east.pools.held node_count',
    ],
  },
  {
    name: 'shrinking a spot pool on Google Cloud',
    edit: swap('spot: { accelerator: h200, nodes: 8', 'spot: { accelerator: h200, nodes: 6'),
    answer: 'setSize 6',
    source: 'terraform-provider-google v7.45.0 google/services/container/resource_container_node_pool.go',
    expected: [
      'lost clusters.iowa.pools.spot 2 nodes 16 accelerators',
      '~ small-iowa-cluster clusters.iowa.pools.spot node_count',
    ],
  },
  {
    name: 'shrinking a flex-start pool on Google Cloud',
    edit: swap('flex: { accelerator: h200, nodes: 8', 'flex: { accelerator: h200, nodes: 4'),
    answer: 'the autoscaler goes no higher than four',
    source: 'terraform-provider-google v7.45.0 google/services/container/resource_container_node_pool.go',
    expected: [
      'lost clusters.iowa.pools.flex 4 nodes 32 accelerators',
      '~ small-iowa-cluster clusters.iowa.pools.flex autoscaling.total_max_node_count',
    ],
  },
  {
    name: 'shrinking a reserved pool on Google Cloud',
    edit: swap('held: { accelerator: b200, nodes: 16', 'held: { accelerator: b200, nodes: 8'),
    answer: 'setSize 8, and the reservation keeps eight machines that nobody uses',
    source: 'terraform-provider-google v7.45.0 google/services/container/resource_container_node_pool.go',
    expected: [
      'lost clusters.iowa.pools.held 8 nodes 64 accelerators',
      'protected clusters.iowa.pools.held',
      '~ small-iowa-cluster clusters.iowa.pools.held node_count',
    ],
  },
  {
    name: 'shrinking a pool of slices on Google Cloud',
    edit: swap('accelerators: 64, topology: 4x4', 'accelerators: 48, topology: 4x4'),
    answer: 'a slice is deleted',
    source: 'terraform-provider-google v7.45.0 google/services/container/resource_container_node_pool.go',
    expected: ['= small-iowa-cluster clusters.iowa.pools.slices', 'protected clusters.iowa.pools.slices'],
  },
  {
    name: 'shrinking an on-demand pool on Oracle Cloud',
    edit: swap(
      'demand: { accelerator: h100, nodes: 8, zone: "Uocm',
      'demand: { accelerator: h100, nodes: 6, zone: "Uocm',
    ),
    answer: 'size 6 is sent, and two nodes are terminated',
    source: 'terraform-provider-oci v8.28.0 internal/service/containerengine/containerengine_node_pool_resource.go',
    expected: [
      'lost clusters.phoenix.pools.demand 2 nodes 16 accelerators',
      '~ small-phoenix-cluster clusters.phoenix.pools.demand node_config_details.size',
    ],
  },
  {
    name: 'shrinking a reserved pool on Oracle Cloud',
    edit: swap('accelerator: h200\n        nodes: 16\n', 'accelerator: h200\n        nodes: 12\n'),
    answer: 'size 12 is sent, and four nodes are terminated',
    source: 'terraform-provider-oci v8.28.0 internal/service/containerengine/containerengine_node_pool_resource.go',
    expected: [
      'lost clusters.phoenix.pools.held 4 nodes 32 accelerators',
      'protected clusters.phoenix.pools.held',
      '~ small-phoenix-cluster clusters.phoenix.pools.held node_config_details.size',
    ],
  },
  {
    name: 'shrinking the system pool on AWS',
    edit: swap(
      'mounts: [oregon-scratch, oregon-data]\n    systemPool: { nodes: 5 }',
      'mounts: [oregon-scratch, oregon-data]\n    systemPool: { nodes: 3 }',
    ),
    answer: 'two nodes are terminated',
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateNodegroupConfig.html',
    expected: [
      'lost clusters.oregon.systemPool 2 nodes',
      '~ small-oregon-cluster clusters.oregon.systemPool ScalingConfig.DesiredSize ScalingConfig.MaxSize',
    ],
  },
  {
    name: 'shrinking the system pool on Azure',
    edit: swap(
      'mounts: [east-scratch, east-data]\n    systemPool: { nodes: 5 }',
      'mounts: [east-scratch, east-data]\n    systemPool: { nodes: 3 }',
    ),
    answer: 'two nodes are terminated',
    source: 'terraform-provider-azurerm v4.81.0 internal/services/containers/kubernetes_cluster_resource.go',
    expected: ['lost clusters.east 2 nodes', '~ small-east-cluster clusters.east default_node_pool.node_count'],
  },
  {
    name: 'shrinking the system pool on Google Cloud',
    edit: swap('systemPool: { nodes: 6 }', 'systemPool: { nodes: 4 }'),
    answer: 'two nodes are terminated',
    source: 'terraform-provider-google v7.45.0 google/services/container/resource_container_node_pool.go',
    expected: ['lost clusters.iowa.systemPool 2 nodes', '~ small-iowa-cluster clusters.iowa.systemPool node_count'],
  },
  {
    name: 'shrinking the system pool on Oracle Cloud',
    edit: swap('systemPool: { nodes: 5, image', 'systemPool: { nodes: 3, image'),
    answer: 'two nodes are terminated',
    source: 'terraform-provider-oci v8.28.0 internal/service/containerengine/containerengine_node_pool_resource.go',
    expected: [
      'lost clusters.phoenix.systemPool 2 nodes',
      '~ small-phoenix-cluster clusters.phoenix.systemPool node_config_details.size',
    ],
  },
  {
    name: 'keeping deleted objects for a week on AWS',
    edit: swap(
      'oregon-data: { kind: object, site: oregon, retainDays: 30',
      'oregon-data: { kind: object, site: oregon, retainDays: 7',
    ),
    answer: 'what was deleted more than seven days ago goes',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html',
    expected: [
      'lost stores.oregon-data 23 days',
      'protected stores.oregon-data',
      '~ small-oregon-storage stores.oregon-data LifecycleConfiguration.Rules.NoncurrentVersionExpiration.NoncurrentDays',
    ],
  },
  {
    name: 'keeping no deleted objects on AWS',
    edit: swap(
      'oregon-data: { kind: object, site: oregon, retainDays: 30',
      'oregon-data: { kind: object, site: oregon, retainDays: 0',
    ),
    answer: 'from now on a deletion is final',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html',
    expected: [
      'lost stores.oregon-data 30 days',
      'protected stores.oregon-data',
      '~ small-oregon-storage stores.oregon-data LifecycleConfiguration.Rules.NoncurrentVersionExpiration.NoncurrentDays VersioningConfiguration',
    ],
  },
  {
    name: 'keeping deleted objects for a week on Azure',
    edit: swap(
      'east-data: { kind: object, site: east, retainDays: 30',
      'east-data: { kind: object, site: east, retainDays: 7',
    ),
    answer: 'what was deleted more than seven days ago goes',
    source: 'https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview',
    expected: [
      'lost stores.east-data 23 days',
      'protected stores.east-data',
      '~ small-east-storage stores.east-data blob_properties.container_delete_retention_policy.days blob_properties.delete_retention_policy.days',
    ],
  },
  {
    name: 'keeping no deleted objects on Azure',
    edit: swap(
      'east-data: { kind: object, site: east, retainDays: 30',
      'east-data: { kind: object, site: east, retainDays: 0',
    ),
    answer: 'from now on a deletion is final',
    source: 'https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview',
    expected: [
      'lost stores.east-data 30 days',
      'protected stores.east-data',
      '~ small-east-storage stores.east-data blob_properties.container_delete_retention_policy blob_properties.delete_retention_policy',
    ],
  },
  {
    name: 'keeping deleted objects for a week on Google Cloud',
    edit: swap(
      'iowa-data: { kind: object, site: iowa, retainDays: 30',
      'iowa-data: { kind: object, site: iowa, retainDays: 7',
    ),
    answer: 'what was deleted more than seven days ago goes',
    source: 'https://docs.cloud.google.com/storage/docs/soft-delete',
    expected: [
      'lost stores.iowa-data 23 days',
      'protected stores.iowa-data',
      '~ small-iowa-storage stores.iowa-data soft_delete_policy.retention_duration_seconds',
    ],
  },
  {
    name: 'keeping no deleted objects on Google Cloud',
    edit: swap(
      'iowa-data: { kind: object, site: iowa, retainDays: 30',
      'iowa-data: { kind: object, site: iowa, retainDays: 0',
    ),
    answer: 'from now on a deletion is final',
    source: 'https://docs.cloud.google.com/storage/docs/soft-delete',
    expected: [
      'lost stores.iowa-data 30 days',
      'protected stores.iowa-data',
      '~ small-iowa-storage stores.iowa-data soft_delete_policy.retention_duration_seconds',
    ],
  },
  {
    name: 'keeping deleted objects for a week on Oracle Cloud',
    edit: swap(
      'phoenix-data: { kind: object, site: phoenix, retainDays: 30',
      'phoenix-data: { kind: object, site: phoenix, retainDays: 7',
    ),
    answer: 'what was deleted more than seven days ago goes',
    source: 'https://docs.oracle.com/en-us/iaas/Content/Object/Tasks/usinglifecyclepolicies.htm',
    expected: [
      'lost stores.phoenix-data 23 days',
      'protected stores.phoenix-data',
      '~ small-phoenix-storage stores.phoenix-data rules',
    ],
  },
  {
    name: 'keeping no deleted objects on Oracle Cloud',
    edit: swap(
      'phoenix-data: { kind: object, site: phoenix, retainDays: 30',
      'phoenix-data: { kind: object, site: phoenix, retainDays: 0',
    ),
    answer: 'from now on a deletion is final',
    source: 'https://docs.oracle.com/en-us/iaas/Content/Object/Tasks/usinglifecyclepolicies.htm',
    expected: [
      'lost stores.phoenix-data 29 days',
      'protected stores.phoenix-data',
      '~ small-phoenix-storage stores.phoenix-data rules',
    ],
  },
  {
    name: 'taking another topology of slices on Google Cloud',
    edit: swap('accelerators: 64, topology: 4x4', 'accelerators: 64, topology: 4x8'),
    answer: 'the slices are named by their topology, so others are made and these deleted',
    source: 'terraform-provider-google v7.45.0 google/services/container/resource_container_node_pool.go:369',
    expected: [
      '+ small-iowa-cluster clusters.iowa.pools.slices',
      '= small-iowa-cluster clusters.iowa.pools.slices',
      'protected clusters.iowa.pools.slices',
    ],
  },
];
