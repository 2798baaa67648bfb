import type { Cloud } from '../estate/catalog';
import { AWS_STEPS } from '../estate/catalog/aws-steps';
import { AZURE_STEPS } from '../estate/catalog/azure-steps';
import { GOOGLE_STEPS } from '../estate/catalog/google-steps';
import { ORACLE_STEPS } from '../estate/catalog/oracle-steps';
import type { CloudSteps, DeployRow, StepPlace, StepRow } from '../estate/catalog/steps';

const STEPS: Readonly<Record<Cloud, CloudSteps>> = {
  aws: AWS_STEPS,
  azure: AZURE_STEPS,
  google: GOOGLE_STEPS,
  oracle: ORACLE_STEPS,
};

/** Parts of a page that have a table of steps, with the places of the steps in it. */
const PARTS = {
  before: ['before', 'after-foundation', 'after-network', 'after-storage', 'after-gateway', 'after-link'],
  after: ['after-cluster', 'hand-over', 'last'],
} as const satisfies Readonly<Record<string, readonly StepPlace[]>>;

/** The steps of a first apply on a cloud, as a Markdown table: before and between stacks, or after clusters. */
export function stepsTable(cloud: Cloud, part: keyof typeof PARTS): string {
  const places: readonly StepPlace[] = PARTS[part];
  return tableOf(
    STEPS[cloud].steps.filter(({ at, exists }) => places.includes(at) && exists === undefined).map(stepCells),
  );
}

/** What owners of things that exist do, and why a stack may stop until they have, as a Markdown table. */
export function ownersTable(cloud: Cloud): string {
  const { steps, deploys } = STEPS[cloud];
  const stops = deploys.filter(({ again, exists }) => again !== undefined && exists);
  return tableOf([...steps.filter(({ exists }) => exists).map(stepCells), ...stops.map(stopCells)]);
}

type Cells = readonly [what: string, how: string, done: string, source: string];

function tableOf(rows: readonly Cells[]): string {
  const lines = rows.map((cells) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`);
  return ['| step | with | done when | source |', '|---|---|---|---|', ...lines].join('\n');
}

function stepCells({ title, why, run = [], see = [], done = '', ...row }: StepRow): Cells {
  const commands = [...run, ...see].map((command) => `\`${open(command).replace(/`/g, "'")}\``);
  const what = [title, ...(why === undefined ? [] : [why])].map((text) => sentence(open(text))).join(' ');
  return [what, commands.join('<br>'), open(done), told(row)];
}

function stopCells({ layers, again = '', ...row }: DeployRow): Cells {
  return [sentence(`apply the stack of the ${layers.join(' or ')}: ${open(again)}`), '', 'it is applied', told(row)];
}

/** What differs is said in capitals: `{accountId}` is `ACCOUNT_ID`. */
function open(text: string): string {
  return text.replace(/\{(\w+)\}/g, (_, word: string) => word.replace(/(?=[A-Z])/g, '_').toUpperCase());
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

function told({ source, checked, unverified }: Pick<StepRow, 'source' | 'checked' | 'unverified'>): string {
  return `${source}, ${checked}${unverified === undefined ? '' : ` (not verified: ${unverified})`}`;
}
