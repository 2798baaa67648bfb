import { CATALOG } from '../../catalog';
import { counted } from '../../spec/words';
import { wrap } from '../excerpt';
import { REPORT_WIDTH } from '../table';
import { type AccountOrder, type DeployStep, type FirstApply, isDeploy, PHASES, type Phase, type Step } from './types';

/** Columns before what a step says, and the width of the word before it. */
const INDENT = 5;
const LABEL = 7;

const PARTS: Readonly<Record<Phase, string>> = {
  before: 'What has to be there before',
  apply: 'Stacks, layer by layer, and what to wait for between them',
  enter: 'The bundle, the first look at each cluster, and what brings the bundle there',
  last: 'What is left',
};

/** The order of a first apply as text that fits a report. */
export function formatFirstApply(order: FirstApply): string {
  const { estate, before, accounts, after } = order;
  const steps = accounts.flatMap((account) => account.steps);
  const stacks = steps.filter(isDeploy).length;
  const size = `${counted(before.length + steps.length + after.length, 'step')}, ${counted(stacks, 'stack')}, ${counted(accounts.length, 'account')}`;
  const number = numbering();
  return [
    `first apply of estate ${estate} · ${size}`,
    ...wrap(
      'From top to bottom, in the folder of cdk.json and cdktf.json. Accounts do not wait for each other. What has failed is ' +
        'run again: it goes on where it stopped. "do" are commands that do a step, "see" those that show it as "done" says.',
      REPORT_WIDTH,
    ),
    '',
    ...before.flatMap((step) => stepLines(step, number())),
    ...accounts.flatMap((account) => accountLines(account, number)),
    ...(after.length === 0 ? [] : ['All accounts', '', ...after.flatMap((step) => stepLines(step, number()))]),
  ]
    .join('\n')
    .trimEnd();
}

function numbering(): () => number {
  let last = 0;
  return () => {
    last += 1;
    return last;
  };
}

function accountLines({ cloud, account, id, steps }: AccountOrder, number: () => number): readonly string[] {
  return [
    ...wrap(`${CATALOG[cloud].title} · ${account} · ${id}`, REPORT_WIDTH),
    '',
    ...PHASES.flatMap((phase) => {
      const own = steps.filter((step) => step.phase === phase);
      return own.length === 0 ? [] : [`  ${PARTS[phase]}`, ...own.flatMap((step) => stepLines(step, number()))];
    }),
  ];
}

function stepLines(step: Step | DeployStep, number: number): readonly string[] {
  const { title, why, from, run, see, done, sources } = step;
  const doubts = sources.flatMap(({ unverified }) => unverified ?? []);
  return [
    ...hanging(`${String(number).padStart(3)}  `, title),
    ...labelled('why', why),
    ...labelled('from', from),
    ...(isDeploy(step) ? deployLines(step) : []),
    ...commands('do', run),
    ...commands('see', see),
    ...labelled('done', done),
    ...doubts.flatMap((doubt) => labelled('doubt', `not verified: ${doubt}`)),
    '',
  ];
}

function deployLines({ after, reach, again }: DeployStep): readonly string[] {
  return [
    ...labelled('after', after.length === 0 ? undefined : after.join(', ')),
    ...reach.flatMap((text) => labelled('reach', text)),
    ...again.flatMap((text) => labelled('again', text)),
  ];
}

function labelled(label: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : hanging(`${' '.repeat(INDENT)}${label.padEnd(LABEL)}`, text);
}

/** A text behind a word, its further lines below its first one. */
function hanging(head: string, text: string): readonly string[] {
  const [first = '', ...rest] = wrap(text, REPORT_WIDTH - head.length);
  return [`${head}${first}`, ...rest.map((line) => `${' '.repeat(head.length)}${line}`)];
}

/** Commands, each on lines of its own that a shell reads as one, with what there is to say of it before. */
function commands(label: string, lines: readonly string[]): readonly string[] {
  const head = ' '.repeat(INDENT + LABEL);
  const printed = lines.flatMap((line) => commandLines(line, REPORT_WIDTH - head.length));
  return printed.map((line, index) => `${index === 0 ? `${' '.repeat(INDENT)}${label.padEnd(LABEL)}` : head}${line}`);
}

/** What stands between a command and what is said of it. */
const NOTE = '   # ';

/** A command broken between its words, so that it can be copied; what stands in quotes stays together. */
export function commandLines(command: string, columns: number): readonly string[] {
  const [said = '', note] = command.split(NOTE);
  const lines: string[] = note === undefined ? [] : [`# ${note}`];
  let line = '';
  for (const word of shellWords(said)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line.trim() !== '' && longer.length > columns - 2) {
      lines.push(`${line} \\`);
      line = `  ${word}`;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/** The words of a command; quotes keep theirs together, but the command in `"$(…)"` is broken like any other. */
function shellWords(command: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (const [index, character] of [...command].entries()) {
    const isOpen = quote === '';
    if (character === ' ' && isOpen) {
      words.push(word);
      word = '';
      continue;
    }
    if (isOpen && isQuote(command, index)) quote = character;
    else if (character === quote) quote = '';
    word += character;
  }
  return [...words, word].filter((each) => each !== '');
}

/** Whether a quote begins that keeps words together: not one around `$(…)`. */
function isQuote(command: string, index: number): boolean {
  const character = command[index];
  if (character === "'") return true;
  return character === '"' && !command.startsWith('"$(', index) && command[index - 1] !== ')';
}
