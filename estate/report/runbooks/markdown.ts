import type { Step } from '../first-apply/types';
import type { ClusterRunbook, Runbook } from './types';

/** A runbook as Markdown, which a terminal shows as it is. */
export function formatRunbook({ title, clusters }: Runbook): string {
  return [`# ${title}`, ...clusters.flatMap(clusterLines)].join('\n').trimEnd();
}

function clusterLines({ cluster, facts, chapters }: ClusterRunbook): readonly string[] {
  return [
    '',
    `## In cluster ${cluster}`,
    '',
    ...facts.map(([name, value]) => `- ${name}: ${value}`),
    ...chapters.flatMap(({ title, steps }) => [
      '',
      `### ${title}`,
      ...steps.flatMap((step, index) => stepLines(step, index + 1)),
    ]),
  ];
}

function stepLines({ title, why, from, run, see, done, sources }: Step, number: number): readonly string[] {
  const doubts = sources.flatMap(({ unverified }) => unverified ?? []);
  return [
    '',
    `${number}. ${title}.`,
    ...(why === undefined ? [] : ['', `   ${why}`]),
    ...(from === undefined ? [] : ['', `   From ${from}.`]),
    ...fenced(run),
    ...(see.length === 0 ? [] : ['', '   See:', ...fenced(see)]),
    ...(done === undefined ? [] : ['', `   Done when ${done}.`]),
    ...doubts.flatMap((doubt) => ['', `   Not verified: ${doubt}.`]),
  ];
}

function fenced(commands: readonly string[]): readonly string[] {
  if (commands.length === 0) return [];
  return ['', '   ```sh', ...commands.map((command) => `   ${command}`), '   ```'];
}
