import { CATALOG, CLOUDS, type Sourced } from '../estate/catalog';
import { BUDGETS } from '../estate/catalog/budgets';
import {
  AZURE_POLICIES,
  GOOGLE_LOCATIONS,
  GUARDRAIL_FORMS,
  SERVICE_CONTROL_POLICY,
} from '../estate/catalog/guardrails';
import { formatCount } from '../estate/units';

/** What clouds take as a monthly budget, as a Markdown table. */
export function budgetsTable(): string {
  const rows = CLOUDS.map((cloud) => {
    const { title, thresholds, emails, percent, decimals, currencies, billed, stops } = BUDGETS[cloud];
    const currency = currencies === undefined ? (billed ? 'that of the bill' : 'that of the billing account') : '';
    const own = Object.entries(currencies ?? {}).map(([partition, name]) => `${name} in \`${partition}\``);
    return [
      CATALOG[cloud].title,
      title,
      decimals === 0 ? 'whole' : `${decimals} digits after the point`,
      currency === '' ? own.join(', ') : currency,
      most(thresholds),
      most(percent),
      most(emails),
      stops ? 'where it is asked for' : 'no: it only tells',
      told(BUDGETS[cloud]),
    ];
  });
  const head = [
    'cloud',
    'form',
    'amount',
    'currency',
    'thresholds',
    'percent',
    'addresses',
    'stops new capacity',
    'source',
  ];
  return table(head, rows);
}

/** What clouds take as limits of regions and machines, and what each cannot enforce, as a Markdown table. */
export function guardrailsTable(): string {
  const rows = CLOUDS.map((cloud) => {
    const form = GUARDRAIL_FORMS[cloud];
    return [CATALOG[cloud].title, form.title, form.scope, SIZES[cloud](), form.gaps.join(' '), form.dryRun, told(form)];
  });
  return table(['cloud', 'form', 'limits', 'size', 'cannot enforce', 'dry run', 'source'], rows);
}

const SIZES = {
  aws: () => `${formatCount(SERVICE_CONTROL_POLICY.maxCharacters)} characters (${told(SERVICE_CONTROL_POLICY)})`,
  azure: () => `${AZURE_POLICIES.length} assignments`,
  google: () => `${formatCount(GOOGLE_LOCATIONS.mostValues)} values (${told(GOOGLE_LOCATIONS)})`,
  oracle: () => 'no size is published',
} as const;

function most(count: number | undefined): string {
  return count === undefined ? 'no number is published' : formatCount(count);
}

function told({ source, checked, unverified }: Sourced): string {
  return `${source}, ${checked}${unverified === undefined ? '' : ` (${unverified})`}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
