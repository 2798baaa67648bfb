import type { Rule } from '../spec/rules';
import { counted } from '../spec/words';
import { wrap } from './excerpt';
import { REPORT_WIDTH } from './table';

/** One rule in the list that `estate rules --json` prints. */
export interface RuleRow {
  readonly code: string;
  readonly severity: Rule['severity'];
  /** A limit of the estate's own policy, which can be waived and ends commands with 3. @default it is none */
  readonly limit?: true;
  readonly summary: string;
  readonly why: string;
  readonly source?: string;
}

/** The rules as rows, without what checks them. */
export function ruleRows(rules: readonly Rule[]): RuleRow[] {
  return rules.map(({ code, severity, isLimit, summary, why, source }) => {
    return {
      code,
      severity,
      ...(isLimit && { limit: true as const }),
      summary,
      why,
      ...(source !== undefined && { source }),
    };
  });
}

/** The rules as text: code and severity, and beside them what must hold. */
export function formatRules(rules: readonly Rule[]): string {
  const codes = Math.max(...rules.map(({ code }) => code.length));
  const margin = codes + 'warning'.length + 4;
  const blocks = rules.map(({ code, severity, summary }) => {
    const [first = '', ...rest] = wrap(summary, REPORT_WIDTH - margin);
    const head = `${code.padEnd(codes)}  ${severity.padEnd(7)}  ${first}`;
    return [head, ...rest.map((line) => `${' '.repeat(margin)}${line}`)].join('\n');
  });
  const warnings = rules.filter(({ severity }) => severity === 'warning').length;
  const total = `${counted(rules.length, 'rule')}: ${counted(rules.length - warnings, 'error')}, ${counted(warnings, 'warning')}`;
  return `${blocks.join('\n')}\n\n${total}; "npx estate rules CODE" says why`;
}

/** One rule in full. */
export function formatRule({ code, severity, isLimit, summary, why, source }: Rule): string {
  const accepted = isLimit
    ? 'is a limit of policy, ends commands with 3, and can be waived with "policy.waivers"'
    : severity === 'warning'
      ? 'can be accepted with "acknowledge"'
      : 'cannot be acknowledged';
  const parts = [
    ['rule', summary],
    ['why', why],
    ['severity', `${severity}; it ${accepted}`],
    ...(source === undefined ? [] : [['source', source]]),
  ];
  const lines = parts.flatMap(([title = '', text = '']) =>
    wrap(text, REPORT_WIDTH - 12).map((line, index) => `  ${(index === 0 ? title : '').padEnd(8)}  ${line}`),
  );
  return [code, ...lines].join('\n');
}
