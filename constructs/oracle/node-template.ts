import { Construct } from 'constructs';
import { CoreInstanceConfiguration } from '../../.gen/providers/oci/core-instance-configuration';
import { type OracleMachine, oracleBootVolumeGB } from '../../estate/catalog/oracle';
import { ConstructError } from '../errors';
import type { Taint } from '../kubernetes';
import { checkCount } from '../terraform-checks';
import { checkName, checkTags, checkZone } from './checks';
import type { ICluster } from './cluster-attributes';
import { type DefinedTags, definedTags, resourceTags, type TagOptions } from './names';
import { nodeUserData, type RackLabel } from './node-bootstrap';
import { kubeletArguments, nodeLabels, releaseOf } from './node-settings';

/** Options of a {@link NodeTemplate}. */
export interface NodeTemplateProps extends TagOptions {
  /** Cluster that its nodes join. */
  readonly cluster: ICluster;
  /** Name of the instance configuration and of its nodes. */
  readonly name: string;
  /** Machine type of its nodes. */
  readonly machine: OracleMachine;
  /** Availability domain. */
  readonly zone: string;
  /** Kubernetes version of its nodes, such as `1.35`. @default - that of the cluster */
  readonly version?: string;
  /** Nodes that start from it. @default - those of one rack */
  readonly nodeCount?: number;
  /** Image OCID. */
  readonly image: string;
  /** Kubernetes labels of its nodes. @default - none */
  readonly labels?: Readonly<Record<string, string>>;
  /** Label that tells the racks apart which share it. @default - none */
  readonly rackLabel?: RackLabel;
  /** Taints of its nodes. @default - those of the accelerator only */
  readonly taints?: readonly Taint[];
  /** Defined tags of its nodes, for good. @default - those that their compartment has by default */
  readonly nodeTags?: DefinedTags;
}

/** Agents of the host that configure and watch RDMA, and those that only cost time on a GPU node. */
const AGENTS = {
  Bastion: 'DISABLED',
  'Block Volume Management': 'DISABLED',
  'Compute HPC RDMA Authentication': 'ENABLED',
  'Compute HPC RDMA Auto-Configuration': 'ENABLED',
  'Compute Instance Monitoring': 'ENABLED',
  'Compute Instance Run Command': 'ENABLED',
  'Compute RDMA GPU Monitoring': 'ENABLED',
  'Custom Logs Monitoring': 'ENABLED',
  'Management Agent': 'ENABLED',
  'OS Management Service Agent': 'DISABLED',
  'Oracle Autonomous Linux': 'DISABLED',
} as const;

/** What Oracle Cloud takes in the metadata of an instance, bytes. */
const METADATA_LIMIT_BYTES = 32_000;

/**
 * An instance configuration: how a node outside of a managed pool starts and joins its cluster.
 *
 * The racks of a pool share one. Every field of it replaces it, and it cannot be deleted while a rack refers to it, so
 * a new one is made first; running nodes keep what they started with.
 */
export class NodeTemplate extends Construct {
  /** OCID of the instance configuration. */
  readonly instanceConfigurationId: string;

  /**
   * @throws ConstructError with `CountInvalid`, `NameInvalid`, `SubnetMissing`, `TagInvalid`, `TooMany`,
   * `VersionInvalid` or `ZoneUnknown` when no node could start from it
   */
  constructor(scope: Construct, id: string, props: NodeTemplateProps) {
    super(scope, id);
    check(this, props);
    const { cluster, machine, zone } = props;
    const { compartmentId } = cluster;
    const release = props.version === undefined ? cluster.release : releaseOf(this, props.version);
    const tags = resourceTags(props.tags);
    const metadata = {
      user_data: nodeUserData({ machine, release, joinedBy: 'metadata', rackLabel: props.rackLabel }),
      'oke-k8version': release,
      'oke-tenancy-id': cluster.tenancyId,
      'oke-kubeproxy-proxy-mode': 'iptables',
      'oke-initial-node-labels': nodeLabels(props.labels)
        .map(({ key, value }) => `${key}=${value}`)
        .join(','),
      ...kubeletArguments(props.taints),
    };
    checkMetadata(this, props.name, metadata);
    const configuration = new CoreInstanceConfiguration(this, 'Resource', {
      compartmentId,
      displayName: props.name,
      freeformTags: tags,
      instanceDetails: {
        instanceType: 'compute',
        launchDetails: {
          compartmentId,
          availabilityDomain: zone,
          shape: machine.type,
          displayName: props.name,
          freeformTags: tags,
          ...(props.nodeTags && { definedTags: definedTags(props.nodeTags) }),
          instanceOptions: { areLegacyImdsEndpointsDisabled: true },
          agentConfig: {
            areAllPluginsDisabled: false,
            isManagementDisabled: false,
            isMonitoringDisabled: false,
            pluginsConfig: Object.entries(AGENTS).map(([name, desiredState]) => ({ name, desiredState })),
          },
          createVnicDetails: {
            subnetId: cluster.subnetFor(props.nodeCount ?? machine.scaleUpNodes).subnetId,
            nsgIds: [cluster.nodesGroup.groupId],
            assignPublicIp: false,
          },
          sourceDetails: {
            sourceType: 'image',
            imageId: props.image,
            bootVolumeSizeInGbs: String(oracleBootVolumeGB(machine)),
            kmsKeyId: cluster.encryptionKey?.keyId,
          },
          metadata: {
            ...metadata,
            apiserver_host: cluster.apiServerHost,
            cluster_ca_cert: cluster.certificateAuthority,
          },
        },
      },
      lifecycle: {
        createBeforeDestroy: true,
        ignoreChanges: [
          'defined_tags',
          'freeform_tags',
          'display_name',
          'instance_details[0].launch_details[0].defined_tags',
          'instance_details[0].launch_details[0].freeform_tags',
          'instance_details[0].launch_details[0].display_name',
          'instance_details[0].launch_details[0].create_vnic_details[0].defined_tags',
          'instance_details[0].launch_details[0].create_vnic_details[0].freeform_tags',
        ],
      },
    });
    this.instanceConfigurationId = configuration.id;
  }
}

function check(scope: Construct, props: NodeTemplateProps): void {
  checkName(scope, props.name);
  checkTags(scope, props);
  if (props.nodeCount !== undefined) checkCount(scope, 'nodeCount', props.nodeCount);
  checkZone(scope, props.zone, props.cluster.zones);
}

/** Leaves room for the certificate authority and the address of the API server, which are known only after apply. */
function checkMetadata(scope: Construct, name: string, metadata: Readonly<Record<string, string>>): void {
  const bytes = Buffer.byteLength(JSON.stringify(metadata));
  const limit = METADATA_LIMIT_BYTES - 4_000;
  if (bytes > limit) {
    const what = `the metadata of nodes of "${name}" takes ${bytes} bytes, at most ${limit} fit; use fewer labels`;
    throw new ConstructError(scope, 'TooMany', what);
  }
}
