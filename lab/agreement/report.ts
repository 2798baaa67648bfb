import { formatTable } from '../../estate/report/table';
import { counted } from '../../estate/spec/words';
import type { LabPart } from '../lab';
import { type Answered, agree, type Measured } from './measure';
import { MUTATION_KINDS } from './mutations';

interface KindRow {
  readonly kind: string;
  readonly answered: readonly Answered[];
}

const count = <T>(all: readonly T[], holds: (one: T) => boolean): number => all.filter(holds).length;
const isRefused = ({ errors }: { readonly errors: readonly unknown[] }) => errors.length > 0;

function percent(part: number, whole: number): string {
  return whole === 0 ? '' : `${(Math.floor((part / whole) * 10_000) / 100).toFixed(2)} %`;
}

/** The figures by kind of mutation. */
function kindTable(answered: readonly Answered[]): string {
  const rows: KindRow[] = MUTATION_KINDS.map((kind) => ({
    kind,
    answered: answered.filter((one) => one.kind === kind),
  }));
  return formatTable<KindRow>(
    [...rows.filter((row) => row.answered.length > 0), { kind: 'all', answered }],
    [
      { title: 'kind', value: ({ kind }) => kind },
      { title: 'asked', value: (row) => row.answered.length },
      {
        title: 'both refuse',
        value: (row) => count(row.answered, (one) => isRefused(one.real) && isRefused(one.local)),
      },
      {
        title: 'both accept',
        value: (row) => count(row.answered, (one) => !isRefused(one.real) && !isRefused(one.local)),
      },
      {
        title: 'only real refuses',
        value: (row) => count(row.answered, (one) => isRefused(one.real) && !isRefused(one.local)),
      },
      {
        title: 'only local refuses',
        value: (row) => count(row.answered, (one) => !isRefused(one.real) && isRefused(one.local)),
      },
      { title: 'agree', value: (row) => percent(count(row.answered, agree), row.answered.length), align: 'right' },
    ],
  );
}

const MAX_TEXT = 240;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line;
}

interface Reason {
  readonly of: (answered: Answered) => boolean;
  readonly why: string;
}

const says = (pattern: RegExp) => (one: Answered) => pattern.test(one.real.errors[0] ?? one.local.errors[0] ?? '');

/** Why providers disagree, the first that fits. */
const REASONS: readonly Reason[] = [
  {
    of: ({ real }) => isRefused(real) && real.stage === 'plan',
    why: 'code of the provider decides it when it plans, and a recording holds no code',
  },
  {
    of: says(/file information|X\.509|certificate/),
    why: 'the provider looks into a file or a certificate',
  },
  {
    of: says(/collation|charset|country|category|sku|vm size/i),
    why: 'the provider has a list or a grammar of its own, which is not recorded',
  },
  {
    of: says(/\bID\b.*segments|segments|parsing "/i),
    why: 'it takes ids of several kinds or with a longer path, of which one shape at most is recorded',
  },
  {
    of: (one) =>
      !isRefused(one.real) && /given together|must be given|Conflicting|Missing/.test(one.local.errors[0] ?? ''),
    why: 'the provider declares the relation and does not find it where it looks',
  },
  { of: ({ real }) => isRefused(real), why: 'the value is checked in a way that is not recorded' },
  { of: () => true, why: 'what is recorded is stricter than the provider' },
];

/** A disagreement in words. */
export function disagreement(answered: Answered): string {
  const { kind, type, what, real, local } = answered;
  const who = isRefused(real) ? `only the real provider refuses, when it ${real.stage}s` : 'only the local one refuses';
  const why = REASONS.find((reason) => reason.of(answered))?.why;
  return `${kind}, ${type}: ${oneLine(what)}; ${who}: ${oneLine(real.errors[0] ?? local.errors[0] ?? '')} (why: ${why})`;
}

/** What a provider's part of the lab says, without what it was run with. */
export function toldAgreement(name: string, measured: Measured): Omit<LabPart, 'versions'> {
  const { answered, unanswered, bases, skipped } = measured;
  const agreeing = count(answered, agree);
  const emitted = answered.filter(({ source }) => source === 'emitted');
  const half = count(answered, ({ real }) => real.isHalf === true);
  const late = count(answered, ({ real }) => real.isLate === true);
  const types = new Set(answered.map(({ type }) => type)).size;
  const own = count(emitted, agree);
  return {
    name,
    result: `the local provider agrees on ${agreeing} of ${answered.length} mutated configurations, ${percent(agreeing, answered.length)}`,
    tables: [kindTable(answered)],
    problems: answered.filter((one) => !agree(one)).map(disagreement),
    notes: [
      `${counted(types, 'type')} of resources; ${emitted.length} of the configurations start from what constructs emit (agreement ${percent(own, emitted.length)}), the others are made up from the recording`,
      `bases that were tried and that the local provider accepts: ${bases.tried}; of these the real one refuses ${bases.refused.length}, which are not mutated`,
      ...(late > 0
        ? [
            `${late} refusals of the real provider come late: it looks into no argument in which something is unknown, so it was asked again with values in place of the unknown ones`,
          ]
        : []),
      ...(half > 0 ? [`${half} plans would have needed a network: only validation is compared for them`] : []),
      ...(skipped.length > 0 ? [`types without a base that both accept: ${skipped.join(', ')}`] : []),
      ...[...new Set(unanswered)].map((text) => `the real provider gave no answer: ${oneLine(text)}`),
    ],
  };
}
