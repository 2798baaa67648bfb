import { LAYERS, type Layer } from '../plan/names';
import { stackOrder } from '../plan/order';
import type { Plan } from '../plan/types';
import type { Waiting } from '../plan/volumes/types';
import { counted } from '../spec/words';
import { groupBy } from '../units';
import { commandsFor } from './pending';

/** An object that a bundle leaves out until what it is made from is told. */
export interface WaitingRow {
  /** Shard of its cluster. */
  readonly cluster: string;
  readonly kind: string;
  readonly name: string;
  /** @default it lies in none */
  readonly namespace?: string;
  /** Places in the exchange file, or keys of the estate file, that have nothing yet. */
  readonly missing: readonly string[];
  /** Stacks that tell it, or `the estate file`. */
  readonly from: readonly string[];
}

/** What bundles leave out, with the commands that come next. */
export interface WaitingReport {
  readonly objects: readonly WaitingRow[];
  /** Stacks that tell it, by layer, in the order in which they are applied. */
  readonly layers: readonly TellingLayer[];
  /** Commands that come next, in their order; none where the estate file is to be completed. */
  readonly next: readonly string[];
}

/** Stacks of one layer that tell something. */
export interface TellingLayer {
  readonly layer: Layer;
  readonly stacks: readonly string[];
}

/** Most commands that are printed one by one; more are told by layer, and the document has all of them. */
const MOST_COMMANDS = 9;

/** What waits, as it is reported; undefined where nothing does. */
export function waitingReport(
  waiting: readonly (Waiting & { readonly shard: string })[],
  plan: Plan,
  file?: string,
): WaitingReport | undefined {
  if (waiting.length === 0) return undefined;
  const objects = waiting.map(({ shard: cluster, kind, name, namespace, missing }): WaitingRow => {
    const from = [...new Set(missing.map((fact) => fact.from))].sort();
    return {
      cluster,
      kind,
      name,
      ...(namespace !== undefined && { namespace }),
      missing: missing.map(({ path }) => path),
      from,
    };
  });
  const telling = new Set(objects.flatMap(({ from }) => from));
  const stacks = stackOrder(plan).filter(({ stack }) => telling.has(stack));
  return {
    objects,
    layers: LAYERS.flatMap((layer) => {
      const own = stacks.filter((each) => each.layer === layer);
      return own.length === 0 ? [] : [{ layer, stacks: own.map(({ stack }) => stack) }];
    }),
    next: commandsFor(stacks, file),
  };
}

/**
 * What waits and which commands come next, as text; empty where nothing waits.
 *
 * @param most lines of what waits; the document has all of it
 */
export function formatWaiting(report: WaitingReport | undefined, most = Number.POSITIVE_INFINITY): string {
  if (report === undefined) return '';
  const { objects } = report;
  const byFact = groupBy(objects, ({ cluster, missing, from }) =>
    [`${cluster}: ${missing.join(', ')}`, `from ${from.join(', ')}`].join(', '),
  );
  const verb = objects.length === 1 ? 'waits' : 'wait';
  return [
    `${counted(objects.length, 'object')} ${verb} for what is not known yet, and nothing else does:`,
    ...[...byFact].slice(0, most).map(([fact, rows]) => `  ${fact}: ${rows.map(placeOf).join(', ')}`),
    ...(byFact.size > most ? [`  … and ${byFact.size - most} more`] : []),
    ...nextLines(report),
  ].join('\n');
}

/** The commands that come next; of many the layers, one command and where the others are. */
function nextLines({ layers, next }: WaitingReport): readonly string[] {
  if (next.length === 0) return [];
  if (next.length <= MOST_COMMANDS)
    return ['Next, once these stacks are applied:', ...next.map((command) => `  ${command}`)];
  return [
    `Next, once these stacks are applied, ${counted(next.length, 'command')}, which --json lists under pending.next:`,
    ...layers.map(({ layer, stacks }) => `  ${layer}: ${counted(stacks.length, 'stack')}, such as ${stacks[0]}`),
    '  each as the first of them:',
    `  ${next[0]}`,
    '  and once, with the files of all: npx estate exchange import',
  ];
}

function placeOf({ kind, name, namespace }: WaitingRow): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
