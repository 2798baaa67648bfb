import { join } from 'node:path';
import { report } from '../cli/app';
import { OfflineError } from '../provider/errors';
import type { LabPart } from './lab';
import { LABS, type Lab, labOf, NEEDS } from './labs';
import { tellCommand, writeResults } from './results';

const ROOT = join(__dirname, '..');

/** The overview of all labs: what each does, proves, needs and takes. */
export function overview(labs: readonly Lab[] = LABS): string {
  const needed = Object.entries(NEEDS).filter(([name]) =>
    labs.some(({ needs }) => needs.some((each) => each === name)),
  );
  return [
    'npm run lab -- NAME [options]',
    '  --help      says more of one lab',
    '  --results   keeps what comes out in lab/results/NAME.md',
    '',
    ...labs.flatMap(({ name, does, proves, needs, takes }) => [
      name,
      `  does:   ${does}`,
      `  proves: ${proves}`,
      `  needs:  ${needs.join(', ')}`,
      `  takes:  ${takes}`,
      '',
    ]),
    'How to get what they need:',
    ...needed.map(([name, { what, get }]) => `  ${name}: ${what}; ${get}`),
  ].join('\n');
}

/** What one lab is and which options it takes. */
export function pageOf(lab: Lab): string {
  return [
    `npm run lab -- ${lab.name} [options]`,
    `does:   ${lab.does}`,
    `proves: ${lab.proves}`,
    ...lab.needs.map((name) => `needs:  ${name}: ${NEEDS[name].what}; ${NEEDS[name].get}`),
    `takes:  ${lab.takes}`,
    '',
    ...lab.load().options,
    '--results           keeps what comes out in lab/results',
  ].join('\n');
}

function chosen(name: string): Lab {
  const lab = labOf(name);
  if (lab !== undefined) return lab;
  const names = LABS.map((each) => each.name).join(', ');
  throw new OfflineError(`there is no lab "${name}"; there are ${names}`, '"npm run lab" says what each does');
}

function printed({ name, result, tables = [], problems, notes = [] }: LabPart): string {
  return [name, ...tables, result, ...problems, ...notes].join('\n');
}

async function run(name: string, args: readonly string[]): Promise<number> {
  const lab = chosen(name);
  if (args.includes('--help')) {
    process.stdout.write(`${pageOf(lab)}\n`);
    return 0;
  }
  const rest = args.filter((arg) => arg !== '--results');
  const stamp = { date: new Date().toISOString().slice(0, 10), command: tellCommand(name, rest, ROOT) };
  const program = lab.load();
  let problems = 0;
  const notRun = await program.run(rest, (part) => {
    problems += part.problems.length;
    process.stdout.write(`${printed(part)}\n\n`);
    if (args.includes('--results')) writeResults(join(ROOT, 'lab', 'results'), lab, program.parts(), [part], stamp);
  });
  for (const text of notRun) process.stdout.write(`not run: ${text}\n`);
  return problems + notRun.length === 0 ? 0 : 1;
}

/** Runs a lab, or tells which there are; the exit code is 0 when everything is as it should be. */
async function main([name, ...args]: readonly string[]): Promise<void> {
  try {
    if (name === undefined || name.startsWith('-')) process.stdout.write(`${overview()}\n`);
    else process.exitCode = await run(name, args);
  } catch (error) {
    process.exitCode = report(error);
  }
}

if (require.main === module) void main(process.argv.slice(2));
