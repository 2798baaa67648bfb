import { byKind } from '../../estate/by-kind';
import {
  AMD_DEVICE_CONFIG,
  GOOGLE_INTERFACE_CLASS,
  INFINIBAND_RESOURCE,
  LOCAL_DISKS,
  NIC_POLICY_IMAGES,
} from '../../estate/catalog/software';
import { type DataNetwork, dataNetworks } from '../../estate/plan/software/data-networks';
import type { ComponentPlan } from '../../estate/plan/software/types';
import type { ShardPlan } from '../../estate/plan/types';
import { NODE_LABELS } from '../../estate/spec/node-labels';
import type { BundleContext, KubeObject, PartMaker } from '../types';

/**
 * What operators and clouds are told of the nodes: interfaces of the network between accelerators as pods ask for them,
 * drivers that operators install, and local drives. Its kinds come with the software.
 */
export const fabric: PartMaker = (context) => {
  const { software } = context;
  const made = software.components.flatMap((component) => BY_COMPONENT[component.name]?.(component) ?? []);
  return [...made, ...ofGoogle(context)];
};

/** Objects of components that are told what to do by them, for the pools that they are for. */
const BY_COMPONENT: Readonly<Record<string, (component: ComponentPlan) => readonly KubeObject[]>> = {
  'network-operator': ({ pools }) => [nicClusterPolicy(pools)],
  'amd-gpu-operator': ({ pools, driverImage }) => pools.map((pool) => deviceConfig(pool, driverImage)),
  'local-csi-driver': () => [localDisks()],
};

/**
 * Drivers of InfiniBand adapters, and a plugin that counts them: each pod has the adapters that it asks for. A driver is
 * reloaded when somebody drains the node for it, never under a job.
 */
function nicClusterPolicy(pools: readonly string[]): KubeObject {
  const { repository, driver, sriovPlugin } = NIC_POLICY_IMAGES;
  const { prefix, name, vendor, linkType } = INFINIBAND_RESOURCE;
  const resource = {
    resourcePrefix: prefix,
    resourceName: name,
    selectors: { vendors: [vendor], linkTypes: [linkType], isRdma: true },
  };
  return {
    apiVersion: 'mellanox.com/v1alpha1',
    kind: 'NicClusterPolicy',
    // The operator takes one of this name only.
    metadata: { name: 'nic-cluster-policy' },
    spec: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: NODE_LABELS.pool, operator: 'In', values: [...pools] }] }],
        },
      },
      tolerations: [{ operator: 'Exists' }],
      ofedDriver: {
        repository,
        ...driver,
        // Loading fails at times where the modules of the image are not kept from it first.
        env: [{ name: 'OFED_BLACKLIST_MODULES_FILE', value: '/host/etc/modprobe.d/blacklist-ofed-modules.conf' }],
        forcePrecompiled: false,
        upgradePolicy: { autoUpgrade: false },
        startupProbe: { initialDelaySeconds: 10, periodSeconds: 20 },
        livenessProbe: { initialDelaySeconds: 30, periodSeconds: 30 },
        readinessProbe: { initialDelaySeconds: 10, periodSeconds: 30 },
      },
      sriovDevicePlugin: {
        repository,
        ...sriovPlugin,
        config: JSON.stringify({ resourceList: [resource] }),
      },
    },
  };
}

/** What AMD's operator does on the nodes of one pool; it selects nodes by labels that all of them have. */
function deviceConfig(pool: string, image: string | undefined): KubeObject {
  const tolerations = [{ operator: 'Exists' }];
  return {
    apiVersion: 'amd.com/v1alpha1',
    kind: 'DeviceConfig',
    metadata: { name: pool, namespace: 'kube-amd-gpu' },
    spec: {
      selector: { [NODE_LABELS.pool]: pool },
      driver: {
        enable: true,
        blacklist: true,
        ...(image !== undefined && { image }),
        version: AMD_DEVICE_CONFIG.driverVersion,
        tolerations,
        upgradePolicy: { enable: false },
      },
      devicePlugin: {
        enableDevicePlugin: true,
        devicePluginTolerations: tolerations,
        enableNodeLabeller: true,
        nodeLabellerTolerations: tolerations,
      },
      metricsExporter: {
        enable: true,
        image: AMD_DEVICE_CONFIG.metricsExporter,
        imagePullPolicy: 'IfNotPresent',
        tolerations,
      },
    },
  };
}

/** Scratch space on drives of the node, gone with the pod. */
function localDisks(): KubeObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: LOCAL_DISKS.storageClass },
    provisioner: LOCAL_DISKS.provisioner,
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  };
}

/** Interfaces as GKE gives them to pods: networks that pods name, or claims. */
function ofGoogle({ plan, shard: { key }, set }: BundleContext): readonly KubeObject[] {
  const shard = plan.shards('google').find((one) => one.key === key);
  if (shard === undefined) return [];
  const networks = dataNetworks(shard).flatMap((network) => [networkOf(network), parametersOf(network)]);
  return [...networks, ...claimsOf(shard, set.namespaces)];
}

function networkOf({ name }: DataNetwork): KubeObject {
  return {
    apiVersion: 'networking.gke.io/v1',
    kind: 'Network',
    metadata: { name },
    spec: { type: 'Device', parametersRef: { group: 'networking.gke.io', kind: 'GKENetworkParamSet', name } },
  };
}

function parametersOf({ name, vpc, subnet, isRdma }: DataNetwork): KubeObject {
  return {
    apiVersion: 'networking.gke.io/v1',
    kind: 'GKENetworkParamSet',
    metadata: { name },
    spec: { vpc, vpcSubnet: subnet, deviceMode: isRdma ? 'RDMA' : 'NetDevice' },
  };
}

/** A template in each namespace of jobs by which a pod claims all RDMA interfaces of its node: `rdma-8`. */
function claimsOf({ pools }: ShardPlan<'google'>, namespaces: readonly string[]): readonly KubeObject[] {
  const counts = new Set(
    pools.flatMap(({ machine: { fabric: layout } }) =>
      layout === undefined
        ? []
        : byKind({ kind: layout.podInterfaces }, { claims: () => [layout.rdmaInterfaces], 'multi-network': () => [] }),
    ),
  );
  return namespaces.flatMap((namespace) =>
    [...counts].sort().map((count) => ({
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaimTemplate',
      metadata: { name: `rdma-${count}`, namespace },
      spec: {
        spec: {
          devices: {
            // A number of them: the queue admits no job that claims all there are.
            requests: [
              {
                name: 'rdma',
                exactly: { deviceClassName: GOOGLE_INTERFACE_CLASS.name, allocationMode: 'ExactCount', count },
              },
            ],
          },
        },
      },
    })),
  );
}
