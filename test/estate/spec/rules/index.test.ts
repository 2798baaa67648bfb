import { RULES } from '../../../../estate/spec/rules';
import { type Changes, estateText, findingsIn } from '../fixtures';
import { ACCESS_RULES } from './access';
import { AZURE_LINK_RULES } from './azure-links';
import { CAPACITY_RULES } from './capacity';
import { CATALOG_RULES } from './catalog';
import { EXISTING_RULES, RULES_ON_EXISTING } from './existing';
import { GRANT_RULES } from './grants';
import { LINK_AWS_RULES } from './link-aws';
import { LINK_PATH_RULES } from './link-paths';
import { LINK_RULES } from './links';
import { MONEY_RULES } from './money';
import { OWNERSHIP_RULES } from './ownership';
import { POLICY_RULES } from './policy';
import { POOL_RULES } from './pools';
import { QUEUE_RULES } from './queue';
import { RELEASE_RULES } from './releases';
import { REPLICATION_RULES } from './replication';
import { SITE_RULES } from './sites';
import { SOFTWARE_RULES } from './software';
import { WATCH_RULES } from './watch';

const TABLES = {
  ...ACCESS_RULES,
  ...AZURE_LINK_RULES,
  ...POLICY_RULES,
  ...POOL_RULES,
  ...CAPACITY_RULES,
  ...CATALOG_RULES,
  ...EXISTING_RULES,
  ...LINK_AWS_RULES,
  ...LINK_PATH_RULES,
  ...GRANT_RULES,
  ...LINK_RULES,
  ...MONEY_RULES,
  ...OWNERSHIP_RULES,
  ...QUEUE_RULES,
  ...RELEASE_RULES,
  ...REPLICATION_RULES,
  ...SITE_RULES,
  ...SOFTWARE_RULES,
  ...WATCH_RULES,
};
const ENTRIES = [...Object.entries(TABLES), ...Object.entries(RULES_ON_EXISTING)];
const HOLDS = ENTRIES.flatMap(([code, { holds }]) => holds.map((changes) => [code, changes] as const));
const FAILS = ENTRIES.flatMap(([code, { fails }]) => fails.map((breach) => [code, ...breach] as const));

test('accepts the base estate without any finding', () => {
  expect(findingsIn(estateText())).toEqual([]);
});

test('lists the rules by code, each with a sentence on what and why', () => {
  const codes = RULES.map(({ code }) => code);
  expect(codes).toEqual([...codes].sort());
  for (const { code, summary, why } of RULES) {
    expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
    expect(summary).toMatch(/^[^.]+[^.]$/);
    expect(why).toMatch(/^[a-zA-Z][^.]+[^.]$/);
  }
});

test('tests every rule both ways', () => {
  expect(Object.keys(TABLES).sort()).toEqual(RULES.map(({ code }) => code));
  for (const { holds, fails } of Object.values(TABLES)) expect(Math.min(holds.length, fails.length)).toBeGreaterThan(0);
});

test.each(HOLDS)('%s holds with %j', (code, changes: Changes) => {
  const found = findingsIn(estateText(changes)).filter((one) => one.code === code);
  expect(found).toEqual([]);
});

test.each(FAILS)('%s fails with %j', (code, changes: Changes, path, says) => {
  const found = findingsIn(estateText(changes)).filter((one) => one.code === code && one.path === path);
  expect(found).toHaveLength(1);
  const [{ message, hint = '', severity, at } = { message: '', severity: 'error' }] = found;
  expect(severity).toBe(RULES.find((rule) => rule.code === code)?.severity);
  expect([message, hint]).toContainEqual(
    typeof says === 'string' ? expect.stringContaining(says) : expect.stringMatching(says),
  );
  expect(message).toMatch(/[^.]$/);
  expect(at?.line).toBeGreaterThan(1);
});
