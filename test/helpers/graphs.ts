import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resolveEstate } from '../../cli/app';
import type { Plan } from '../../estate/plan/types';
import type { Graph } from '../../page/graph/types';
import { ROOT } from './cli';

/** The estate files of the project, by their paths. */
export const ESTATE_FILES = [
  'estate.yaml',
  ...readdirSync(join(ROOT, 'examples'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `examples/${name}`),
].sort();

const plans = new Map<string, Plan>();

/** The plan of an estate file of the project, made once in a file of tests. */
export function planOfFile(path: string): Plan {
  const plan = plans.get(path) ?? resolveEstate(join(ROOT, path)).plan;
  plans.set(path, plan);
  return plan;
}

/** What somebody could call things to have them taken for markup. */
export const HOSTILE = `<b>"'&;#[](){}|--> %% end\\n#quot; é 日本`;

/** A graph whose every text is hostile, with everything that a graph can have. */
export const HOSTILE_GRAPH: Graph = {
  title: `title ${HOSTILE}`,
  description: `description ${HOSTILE}`,
  direction: 'right',
  columns: [`first ${HOSTILE}`, 'second'],
  groups: [
    { id: `outer ${HOSTILE}`, title: `outer ${HOSTILE}`, tone: 'aws' },
    { id: 'constructor', title: `inner ${HOSTILE}`, tone: 'aws', parent: `outer ${HOSTILE}` },
  ],
  nodes: [
    { id: HOSTILE, title: HOSTILE, lines: [`line ${HOSTILE}`, 'end'], tone: 'aws', group: 'constructor', rank: 0 },
    { id: '__proto__', title: 'end', lines: [], tone: 'azure', group: `outer ${HOSTILE}`, rank: 1, line: 'dashed' },
    { id: 'graph', title: 'subgraph', lines: ['style'], tone: 'bad', rank: 1 },
  ],
  edges: [
    { from: HOSTILE, to: '__proto__', label: `label ${HOSTILE}`, line: 'dashed' },
    { from: HOSTILE, to: 'graph', heads: 'none', line: 'dotted', tone: 'good' },
  ],
};
