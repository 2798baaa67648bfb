import { dcgmExporterValues, draDriverValues, gpuOperatorValues, nfdValues } from './nvidia';
import {
  amdExporterValues,
  amdOperatorValues,
  dranetValues,
  efaPluginValues,
  localDriverValues,
  networkOperatorValues,
  neuronValues,
  problemDetectorValues,
} from './others';
import type { ValuesMaker } from './parts';
import { jobsetValues, kueueValues, lwsValues, trainerValues } from './queue';

export type { ValuesContext } from './parts';

/** Who makes the values of a component, by its name; manifests have none. */
export const VALUES: Readonly<Record<string, ValuesMaker>> = {
  'amd-gpu-operator': amdOperatorValues,
  'amd-metrics-exporter': amdExporterValues,
  'aws-dranet': dranetValues,
  'aws-efa-device-plugin': efaPluginValues,
  'dcgm-exporter': dcgmExporterValues,
  'gpu-operator': gpuOperatorValues,
  jobset: jobsetValues,
  'kubeflow-trainer': trainerValues,
  kueue: kueueValues,
  'local-csi-driver': localDriverValues,
  lws: lwsValues,
  'network-operator': networkOperatorValues,
  neuron: neuronValues,
  'node-feature-discovery': nfdValues,
  'node-problem-detector': problemDetectorValues,
  'nvidia-dra-driver': draDriverValues,
};
