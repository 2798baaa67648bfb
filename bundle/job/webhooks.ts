import { quote } from '../../estate/spec/words';
import type { Field } from './field';
import type { Reason } from './types';

const LIMIT_LABEL = 'kueue.x-k8s.io/max-exec-time-seconds';
const GROUP_LABEL = 'kueue.x-k8s.io/pod-group-name';
const TOTAL_ANNOTATION = 'kueue.x-k8s.io/pod-group-total-count';

/** What the webhook of Kueue says against the time that a job may run. */
export function limitRefusals(object: Field): readonly Reason[] {
  const label = object.at('metadata', 'labels', LIMIT_LABEL);
  const written = label.text();
  if (written === undefined) return [];
  const isNumber = /^[+-]?\d+$/.test(written);
  if (isNumber && Number(written) > 0) return [];
  const wrong = isNumber
    ? `${Number(written)}: should be greater than 0`
    : `${quote(written)}: strconv.Atoi: parsing ${quote(written)}: invalid syntax`;
  return [
    {
      code: 'ExecutionTime',
      says: `metadata.labels[${LIMIT_LABEL}]: Invalid value: ${wrong}`,
      means: 'the label says for how many seconds the job may run',
      instead: 'write a whole number in quotes, such as "3600"',
      at: label.path,
    },
  ];
}

/** What the webhook of Kueue says against a pod of a group: its name and its size belong together. */
export function podGroupRefusals(object: Field): readonly Reason[] {
  const label = object.at('metadata', 'labels', GROUP_LABEL);
  const total = object.at('metadata', 'annotations', TOTAL_ANNOTATION);
  if (label.isThere === total.isThere) return [];
  const place = label.isThere ? `metadata.annotations[${TOTAL_ANNOTATION}]` : `metadata.labels[${GROUP_LABEL}]`;
  return [
    {
      code: 'PodGroup',
      says: `${place}: Required value: both the '${TOTAL_ANNOTATION}' annotation and the '${GROUP_LABEL}' label should be set`,
      means: 'pods that start together name their group and say how many they are',
      instead: `write ${label.isThere ? TOTAL_ANNOTATION : GROUP_LABEL} too`,
      at: label.isThere ? label.path : total.path,
    },
  ];
}

/** Longest name of a host. */
const LONGEST = 63;

/** What the webhook of JobSet 0.12 says against the names of the Jobs and pods that it makes. */
export function setNameRefusals(object: Field): readonly Reason[] {
  const metadata = object.at('metadata', 'name');
  const name = metadata.text();
  if (name === undefined) return [];
  return object
    .at('spec', 'replicatedJobs')
    .items()
    .flatMap((job, index): readonly Reason[] => {
      const spec = job.at('template', 'spec');
      const made = `${name}-${job.at('name').text() ?? ''}-${Math.max(0, (job.at('replicas').count() ?? 1) - 1)}`;
      const completions = spec.at('completions').count();
      const isIndexed = (spec.at('completionMode').text() ?? 'Indexed') === 'Indexed' && completions !== undefined;
      // Behind the index stand a dash and five characters that nobody knows before.
      const pod = isIndexed ? `${made}-${Math.max(0, completions - 1)}-abcde` : made;
      const says = (message: string) => `spec.replicatedJobs[${index}].name: Invalid value: ${quote(made)}: ${message}`;
      if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(made)) {
        return [
          {
            code: 'JobName',
            says: says(
              "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
            ),
            means: 'its Jobs are named after it and its replicated jobs, and their names are names of hosts',
            instead: 'begin with a letter, and write lower-case letters, digits and "-" only',
            at: metadata.path,
          },
        ];
      }
      if (pod.length <= LONGEST) return [];
      const what = made.length > LONGEST ? 'job' : 'pod';
      return [
        {
          code: 'NameTooLong',
          says: says(`JobSet name is too long, ${what} names generated for this JobSet will exceed 63 characters`),
          means: `its name has ${name.length} characters, and what it makes is named ${pod}`,
          instead: `write at most ${Math.max(1, name.length - (pod.length - LONGEST))}`,
          at: metadata.path,
        },
      ];
    });
}
