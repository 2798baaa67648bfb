import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysTable, rulesTable } from '../estate/report/reference';
import { jsonSchema, jsonSchemaText } from '../estate/spec/json-schema';
import { RULES } from '../estate/spec/rules';

const ROOT = join(__dirname, '..');

/** The README with its generated tables as they are today. */
export function referencedReadme(text: string): string {
  return fill(fill(text, 'keys', keysTable(jsonSchema())), 'rules', rulesTable(RULES));
}

function fill(text: string, name: string, table: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = text.indexOf(open);
  const end = text.indexOf(close);
  if (start < 0 || end < start) throw new Error(`README.md has no place marked ${open} … ${close}`);
  return `${text.slice(0, start + open.length)}\n${table}\n${text.slice(end)}`;
}

/** Writes what is generated from the schema and the rules: `estate.schema.json` and two tables of the README. */
if (require.main === module) {
  const readme = join(ROOT, 'README.md');
  writeFileSync(readme, referencedReadme(readFileSync(readme, 'utf8')));
  writeFileSync(join(ROOT, 'estate.schema.json'), jsonSchemaText());
}
