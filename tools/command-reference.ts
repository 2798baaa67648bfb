import type { Command } from 'commander';

/** All commands of the command line with their arguments and options, as Markdown. */
export function commandReference(program: Command): string {
  return program.commands.map((command) => section(program.name(), command)).join('\n\n');
}

function section(program: string, command: Command): string {
  const help = command.createHelp();
  const given = [
    ...help.visibleArguments(command).map((one) => row(help.argumentTerm(one), help.argumentDescription(one))),
    ...help
      .visibleOptions(command)
      .filter((one) => one.long !== '--help')
      .map((one) => row(help.optionTerm(one), help.optionDescription(one))),
  ];
  const table = given.length === 0 ? [] : ['', '| argument or option | meaning |', '|---|---|', ...given];
  const usage = `npx ${program} ${command.name()} ${command.usage()}`.replace(
    ' [options]',
    given.some(isOption) ? ' [options]' : '',
  );
  return [`## ${command.name()}`, '', `\`${usage}\``, '', sentence(command.description()), ...table].join('\n');
}

function isOption(line: string): boolean {
  return line.startsWith('| `-');
}

function row(term: string, description: string): string {
  return `| \`${term}\` | ${description.replace(' (default: [])', '').replace(/\|/g, '\\|')} |`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
