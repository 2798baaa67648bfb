import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planEstate } from '../cli/app';
import { formatPower } from '../estate/report/power';
import { formatQuotas } from '../estate/report/quotas';
import { keysTable, rulesTable } from '../estate/report/reference';
import { jsonSchema, jsonSchemaText } from '../estate/spec/json-schema';
import { RULES } from '../estate/spec/rules';

const ROOT = join(__dirname, '..');

/** The README with its generated tables and outputs as they are today. */
export function referencedReadme(text: string): string {
  const planOf = (file: string) => planEstate(join(ROOT, file)).plan;
  const parts: readonly (readonly [string, string])[] = [
    ['keys', keysTable(jsonSchema())],
    ['rules', rulesTable(RULES)],
    ['output: npx estate show quotas examples/oracle.yaml', fenced(formatQuotas(planOf('examples/oracle.yaml')))],
    ['output: npx estate show power examples/azure.yaml', fenced(formatPower(planOf('examples/azure.yaml')))],
  ];
  return parts.reduce((filled, [name, content]) => fill(filled, name, content), text);
}

function fenced(output: string): string {
  return `\`\`\`text\n${output}\n\`\`\``;
}

function fill(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name.split(':')[0]} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close, start);
  if (start < 0 || end < start) throw new Error(`README.md has no place marked ${open} … ${close}`);
  return `${text.slice(0, start + open.length)}\n${content}\n${text.slice(end)}`;
}

/** Writes what is generated: `estate.schema.json`, and the tables and outputs of the README. */
if (require.main === module) {
  const readme = join(ROOT, 'README.md');
  writeFileSync(readme, referencedReadme(readFileSync(readme, 'utf8')));
  writeFileSync(join(ROOT, 'estate.schema.json'), jsonSchemaText());
}
