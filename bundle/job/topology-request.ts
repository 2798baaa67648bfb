import { formatPath, quote } from '../../estate/spec/words';
import type { Field } from './field';
import type { PodSet, Reason, SliceLayer, TopologyRequest } from './types';

const PREFIX = 'kueue.x-k8s.io/podset-';

/** Annotations of pod templates that say how pods want to lie. */
export const TOPOLOGY = {
  required: `${PREFIX}required-topology`,
  preferred: `${PREFIX}preferred-topology`,
  unconstrained: `${PREFIX}unconstrained-topology`,
  slice: `${PREFIX}slice-required-topology`,
  sliceSize: `${PREFIX}slice-size`,
  layers: `${PREFIX}slice-required-topology-constraints`,
  group: `${PREFIX}group-name`,
} as const;

type Annotation = keyof typeof TOPOLOGY;

/** The form of names of labels. */
const LABEL = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** What the annotations of a pod template want of a topology, and what the webhook of Kueue says against them. */
export function readTopology(metadata: Field, count: number): Pick<PodSet, 'topology' | 'refusals'> {
  const annotations = metadata.at('annotations');
  const values = annotations.texts();
  const has = (name: Annotation) => values[TOPOLOGY[name]] !== undefined;
  const refusals: Reason[] = [];
  const refuse = (name: Annotation, message: string, instead?: string) => {
    const at = annotations.at(TOPOLOGY[name]).path;
    const says = `${formatPath(annotations.path)}[${TOPOLOGY[name]}]: ${message}`;
    refusals.push({
      code: 'TopologyAnnotation',
      says,
      means: 'the annotations of the pods contradict each other or are no values of theirs',
      ...(instead !== undefined && { instead }),
      at,
    });
  };
  const wishes = (['required', 'preferred', 'unconstrained'] as const).filter(has);
  if (wishes.length > 1) {
    const names = (['required', 'preferred', 'unconstrained'] as const).map((name) => quote(TOPOLOGY[name])).join(', ');
    refuse(
      wishes[1] ?? 'preferred',
      `Invalid value: must not contain more than one topology annotation: [${names}]`,
      'keep one of them',
    );
  }
  for (const name of ['required', 'preferred', 'slice'] as const) {
    if (has(name) && !LABEL.test(values[TOPOLOGY[name]] ?? '')) {
      refuse(
        name,
        `Invalid value: ${quote(values[TOPOLOGY[name]])}: name part must consist of alphanumeric characters`,
        'write the label of a level, such as estate/group',
      );
    }
  }
  if (
    has('unconstrained') &&
    !/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(values[TOPOLOGY.unconstrained] ?? '')
  ) {
    refuse(
      'unconstrained',
      `Invalid value: ${quote(values[TOPOLOGY.unconstrained])}: must be a boolean value`,
      '"true"',
    );
  }
  const slices = has('layers') ? layersOf(values, refuse) : sliceOf(values, refuse);
  groupRefusals(values, refuse);
  const [outer] = slices;
  if (outer !== undefined && outer.size > count && refusals.length === 0) {
    const written = has('layers') ? String(outer.size) : quote(values[TOPOLOGY.sliceSize]);
    refuse(
      has('layers') ? 'layers' : 'sliceSize',
      `Invalid value: ${written}: must not be greater than pod set count ${count}`,
      `a slice has at most all ${count} pods`,
    );
  }
  const topology = topologyOf(values, slices);
  return { refusals, ...(topology && { topology }) };
}

function topologyOf(
  values: Readonly<Record<string, string>>,
  slices: readonly SliceLayer[],
): TopologyRequest | undefined {
  const {
    [TOPOLOGY.required]: required,
    [TOPOLOGY.preferred]: preferred,
    [TOPOLOGY.unconstrained]: free,
    [TOPOLOGY.group]: group,
  } = values;
  if (required === undefined && preferred === undefined && free === undefined && slices.length === 0) return undefined;
  if (required !== undefined) return { required, slices, ...(group !== undefined && { group }) };
  if (preferred !== undefined) return { preferred, slices, ...(group !== undefined && { group }) };
  return { slices, ...(free !== undefined && { unconstrained: /^[1tT]/.test(free) }) };
}

