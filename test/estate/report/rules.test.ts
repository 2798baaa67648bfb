import { formatRule, formatRules, ruleRows } from '../../../estate/report/rules';
import { RULES } from '../../../estate/spec/rules';
import type { Rule } from '../../../estate/spec/rules/rule';

const RULE: Rule = {
  code: 'Example',
  severity: 'warning',
  summary: `pools ${'are small and '.repeat(12)}fast`,
  why: 'large ones are slow',
  source: 'https://example.com/pools',
  check: () => undefined,
};

test('lists every rule with what must hold, within 120 columns', () => {
  const lines = formatRules(RULES).split('\n');
  for (const { code, severity } of RULES)
    expect(lines).toContainEqual(expect.stringMatching(`^${code} +${severity} +[a-zA-Z]`));
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
});

test('breaks a long sentence under its own column and counts the rules', () => {
  const [first = '', second = '', , total = ''] = formatRules([RULE]).split('\n');
  expect(first.indexOf('pools')).toBe(second.search(/\S/));
  expect(total).toBe('1 rule: 0 errors, 1 warning; "npx estate rules CODE" says why');
});

test('explains one rule with its reason, its source and whether it can be accepted', () => {
  const text = formatRule(RULE);
  expect(text).toContain('\n  why       large ones are slow\n');
  expect(text).toContain('\n  source    https://example.com/pools');
  expect(text).toContain('can be accepted with "acknowledge"');
  expect(formatRule({ ...RULE, severity: 'error' })).toContain('cannot be acknowledged');
});

test('says of a limit that it is waived, and what commands end with', () => {
  const limit: Rule = { ...RULE, severity: 'error', isLimit: true };
  expect(formatRule(limit).replace(/\s+/g, ' ')).toContain(
    'ends commands with 3, and can be waived with "policy.waivers"',
  );
  expect(ruleRows([limit])[0]).toMatchObject({ severity: 'error', limit: true });
});

test('gives rules as plain rows', () => {
  const { check: _check, ...row } = RULE;
  expect(ruleRows([RULE])).toEqual([row]);
  expect(ruleRows(RULES)).toHaveLength(RULES.length);
});
