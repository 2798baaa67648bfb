import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { counted } from '../estate/spec/words';
import type { LabPart } from './lab';
import type { Lab } from './labs';

/** When and how parts were run. */
export interface RunStamp {
  /** Day, such as 2026-11-29. */
  readonly date: string;
  /** The command, without what is of one machine only. */
  readonly command: string;
}

/** Sections of a results file by their headings, as they stand there. */
type Sections = ReadonlyMap<string, string>;

/** Reads the sections of a results file; what stands before the first one is written anew every time. */
export function sectionsOf(text: string): Sections {
  const [, ...sections] = text.split(/^## /m);
  return new Map(
    sections.map((section) => {
      const end = section.indexOf('\n');
      return [section.slice(0, end).trim(), section.slice(end + 1).trim()];
    }),
  );
}

function bulleted(lines: readonly string[]): string {
  return lines.map((line) => `- ${line.replace(/\n/g, '\n  ')}`).join('\n');
}

/** One part of a run as a section: its second line is what the table of all parts says of it. */
export function sectionText(part: LabPart, { date, command }: RunStamp): string {
  const { versions, result, tables = [], problems, notes = [] } = part;
  return [
    `${date}, ${versions.join(', ')}: \`${command}\``,
    `**${result}**`,
    ...tables.map((table) => `\`\`\`text\n${table}\n\`\`\``),
    ...(problems.length > 0 ? [`What is not as it should be (${problems.length}):`, bulleted(problems)] : []),
    ...(notes.length > 0 ? [bulleted(notes)] : []),
  ].join('\n\n');
}

const NEVER = 'not run';

/** What a section says in its first two lines. */
function headOf(section: string | undefined): { readonly when: string; readonly result: string } {
  if (section === undefined) return { when: '', result: NEVER };
  const when = /^(\d{4}-\d{2}-\d{2}, [^`]*):/.exec(section)?.[1] ?? '';
  return { when, result: /^\*\*(.*)\*\*$/m.exec(section)?.[1] ?? '' };
}

/** The whole results file of a lab: a table of all parts, also of those never run, and a section for each that was. */
export function resultsText(
  lab: Pick<Lab, 'name' | 'proves'>,
  expected: readonly string[],
  sections: Sections,
): string {
  const rows = expected.map((name) => {
    const { when, result } = headOf(sections.get(name));
    return `| ${name} | ${when} | ${result} |`;
  });
  const run = expected.filter((name) => sections.has(name));
  return [
    `# Results of the lab ${lab.name}`,
    `What it is to prove: ${lab.proves}. Written by \`npm run lab -- ${lab.name} --results\`, part by part: a part that is run ` +
      'again replaces its own section.',
    `${run.length} of ${counted(expected.length, 'part')} run.`,
    ['| part | run on, with | result |', '|---|---|---|', ...rows].join('\n'),
    ...run.map((name) => `## ${name}\n\n${sections.get(name)}`),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

/** Writes the parts of a run into the results file of their lab; the other parts stay as they are. Returns the file. */
export function writeResults(
  folder: string,
  lab: Pick<Lab, 'name' | 'proves'>,
  expected: readonly string[],
  parts: readonly LabPart[],
  stamp: RunStamp,
): string {
  const file = join(folder, `${lab.name}.md`);
  mkdirSync(folder, { recursive: true });
  const before = existsSync(file) ? sectionsOf(readFileSync(file, 'utf8')) : new Map<string, string>();
  const now = new Map([...before, ...parts.map((part) => [part.name, sectionText(part, stamp)] as const)]);
  writeFileSync(file, resultsText(lab, expected, now));
  return file;
}

/** Options whose values are folders of one machine. */
const OF_THE_MACHINE: ReadonlySet<string> = new Set(['--providers', '--programs', '--keep']);

/** A command line as results tell it: folders of the machine as DIR, files of the project from its root. */
export function tellCommand(lab: string, args: readonly string[], root: string): string {
  const told = args.map((arg, index) => {
    if (OF_THE_MACHINE.has(args[index - 1] ?? '')) return 'DIR';
    const given = arg.startsWith(`${root}/`) ? arg.slice(root.length + 1) : arg;
    return given.replace(/=\/.*/, '=DIR').replace(/^\/.*/, 'FILE');
  });
  return ['npm run lab --', lab, ...told].join(' ');
}
