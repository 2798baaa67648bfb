import { basename } from 'node:path';
import { estateIdentity } from '../estate/plan/identity';
import { type ExchangeEntry, exchangeEntries } from '../estate/plan/links/exchange-merge';
import { staleEntries } from '../estate/plan/links/exchange-stale';
import { pendingLinks } from '../estate/plan/links/pending';
import type { LinkKind, LinkPlan, LinkSide } from '../estate/plan/links/types';
import { deviceSheetOf } from '../estate/report/link-devices';
import { formatPending, type PendingReport, pendingReport } from '../estate/report/pending';
import { exchangePathOf } from '../estate/spec/exchange';
import { counted } from '../estate/spec/words';
import type { ResolvedEstate } from './app';

/** What one end of a link has told, and what its half waits for. */
export interface ShownSide {
  /** Key of the site; name of the place of the company. */
  readonly site: string;
  /**
   * `ready`: its half can be applied; `incomplete`: it can, and is applied again for what is to come; `waits`: something is
   * missing; `none`: it makes nothing of its own.
   */
  readonly state: 'ready' | 'incomplete' | 'waits' | 'none';
  /** Stack of its half. */
  readonly stack?: string;
  /** What it has told, by its place in the exchange file. */
  readonly told: readonly { readonly path: string; readonly value: string }[];
  /** Places in the exchange file that its half waits for. */
  readonly missing: readonly string[];
  /** Places in the exchange file that its half is applied again for. */
  readonly completes: readonly string[];
  /** Stack that tells what its engineers wait for, the public addresses of the gateway; of the company's end only. */
  readonly engineersWaitFor?: string;
}

/** One link with what is known of it. */
export interface ShownLink {
  readonly link: string;
  readonly kind: LinkKind;
  readonly sides: readonly ShownSide[];
}

/** What `estate exchange show` prints. */
export interface ShownExchange {
  /** The exchange file. */
  readonly file: string;
  readonly estate: string;
  /** Values in the file; 0 where it does not exist. */
  readonly entries: number;
  readonly links: readonly ShownLink[];
  /** What the file says and the estate has no place for. */
  readonly stale: readonly { readonly path: string; readonly why: string }[];
  /** What waits and what comes next. Absent where nothing waits. */
  readonly pending?: PendingReport;
}

/** What is known of each link and what is missing. */
export function shownExchange({ loaded, plan, told }: ResolvedEstate, file: string): ShownExchange {
  const entries = told === undefined ? [] : exchangeEntries(told.exchange);
  const stale = told === undefined ? [] : staleEntries(told, plan);
  const pending = pendingReport(pendingLinks(plan, told?.exchange), file);
  return {
    file: exchangePathOf(file),
    estate: estateIdentity(loaded.estate),
    entries: entries.length,
    links: plan.links.map((link) => ({ link: link.key, kind: link.kind, sides: sidesOf(link, plan.links, entries) })),
    stale: stale.map(({ path, message }) => ({ path, why: message })),
    ...(pending && { pending }),
  };
}

function sidesOf(link: LinkPlan, links: readonly LinkPlan[], entries: readonly ExchangeEntry[]): readonly ShownSide[] {
  const { key, sides } = link;
  const sheet = deviceSheetOf(link, links);
  const isWaiting = sheet?.tunnels.some(({ gateway }) => gateway === null) ?? false;
  return sides.map(({ site, stack, pending, completes, peer }): ShownSide => {
    const own = entries.filter(({ path: [section, first, second] }) =>
      section === 'gateways' ? peer !== 'on-premises' && first === site : first === key && second === site,
    );
    return {
      site,
      state: stack === undefined ? 'none' : stateOf({ pending, completes }),
      ...(stack !== undefined && { stack }),
      told: own.map(({ path, value }) => ({
        path: path.join('.'),
        value: typeof value === 'string' ? value : value.join(', '),
      })),
      missing: pending.map(({ path }) => path),
      completes: completes.map(({ path }) => path),
      ...(isWaiting && peer === 'on-premises' && { engineersWaitFor: sheet?.from }),
    };
  });
}

function stateOf({ pending, completes }: Pick<LinkSide, 'pending' | 'completes'>): ShownSide['state'] {
  if (pending.length > 0) return 'waits';
  return completes.length > 0 ? 'incomplete' : 'ready';
}

/** What is known of each link, as text. */
export function formatShown({ file, estate, entries, links, stale, pending }: ShownExchange): string {
  const lines = [
    `estate ${estate} · ${basename(file)} · ${counted(entries, 'entry')} · ${counted(links.length, 'link')}`,
  ];
  for (const { link, kind, sides } of links) {
    lines.push(`${link} (${kind})`);
    for (const { site, state, stack, told, missing, completes, engineersWaitFor } of sides) {
      lines.push(`  ${site}: ${STATES[state]}${stack === undefined ? '' : ` ${stack}`}`);
      lines.push(...told.map(({ path, value }) => `    told   ${path} = ${value}`));
      lines.push(...missing.map((path) => `    waits  ${path}`));
      lines.push(...completes.map((path) => `    comes  ${path}`));
      if (engineersWaitFor !== undefined) {
        lines.push(`    waits  public addresses of the gateway, which ${engineersWaitFor} tells once it is applied`);
      }
    }
  }
  if (stale.length > 0) lines.push('In the file, and of nothing that the estate has:');
  lines.push(...stale.map(({ path, why }) => `  ${path}: ${why}`));
  const waits = formatPending(pending);
  const isDone = !links.some(({ sides }) => sides.some(({ engineersWaitFor }) => engineersWaitFor !== undefined));
  const rest = waits === '' ? (isDone ? ['Nothing waits.'] : ['No half of the estate waits.']) : [waits];
  return [...lines, ...rest].join('\n');
}

const STATES: Readonly<Record<ShownSide['state'], string>> = {
  ready: 'can be applied,',
  incomplete: 'can be applied, and is again for what is to come,',
  waits: 'waits,',
  none: 'makes nothing of its own',
};
