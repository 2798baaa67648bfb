import type { Changes } from '../fixtures';
import type { RuleTable } from './table';

const all = (software: object): Changes => ({ software });
const of = (cluster: string, software: object): Changes => ({ [`clusters.${cluster}.software`]: software });

/** Rules on what is installed in clusters. */
export const SOFTWARE_RULES: Readonly<Record<string, RuleTable>> = {
  SoftwareUnknown: {
    holds: [all({ kueue: { version: '0.19.3' } }), of('ohio', { 'gpu-operator': { version: 'v26.7.1' } })],
    fails: [
      [all({ keueue: 'none' }), 'software.keueue', 'there is no component "keueue"; did you mean "kueue"?'],
      [
        of('iowa', { 'device-plugin': 'install' }),
        'clusters.iowa.software.device-plugin',
        'use one of amd-gpu-operator',
      ],
    ],
  },
  SoftwareManaged: {
    holds: [{}],
    fails: [
      [
        all({ 'eks-node-monitoring-agent': 'none' }),
        'software.eks-node-monitoring-agent',
        'is not a component: the stack of the cluster installs the add-on',
      ],
      [
        of('iowa', { 'gke-gpu-drivers': 'install' }),
        'clusters.iowa.software.gke-gpu-drivers',
        'GKE installs the driver and its device plugin',
      ],
      [
        of('phoenix', { 'oke-nvidia-device-plugin': 'none' }),
        'clusters.phoenix.software.oke-nvidia-device-plugin',
        'remove it; device-plugin of its nodes is there without',
      ],
    ],
  },
  SoftwareOwners: {
    holds: [
      of('ohio', { 'aws-dranet': 'install', 'aws-efa-device-plugin': 'none' }),
      // What the cloud brings is left to it, and the rest of a component is still of use.
      of('east', { 'gpu-operator': { version: 'v26.7.1' } }),
      // On Google Cloud it would be a second one, and a version wants none there.
      all({ 'gpu-operator': { version: 'v26.7.1' } }),
    ],
    fails: [
      [
        all({ 'gpu-operator': 'install' }),
        'software.gpu-operator',
        'write gpu-operator: install under the clusters that shall have it (clusters: { KEY: { software: … } }), and not for "iowa"',
      ],
      [
        of('ohio', { 'aws-dranet': 'install' }),
        'clusters.ohio.software.aws-dranet',
        'write aws-efa-device-plugin: none beside it',
      ],
      [
        of('ohio', { 'dcgm-exporter': 'install' }),
        'clusters.ohio.software.dcgm-exporter',
        'two would give the exporter to pool "train" of cluster "ohio": NVIDIA DCGM exporter, and NVIDIA GPU Operator',
      ],
      [
        of('iowa', { 'gpu-operator': 'install' }),
        'clusters.iowa.software.gpu-operator',
        'the cloud: GKE installs the driver and its device plugin',
      ],
      [
        of('iowa', { 'dcgm-exporter': 'install' }),
        'clusters.iowa.software.dcgm-exporter',
        'remove dcgm-exporter, or write none where the cloud brings its part',
      ],
    ],
  },
  SoftwareUnmet: {
    holds: [of('iowa', { 'nvidia-dra-driver': 'none' })],
    fails: [
      [
        of('east', { 'node-feature-discovery': 'none' }),
        'clusters.east.software.node-feature-discovery',
        'NVIDIA GPU Operator and NVIDIA Network Operator need Node Feature Discovery, which somebody else has to install',
      ],
      [
        all({ jobset: 'none' }),
        'software.jobset',
        'write none for kubeflow-trainer and kueue too, or acknowledge who installs jobset',
      ],
    ],
  },
  SoftwareKubernetes: {
    holds: [of('ohio', { 'aws-dranet': 'install', 'aws-efa-device-plugin': 'none' })],
    fails: [
      [
        {
          'clusters.ohio.kubernetes': '1.34',
          ...of('ohio', { 'aws-dranet': 'install', 'aws-efa-device-plugin': 'none' }),
        },
        'clusters.ohio.software.aws-dranet',
        'runs on Kubernetes 1.35 and newer, cluster "ohio" has 1.34',
      ],
    ],
  },
  SoftwareUnsuited: {
    holds: [all({ neuron: 'none' }), all({ 'network-operator': { version: '26.4.2' } })],
    fails: [
      [all({ neuron: 'install' }), 'software.neuron', 'no nodes of the estate are for AWS Neuron'],
      [
        all({ 'aws-dranet': { version: '1.0.1' } }),
        'software.aws-dranet',
        'write it under each cluster that shall have it, such as clusters: { ohio: { software: { aws-dranet: install } } }',
      ],
      [
        of('ohio', { 'network-operator': 'install' }),
        'clusters.ohio.software.network-operator',
        'remove it: it is for azure, oracle, and for some machines only',
      ],
    ],
  },
  SoftwareDriverImage: {
    holds: [all({ kueue: { version: '0.19.3' } })],
    fails: [
      [
        all({ 'gpu-operator': { driverImage: 'registry.example.com/drivers/nvidia' } }),
        'software.gpu-operator.driverImage',
        'remove it: it is for amd-gpu-operator',
      ],
      [
        of('ohio', { 'gpu-operator': { version: 'v26.7.1', driverImage: 'registry.example.com/drivers/nvidia' } }),
        'clusters.ohio.software.gpu-operator.driverImage',
        'builds no driver that "registry.example.com/drivers/nvidia" could keep',
      ],
    ],
  },
  SoftwareVersion: {
    holds: [all({ kueue: { version: '0.20.0' } }), all({ jobset: { version: '0.1.0' } })],
    fails: [
      [
        all({ kueue: { version: '0.17.0' } }),
        'software.kueue.version',
        'kueue "0.17.0" is older than 0.19.2, which the objects of the queue are for',
      ],
      [
        of('iowa', { gib: { version: '1.2.3' } }),
        'clusters.iowa.software.gib.version',
        'gib has no versions: the bundle takes commit 992db8125755 of https://github.com/GoogleCloudPlatform/container-engine-accelerators',
      ],
    ],
  },
};
