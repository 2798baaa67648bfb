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
  /** Commands that come next, in their order; none where the estate file is to be completed. */
  readonly next: readonly string[];
}

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
  return {
    objects,
    next: commandsFor(
      stackOrder(plan).filter(({ stack }) => telling.has(stack)),
      file,
    ),
  };
}

/**
 * What waits and which commands come next, as text; empty where nothing waits.
 *
 * @param most lines of what waits; the document has all of it
 */
export function formatWaiting(report: WaitingReport | undefined, most = Number.POSITIVE_INFINITY): string {
  if (report === undefined) return '';
  const { objects, next } = report;
  const byFact = groupBy(objects, ({ cluster, missing, from }) =>
    [`${cluster}: ${missing.join(', ')}`, `from ${from.join(', ')}`].join(', '),
  );
  const verb = objects.length === 1 ? 'waits' : 'wait';
  return [
    `${counted(objects.length, 'object')} ${verb} for what is not known yet, and nothing else does:`,
    ...[...byFact].slice(0, most).map(([fact, rows]) => `  ${fact}: ${rows.map(placeOf).join(', ')}`),
    ...(byFact.size > most ? [`  … and ${byFact.size - most} more`] : []),
    ...(next.length === 0 ? [] : ['Next, once these stacks are applied:', ...next.map((command) => `  ${command}`)]),
  ].join('\n');
}

function placeOf({ kind, name, namespace }: WaitingRow): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}
