import { kueueConfiguration } from '../kueue-configuration';
import { ON_SYSTEM_NODES, REQUESTS, type ValuesMaker } from './parts';

/** Two of them, one of which leads, so that a drain of one node leaves webhooks that jobs need to be made at all. */
const REPLICAS = 2;

/** Of Kueue. The chart in its repository names images that are only staged. */
export const kueueValues: ValuesMaker = ({ component, queue, set }) => ({
  controllerManager: {
    replicas: REPLICAS,
    tolerations: [...ON_SYSTEM_NODES],
    manager: {
      image: {
        repository: 'registry.k8s.io/kueue/kueue',
        tag: `v${component.version.replace(/^v/, '')}`,
        pullPolicy: 'IfNotPresent',
      },
      resources: REQUESTS.large,
    },
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
  },
  managerConfig: { controllerManagerConfigYaml: kueueConfiguration(queue, set) },
});

/** Of JobSet. */
export const jobsetValues: ValuesMaker = ({ component }) => ({
  image: {
    repository: 'registry.k8s.io/jobset/jobset',
    tag: `v${component.version.replace(/^v/, '')}`,
    pullPolicy: 'IfNotPresent',
  },
  controller: {
    replicas: REPLICAS,
    tolerations: [...ON_SYSTEM_NODES],
    podDisruptionBudget: { enabled: true, minAvailable: 1 },
  },
});

/** Of LeaderWorkerSet. */
export const lwsValues: ValuesMaker = ({ component }) => ({
  replicaCount: REPLICAS,
  image: {
    manager: {
      repository: 'registry.k8s.io/lws/lws',
      tag: `v${component.version.replace(/^v/, '')}`,
      pullPolicy: 'IfNotPresent',
    },
  },
  tolerations: [...ON_SYSTEM_NODES],
});

/** Of Kubeflow Trainer, which would bring another JobSet. */
export const trainerValues: ValuesMaker = () => ({
  jobset: { install: false },
  manager: { replicas: REPLICAS, tolerations: [...ON_SYSTEM_NODES], resources: REQUESTS.small },
  runtimes: { defaultEnabled: false },
});
