import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { commandLine } from '../bin/estate';
import { resolveEstate } from '../cli/app';
import { graphReport } from '../cli/graph';
import { isJsonDocument, JSON_DOCUMENTS, jsonDocumentSchema, printedBy } from '../cli/json';
import { CONSTRUCT_ERRORS } from '../constructs/errors';
import { CLOUDS } from '../estate/catalog';
import { AZURE_CLUSTER_RULES } from '../estate/catalog/azure-rules';
import { EstateError } from '../estate/diagnostics';
import { planQueue } from '../estate/plan/queue/plan-queue';
import { formatDiagnostics } from '../estate/report/diagnostics';
import { findingRows } from '../estate/report/findings';
import { formatPower } from '../estate/report/power';
import { formatQueue, queueReport } from '../estate/report/queue';
import { formatQuotas } from '../estate/report/quotas';
import { keysTable, rulesTable } from '../estate/report/reference';
import { formatReplication } from '../estate/report/replication';
import { jsonSchemaText, keysSchema } from '../estate/spec/json-schema';
import { parseEstate } from '../estate/spec/load';
import { RULES } from '../estate/spec/rules';
import { commandReference } from './command-reference';
import { documents, ROOT } from './documents';
import { factsTable, findingsTable, pipelinesTable, reachTable, tagsTable } from './fact-tables';
import { directionsTable, issuersTable, permissionsTable, relyingTable } from './grant-tables';
import { budgetsTable, guardrailsTable } from './guardrail-tables';
import { providersTable } from './provider-tables';
import { noLevelsTable, topologiesTable } from './queue-tables';
import { waysTable } from './replication-tables';
import { componentsTable, jobKindsTable, managedTable } from './software-tables';
import { ownersTable, stepsTable } from './step-tables';
import { podIdentitiesTable, volumeDriversTable } from './volume-tables';

const planOf = (file: string) => resolveEstate(join(ROOT, file)).plan;

/** What is generated into documents, by the name of the mark that it stands behind. */
export const GENERATED: Readonly<Record<string, () => string>> = {
  'facts aws': () => factsTable('aws'),
  'facts azure': () => factsTable('azure'),
  'facts google': () => factsTable('google'),
  'facts oracle': () => factsTable('oracle'),
  ...Object.fromEntries(
    CLOUDS.flatMap((cloud) => [
      [`steps ${cloud} before`, () => stepsTable(cloud, 'before')],
      [`steps ${cloud} after`, () => stepsTable(cloud, 'after')],
      [`steps ${cloud} exists`, () => ownersTable(cloud)],
    ]),
  ),
  'findings aws': () => findingsTable(findingRows(['aws'])),
  'findings azure': () => findingsTable(findingRows(['azure'])),
  'findings google': () => findingsTable(findingRows(['google'])),
  'findings oracle': () => findingsTable(findingRows(['oracle'])),
  'reach azure': () => reachTable(AZURE_CLUSTER_RULES),
  tags: tagsTable,
  budgets: budgetsTable,
  guardrails: guardrailsTable,
  'grant-directions': directionsTable,
  'grant-issuers': issuersTable,
  'grant-relying': relyingTable,
  'grant-permissions': permissionsTable,
  'replication-ways': waysTable,
  topologies: topologiesTable,
  'no-levels': noLevelsTable,
  'software-components': componentsTable,
  'software-managed': managedTable,
  'job-kinds': jobKindsTable,
  'volume-drivers': volumeDriversTable,
  'pod-identities': podIdentitiesTable,
  pipelines: pipelinesTable,
  providers: providersTable,
  documents: documentsTable,
  errors: errorsTable,
  'output: npx estate validate': () => fenced(mistake()),
  commands: () => commandReference(commandLine()),
  keys: () => keysTable(keysSchema()),
  rules: () => rulesTable(RULES),
  'output: npx estate show replication examples/linked.yaml': () =>
    fenced(formatReplication(planOf('examples/linked.yaml'))),
  'output: npx estate show queue examples/queue.yaml --lose ashburn': () => fenced(lossOfQueue('examples/queue.yaml')),
  'output: npx estate show quotas examples/oracle.yaml': () => fenced(formatQuotas(planOf('examples/oracle.yaml'))),
  'output: npx estate graph examples/minimal.yaml --view stacks --format mermaid': () =>
    fenced(graphReport(join(ROOT, 'examples/minimal.yaml'), { view: 'stacks', format: 'mermaid' }), 'mermaid'),
  'output: npx estate show power examples/azure.yaml': () => fenced(formatPower(planOf('examples/azure.yaml'))),
};

/** What is left of the queue of an estate without one of its clusters. */
function lossOfQueue(file: string): string {
  const { plan, loaded } = resolveEstate(join(ROOT, file));
  return formatQueue(queueReport(planQueue(loaded.estate, plan), ['ashburn']));
}

/** What `--json` documents there are, with the schema of each. */
function documentsTable(): string {
  const rows = Object.keys(JSON_DOCUMENTS).map((name) => {
    return `| \`${name}\` | \`npx ${printedBy(name)}\` | [${name}.schema.json](json/${name}.schema.json) |`;
  });
  return ['| document | is printed by | schema |', '|---|---|---|', ...rows].join('\n');
}

/** What constructs refuse, by code. */
function errorsTable(): string {
  const rows = Object.entries(CONSTRUCT_ERRORS).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return ['| code | means |', '|---|---|', ...rows].join('\n');
}

/** How a mistake in the default estate is shown, without the count of all mistakes. */
function mistake(): string {
  const text = readFileSync(join(ROOT, 'estate.yaml'), 'utf8').replace('accelerator: b300', 'accelerator: b3000');
  try {
    parseEstate(text, 'estate.yaml');
  } catch (error) {
    if (!(error instanceof EstateError)) throw error;
    return formatDiagnostics(error.diagnostics, { color: false }).split('\n\n')[0] ?? '';
  }
  throw new Error('the mistake that README shows is none any more');
}

/** The names of the generated parts that a document has. */
export function generatedParts(text: string): readonly string[] {
  return Object.keys(GENERATED).filter((name) => text.includes(openOf(name)));
}

/** A document with its generated tables and outputs as they are today. */
export function referenced(text: string): string {
  return generatedParts(text).reduce((filled, name) => fill(filled, name, GENERATED[name]?.() ?? ''), text);
}

function openOf(name: string): string {
  return `<!-- ${name} -->`;
}

function fenced(output: string, language = 'text'): string {
  return `\`\`\`${language}\n${output}\n\`\`\``;
}

function fill(text: string, name: string, content: string): string {
  const [open, close] = [openOf(name), `<!-- /${name.split(/[: ]/)[0]} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (end < start) throw new Error(`${open} is never closed with ${close}`);
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`;
}

/** JSON Schemas by the path that each is written to: of estate files, and of what commands print with `--json`. */
export function schemas(): Readonly<Record<string, string>> {
  const documents = Object.keys(JSON_DOCUMENTS).filter(isJsonDocument);
  return Object.fromEntries([
    ['estate.schema.json', jsonSchemaText()],
    ...documents.map((name) => [
      `docs/reference/json/${name}.schema.json`,
      `${JSON.stringify(jsonDocumentSchema(name), undefined, 2)}\n`,
    ]),
  ]);
}

/** Writes what is generated: JSON Schemas, and the tables and outputs of README and `docs/`. */
if (require.main === module) {
  for (const name of documents()) {
    const text = readFileSync(join(ROOT, name), 'utf8');
    const now = referenced(text);
    if (now !== text) writeFileSync(join(ROOT, name), now);
  }
  for (const [path, text] of Object.entries(schemas())) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
  }
}
