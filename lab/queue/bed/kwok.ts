import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramFolder } from '../programs';
import type { ControlPlane, Scale } from './control-plane';
import { type Kept, keep } from './keeper';

/** Annotation of pods of Jobs: how long they run, such as `5s`. @default an hour */
export const RUNS_FOR = 'training-estate.lab/runs-for';

const HOUR_MS = 3_600_000;

const NOW = '{{ Now | Quote }}';

const RUNNING = `
{{ $now := Now | Quote }}
phase: Running
startTime: {{ $now }}
hostIP: 127.0.0.1
podIP: 10.0.0.1
conditions:
- {type: Initialized, status: "True", lastTransitionTime: {{ $now }}}
- {type: ContainersReady, status: "True", lastTransitionTime: {{ $now }}}
- {type: Ready, status: "True", lastTransitionTime: {{ $now }}}
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: true
  restartCount: 0
  state: {running: {startedAt: {{ $now }}}}
{{ end }}
`;

const ENDED = `
{{ $now := Now | Quote }}
phase: Succeeded
containerStatuses:
{{ range .spec.containers }}
- name: {{ .name | Quote }}
  image: {{ .image | Quote }}
  imageID: ""
  ready: false
  restartCount: 0
  state: {terminated: {exitCode: 0, reason: Completed, startedAt: {{ $now }}, finishedAt: {{ $now }}}}
{{ end }}
`;

const READY = `
conditions:
- type: Ready
  status: "True"
  reason: KubeletReady
  message: kept by KWOK
  lastHeartbeatTime: ${NOW}
  lastTransitionTime: ${NOW}
`;

const key = (path: string, operator: string, ...values: string[]) => ({
  key: path,
  operator,
  ...(values.length > 0 ? { values } : {}),
});

function stage(name: string, kind: 'Node' | 'Pod', matchExpressions: readonly object[], rest: object): object {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Stage',
    metadata: { name },
    spec: { resourceRef: { apiGroup: 'v1', kind }, selector: { matchExpressions }, ...rest },
  };
}

const ALIVE = key('.metadata.deletionTimestamp', 'DoesNotExist');

/**
 * What becomes of nodes and pods: nodes are ready, pods run, and only those of Jobs end, after the time that they say.
 *
 * The stages that KWOK brings end each pod of a Job at once, so that nothing ever holds a node.
 */
export const STAGES: readonly object[] = [
  stage('node-ready', 'Node', [key('.status.conditions.[] | select( .type == "Ready" ) | .status', 'NotIn', 'True')], {
    next: { statusTemplate: READY },
  }),
  stage('pod-runs', 'Pod', [ALIVE, key('.status.podIP', 'DoesNotExist')], { next: { statusTemplate: RUNNING } }),
  stage(
    'pod-ends',
    'Pod',
    [ALIVE, key('.status.phase', 'In', 'Running'), key('.metadata.ownerReferences.[].kind', 'In', 'Job')],
    {
      delay: {
        durationMilliseconds: HOUR_MS,
        durationFrom: { expressionFrom: `.metadata.annotations["${RUNS_FOR}"]` },
      },
      next: { statusTemplate: ENDED },
    },
  ),
  stage('pod-goes', 'Pod', [key('.metadata.deletionTimestamp', 'Exists')], { next: { delete: true } }),
];

/** Starts KWOK beside a control plane: it answers for all nodes. */
export function startKwok(plane: ControlPlane, programs: ProgramFolder, { leaseSeconds }: Scale): Promise<Kept> {
  const file = join(plane.folder, 'stages.yaml');
  writeFileSync(file, STAGES.map((one) => JSON.stringify(one)).join('\n---\n'));
  const command = [
    programs.program('kwok'),
    `--kubeconfig=${plane.kubeconfig}`,
    `--config=${file}`,
    '--manage-all-nodes=true',
    `--node-lease-duration-seconds=${leaseSeconds}`,
  ];
  return keep(`KWOK of ${plane.name}`, command, join(plane.folder, 'kwok.log'));
}