type Refuse = (name: Annotation, message: string, instead?: string) => void;

function sliceOf(values: Readonly<Record<string, string>>, refuse: Refuse): readonly SliceLayer[] {
  const topology = values[TOPOLOGY.slice];
  const written = values[TOPOLOGY.sliceSize];
  if (topology !== undefined && written === undefined) {
    refuse(
      'sliceSize',
      `Required value: must be set when '${TOPOLOGY.slice}' is specified`,
      'write how many pods lie together',
    );
  }
  if (topology === undefined && written !== undefined) {
    refuse(
      'sliceSize',
      `Forbidden: may not be set when '${TOPOLOGY.slice}' is not specified`,
      `write ${TOPOLOGY.slice} too`,
    );
  }
  if (written === undefined) return [];
  const size = Number(written);
  if (!/^[+-]?\d+$/.test(written))
    refuse('sliceSize', `Invalid value: ${quote(written)}: must be a numeric value`, 'write a number in quotes');
  else if (size < 1) refuse('sliceSize', `Invalid value: ${quote(written)}: must be greater than or equal to 1`);
  return topology !== undefined && size >= 1 ? [{ topology, size }] : [];
}

function layersOf(values: Readonly<Record<string, string>>, refuse: Refuse): readonly SliceLayer[] {
  for (const other of ['slice', 'sliceSize'] as const) {
    if (values[TOPOLOGY[other]] !== undefined)
      refuse('layers', `Forbidden: may not be set when '${TOPOLOGY[other]}' is specified`, 'keep one of the two');
  }
  const written = values[TOPOLOGY.layers] ?? '';
  const layers = parseLayers(written);
  if (layers === undefined) {
    refuse(
      'layers',
      `Invalid value: ${quote(written)}: must be a valid JSON array`,
      '[{"topology": "estate/group", "size": 16}]',
    );
    return [];
  }
  if (layers.length === 0 || layers.length > 3) {
    refuse('layers', `Invalid value: ${quote(written)}: topology constraints must contain between 1 and 3 entries`);
  }
  layers.forEach(({ topology, size }, index) => {
    const above = layers[index - 1];
    if (size < 1) refuse('layers', `Invalid value: ${size}: must be greater than or equal to 1`);
    if (layers.findIndex((each) => each.topology === topology) < index)
      refuse('layers', `Duplicate value: ${quote(topology)}`);
    if (above !== undefined && size > 0 && above.size % size !== 0) {
      refuse(
        'layers',
        `Invalid value: ${size}: must evenly divide the parent layer size ${above.size}`,
        `write a divisor of ${above.size}`,
      );
    }
  });
  return layers;
}

function parseLayers(text: string): readonly SliceLayer[] | undefined {
  try {
    const found: unknown = JSON.parse(text);
    if (!Array.isArray(found)) return undefined;
    const layers = found.map((each: unknown) => Object(each) as { topology?: unknown; size?: unknown });
    if (layers.some(({ topology, size }) => typeof topology !== 'string' || !Number.isInteger(size))) return undefined;
    return layers.map(({ topology, size }) => ({ topology: String(topology), size: Number(size) }));
  } catch {
    return undefined;
  }
}

/** A group of pod sets has wishes that are the same, and no slices. */
function groupRefusals(values: Readonly<Record<string, string>>, refuse: Refuse): void {
  const group = values[TOPOLOGY.group];
  if (group === undefined) return;
  if (/^\d+$/.test(group)) refuse('group', `Invalid value: ${quote(group)}: must not be a number`);
  for (const other of ['sliceSize', 'slice', 'layers'] as const) {
    if (values[TOPOLOGY[other]] !== undefined)
      refuse('group', `Forbidden: may not be set when '${TOPOLOGY[other]}' is specified`);
  }
  if (values[TOPOLOGY.required] === undefined && values[TOPOLOGY.preferred] === undefined) {
    refuse(
      'group',
      `Forbidden: may not be set when neither '${TOPOLOGY.preferred}' nor '${TOPOLOGY.required}' is specified`,
    );
  }
}
