import { formatRule, formatRules, ruleRows } from '../estate/report/rules';
import { RULES } from '../estate/spec/rules';
import { didYouMean } from '../estate/spec/suggest';
import { ToolError } from './app';

/** What `estate rules` prints: all rules, or the one that is named. */
export function rulesReport(code: string | undefined, asJson: boolean): string {
  const rule = RULES.find((known) => known.code.toLowerCase() === code?.toLowerCase());
  if (code !== undefined && rule === undefined) {
    const hint = didYouMean(
      code,
      RULES.map((known) => known.code),
    );
    throw new ToolError(`there is no rule "${code}"${hint}`, 'all rules: npx estate rules');
  }
  if (asJson) return JSON.stringify(ruleRows(rule === undefined ? RULES : [rule]), undefined, 2);
  return rule === undefined ? formatRules(RULES) : formatRule(rule);
}
