import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabCloud } from '../clouds';
import type { EditPromise } from './judge';

/** An edit of the lab's estate of a cloud, with what it is said to do. */
export interface LabEdit extends EditPromise {
  readonly cloud: LabCloud;
  readonly name: string;
  /** Texts of the estate file and what comes in their place. */
  readonly swaps: readonly (readonly [from: string, to: string])[];
}

const HARMLESS = { isHarmless: true } as const;
const REFUSED = { isRefused: true } as const;

/** The line of an entry in the estate of a cloud. */
function line(cloud: LabCloud, key: string): string {
  const text = readFileSync(join(__dirname, 'estates', `${cloud}.yaml`), 'utf8');
  const found = text.split('\n').find((each) => each.trim().startsWith(`${key}: {`));
  if (found === undefined) throw new Error(`the estate of ${cloud} has no entry ${key}`);
  return `${found}\n`;
}

/** One edit of a cloud's estate. */
function edit(
  cloud: LabCloud,
  name: string,
  swaps: readonly (readonly [string, string])[],
  promise: EditPromise = {},
): LabEdit {
  return { cloud, name, swaps, ...promise };
}

/** The edits, in groups of one cloud; each is made to the lab's estate of that cloud as it is written. */
export const EDITS: readonly LabEdit[] = [
  edit('google', 'tags: another team', [['team: research', 'team: other']], HARMLESS),
  edit('google', 'tags: another cost center', [['costCenter: cc-1', 'costCenter: cc-2']], HARMLESS),
  edit('google', 'grow: a rack more', [['racks: 2', 'racks: 3']], HARMLESS),
  edit('google', 'grow: nodes of a spot pool', [['nodes: 4', 'nodes: 6']], HARMLESS),
  edit('google', 'grow: nodes of a flex pool', [['nodes: 8', 'nodes: 16']], HARMLESS),
  edit('google', 'shrink: nodes of a spot pool', [['nodes: 4', 'nodes: 2']], HARMLESS),
  edit('google', 'shrink: a slice less', [['accelerators: 64', 'accelerators: 32']]),
  edit('google', 'label: another value', [['example.com/team: blue', 'example.com/team: green']], HARMLESS),
  edit(
    'google',
    'taint: one more',
    [['labels: { example', 'taints: [{ key: example.com/own, value: a, effect: NoSchedule }], labels: { example']],
    HARMLESS,
  ),
  edit(
    'google',
    'admins: one more',
    [['[platform@example.com]', '[platform@example.com, "user:a@example.com"]']],
    HARMLESS,
  ),
  edit(
    'google',
    'admins: spelled in another way',
    [['[platform@example.com]', '["group:Platform@example.com"]']],
    HARMLESS,
  ),
  edit('google', 'lustre: larger', [['capacityGiB: 18000', 'capacityGiB: 36000']], HARMLESS),
  edit('google', 'lustre: another tier', [['throughputMBpsPerTiB: 500', 'throughputMBpsPerTiB: 1000']], REFUSED),
  edit('google', 'retention: longer', [['retainDays: 30', 'retainDays: 60']], HARMLESS),
  edit(
    'google',
    'zone: one more',
    [['us-central1-a, us-central1-b]', 'us-central1-a, us-central1-b, us-central1-c]']],
    HARMLESS,
  ),
  edit(
    'google',
    'system pool: a node more',
    [['    kubernetes: "1.34"', '    kubernetes: "1.34"\n    systemPool: { nodes: 6 }']],
    HARMLESS,
  ),
  edit('google', 'slices: another topology', [['topology: 4x8', 'topology: 4x4']]),
  edit(
    'google',
    'pool: one more',
    [
      [
        '      flex:',
        '      more: { accelerator: h200, nodes: 2, zone: us-central1-a, capacity: { kind: spot } }\n      flex:',
      ],
    ],
    HARMLESS,
  ),
  edit('google', 'pool: one less, not protected', [
    [
      '      spot: { accelerator: h200, nodes: 4, zone: us-central1-a, labels: { example.com/team: blue }, capacity: { kind: spot } }\n',
      '',
    ],
  ]),
  edit(
    'google',
    'store: a bucket more',
    [['  datasets:', '  more: { kind: object, site: iowa, retainDays: 7 }\n  datasets:']],
    HARMLESS,
  ),
  edit('google', 'kubernetes: a minor up', [['kubernetes: "1.34"', 'kubernetes: "1.35"']], HARMLESS),
  edit('oracle', 'tags: another team', [['team: research', 'team: other']], HARMLESS),
  edit('oracle', 'tags: another cost center', [['costCenter: cc-1', 'costCenter: cc-2']], HARMLESS),
  edit(
    'oracle',
    'grow: a rack more',
    [
      ['racks: 2', 'racks: 3'],
      ['aaaatwo]', 'aaaatwo, ocid1.computegpumemoryfabric.oc1.phx.aaaathree]'],
    ],
    HARMLESS,
  ),
  edit('oracle', 'grow: nodes of a pool on demand', [['nodes: 4', 'nodes: 6']], HARMLESS),
  edit('oracle', 'shrink: nodes of a pool on demand', [['nodes: 4', 'nodes: 2']], HARMLESS),
  edit('oracle', 'grow: no spare trays', [['spareTraysPerRack: 2', 'spareTraysPerRack: 0']], HARMLESS),
  edit('oracle', 'label: another value', [['example.com/team: blue', 'example.com/team: green']], HARMLESS),
  edit('oracle', 'label: on racks, whose template is made anew', [
    ['racks: 2,', 'racks: 2, labels: { example.com/team: red },'],
  ]),
  edit(
    'oracle',
    'taint: one more',
    [['labels: { example', 'taints: [{ key: example.com/own, value: a, effect: NoSchedule }], labels: { example']],
    HARMLESS,
  ),
  edit(
    'oracle',
    'admins: one more',
    [['administrators: [platform]', 'administrators: [platform, research]']],
    HARMLESS,
  ),
  edit('oracle', 'image: of a pool', [['aaaagpu', 'aaaagpunew']], HARMLESS),
  edit('oracle', 'image: of the system pool', [['aaaasystem', 'aaaasystemnew']], HARMLESS),
  edit('oracle', 'image: of racks, whose template is made anew', [['aaaaarm', 'aaaaarmnew']]),
  edit('oracle', 'lustre: larger', [['capacityTB: 83.2', 'capacityTB: 124.8']], HARMLESS),
  edit('oracle', 'lustre: another tier', [['throughputMBpsPerTiB: 500', 'throughputMBpsPerTiB: 1000']], REFUSED),
  edit('oracle', 'retention: longer', [['retainDays: 30', 'retainDays: 60']], HARMLESS),
  edit('oracle', 'zone: one more', [['"Uocm:PHX-AD-2"]', '"Uocm:PHX-AD-2", "Uocm:PHX-AD-3"]']], HARMLESS),
  edit('oracle', 'system pool: a node more', [['systemPool: { image', 'systemPool: { nodes: 5, image']], HARMLESS),
  edit(
    'oracle',
    'pool: one more',
    [
      [
        '      open:',
        '      more: { accelerator: h100, nodes: 2, zone: "Uocm:PHX-AD-1", image: ocid1.image.oc1.phx.aaaagpu }\n      open:',
      ],
    ],
    HARMLESS,
  ),
  edit(
    'oracle',
    'store: a bucket more',
    [['  datasets:', '  more: { kind: object, site: phoenix, retainDays: 7 }\n  datasets:']],
    HARMLESS,
  ),
  edit('oracle', 'kubernetes: a minor up', [['kubernetes: "1.35"', 'kubernetes: "1.36"']]),
  edit('azure', 'tags: another team', [['team: research', 'team: other']], HARMLESS),
  edit('azure', 'tags: another cost center', [['costCenter: cc-1', 'costCenter: cc-2']], HARMLESS),
  edit('azure', 'grow: a rack more', [['racks: 2', 'racks: 3']], HARMLESS),
  edit('azure', 'grow: a rack more on demand', [['nodes: 18', 'nodes: 36']], HARMLESS),
  edit('azure', 'shrink: a spare tray in each rack', [['racks: 2,', 'racks: 2, spareTraysPerRack: 1,']], REFUSED),
  edit('azure', 'label: another value', [['example.com/team: blue', 'example.com/team: green']], HARMLESS),
  edit(
    'azure',
    'taint: one more',
    [['labels: { example', 'taints: [{ key: example.com/own, value: a, effect: NoSchedule }], labels: { example']],
    HARMLESS,
  ),
  edit(
    'azure',
    'admins: one more',
    [['000000000003]', '000000000003, 00000000-0000-4000-8000-000000000004]']],
    HARMLESS,
  ),
  edit('azure', 'kubernetes: a minor up', [['kubernetes: "1.35"', 'kubernetes: "1.36"']], HARMLESS),
  edit(
    'azure',
    'lustre: another zone',
    [['scratch: { kind: lustre, site: eastus2, zone: "1"', 'scratch: { kind: lustre, site: eastus2, zone: "2"']],
    REFUSED,
  ),
  edit('azure', 'retention: longer', [['retainDays: 30', 'retainDays: 60']], HARMLESS),
  edit(
    'azure',
    'system pool: two nodes more',
    [['    kubernetes: "1.35"', '    kubernetes: "1.35"\n    systemPool: { nodes: 5 }']],
    HARMLESS,
  ),
  edit('azure', 'zone: one less', [['zones: ["1", "2", "3"]', 'zones: ["1", "2"]']], HARMLESS),
  edit(
    'azure',
    'pool: one more',
    [
      [
        '      open:',
        '      more: { accelerator: gb200, nodes: 18, zone: "1", capacity: { kind: on-demand } }\n      open:',
      ],
    ],
    HARMLESS,
  ),
  edit(
    'azure',
    'store: a container more',
    [['  datasets:', '  more: { kind: object, site: eastus2, retainDays: 7 }\n  datasets:']],
    HARMLESS,
  ),
  edit(
    'google',
    'protected: a bucket leaves the file',
    [
      [line('google', 'datasets'), ''],
      ['mounts: [scratch, datasets]', 'mounts: [scratch]'],
    ],
    REFUSED,
  ),
  edit(
    'google',
    'protected: Lustre leaves the file',
    [
      [line('google', 'scratch'), ''],
      ['mounts: [scratch, datasets]', 'mounts: [datasets]'],
    ],
    REFUSED,
  ),
  edit('google', 'protected: the racks leave the file', [[line('google', 'racks'), '']], REFUSED),
  edit('google', 'retention: none', [['retainDays: 30', 'retainDays: 0']], REFUSED),
  edit(
    'google',
    'several: a label, days of retention and the owner',
    [
      ['example.com/team: blue', 'example.com/team: blue, example.com/run: a'],
      ['retainDays: 30', 'retainDays: 31'],
      ['team: research', 'team: other'],
    ],
    HARMLESS,
  ),
  edit(
    'oracle',
    'protected: a bucket leaves the file',
    [
      [line('oracle', 'datasets'), ''],
      ['mounts: [scratch, datasets]', 'mounts: [scratch]'],
    ],
    REFUSED,
  ),
  edit(
    'oracle',
    'protected: Lustre leaves the file',
    [
      [line('oracle', 'scratch'), ''],
      ['mounts: [scratch, datasets]', 'mounts: [datasets]'],
    ],
    REFUSED,
  ),
  edit('oracle', 'protected: the racks leave the file', [[line('oracle', 'racks'), '']], REFUSED),
  edit('oracle', 'retention: none', [['retainDays: 30', 'retainDays: 0']], REFUSED),
  edit(
    'oracle',
    'several: a label, days of retention and the owner',
    [
      ['example.com/team: blue', 'example.com/team: blue, example.com/run: a'],
      ['retainDays: 30', 'retainDays: 31'],
      ['team: research', 'team: other'],
    ],
    HARMLESS,
  ),
  edit(
    'azure',
    'protected: a bucket leaves the file',
    [
      [line('azure', 'datasets'), ''],
      ['mounts: [scratch, datasets]', 'mounts: [scratch]'],
    ],
    REFUSED,
  ),
  edit(
    'azure',
    'protected: Lustre leaves the file',
    [
      [line('azure', 'scratch'), ''],
      ['mounts: [scratch, datasets]', 'mounts: [datasets]'],
    ],
    REFUSED,
  ),
  edit('azure', 'protected: the racks leave the file', [[line('azure', 'racks'), '']], REFUSED),
  edit('azure', 'retention: none', [['retainDays: 30', 'retainDays: 0']], REFUSED),
  edit(
    'azure',
    'several: a label, days of retention and the owner',
    [
      ['example.com/team: blue', 'example.com/team: blue, example.com/run: a'],
      ['retainDays: 30', 'retainDays: 31'],
      ['team: research', 'team: other'],
    ],
    HARMLESS,
  ),
];

/** Makes an edit to the text of an estate file. */
export function makeEdit(text: string, { name, swaps }: Pick<LabEdit, 'name' | 'swaps'>): string {
  return swaps.reduce((edited, [from, to]) => {
    if (!edited.includes(from)) throw new Error(`the estate of the edit "${name}" does not say "${from}"`);
    return edited.replace(from, () => to);
  }, text);
}
