import { CLOUDS, type Cloud } from '../catalog';
import { type ExplainedFinding, FINDINGS, type FindingPlace, type Scanner } from '../catalog/findings';
import { counted } from '../spec/words';
import { wrap } from './excerpt';
import { REPORT_WIDTH } from './table';

/** One finding that is explained, in the list that `estate show findings --json` prints. */
export interface FindingRow {
  /** What it is called here. */
  readonly name: string;
  /** Who finds it. */
  readonly tool: Scanner;
  /** What the tool calls its rule. */
  readonly rule: string;
  readonly cloud: Cloud;
  /** What the rule asks for. */
  readonly asks: string;
  /** Each place in which it stays. */
  readonly where: readonly string[];
  /** Why it stays. */
  readonly reason: string;
  /** What the reason rests on. */
  readonly source?: string;
}

const ROWS = Object.entries<ExplainedFinding>(FINDINGS);

/** What tools find in the stacks of clouds and what stays, by cloud, with the reasons. */
export function findingRows(clouds: readonly Cloud[]): FindingRow[] {
  return CLOUDS.filter((cloud) => clouds.includes(cloud)).flatMap((cloud) =>
    ROWS.filter(([, row]) => row.cloud === cloud).map(
      ([name, { tool, rule, asks, on, reason, source, checked, unverified }]) => ({
        name,
        tool,
        rule,
        cloud,
        asks,
        where: on.map(placeText),
        reason,
        ...(source !== undefined && { source: `${source} (${[checked, unverified].filter(Boolean).join(', ')})` }),
      }),
    ),
  );
}

/** A place in words: `AWS::KMS::Key key/Resource, EnableKeyRotation is true`. */
function placeText({ type, ids, arguments: values = {}, of }: FindingPlace): string {
  const conditions = Object.entries(values).map(
    ([path, value]) => `${path} is ${value === null ? 'not set' : String(value)}`,
  );
  return [`${type} ${ids}`, ...conditions, ...(of === undefined ? [] : [of])].join(', ');
}

/** Findings as text: each with what the rule asks for, where it stays and why. */
export function formatFindings(rows: readonly FindingRow[]): string {
  const blocks = rows.map(({ tool, rule, asks, where, reason, source }) => {
    const parts = [
      ['asks for', asks],
      ...where.map((place, index) => [index === 0 ? 'found in' : '', place]),
      ['reason', reason],
      ...(source === undefined ? [] : [['source', source]]),
    ];
    const lines = parts.flatMap(([title = '', text = '']) =>
      wrap(text, REPORT_WIDTH - 12).map((line, index) => `  ${(index === 0 ? title : '').padEnd(8)}  ${line}`),
    );
    return [`${tool} ${rule}`, ...lines].join('\n');
  });
  return [...blocks, `${counted(rows.length, 'finding')} explained`].join('\n\n');
}
