// Parses workflows of GitHub Actions with GitHub's own parser; prints what it finds wrong with each, as JSON.
// Loaded with tsx, since the parser imports JSON in a way that Node refuses.
import { readFileSync } from 'node:fs';
import { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';

const found = process.argv.slice(2).map((name) => {
  const { context } = parseWorkflow({ name, content: readFileSync(name, 'utf8') }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
});
process.stdout.write(JSON.stringify(found));
