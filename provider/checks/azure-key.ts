import { type Check, type Finding, textAt, valueAt } from './check';

const DAY_HOURS = 24;

/** Shortest times that Key Vault takes, in days, by argument of a rotation policy. */
const SHORTEST = { expire_after: 28, notify_before_expiry: 7 } as const;

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?/;

/** Length of an ISO 8601 duration in days, a month counted as 30. */
function daysOf(duration: string): number {
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0] = (DURATION.exec(duration) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0));
  return years * 365 + months * 30 + weeks * 7 + days + hours / DAY_HOURS;
}

/** A key of Key Vault lives four weeks at least, and only one that is kept in hardware can be released. */
export const azureKey: Check = {
  name: 'azure-key',
  decides: 'provider',
  types: ['azurerm_key_vault_key'],
  source: 'https://learn.microsoft.com/en-us/azure/key-vault/keys/how-to-configure-key-rotation',
  checked: '2026-11',
  find: ({ values }) => {
    const findings: Finding[] = [];
    for (const [name, shortest] of Object.entries(SHORTEST)) {
      const duration = textAt(values, 'rotation_policy', 0, name);
      if (duration === undefined || daysOf(duration) >= shortest) continue;
      findings.push({
        path: ['rotation_policy', 0, name],
        message: `"${duration}" is too short; allowed: at least ${shortest} days`,
        hint: `use "P${shortest}D" or longer`,
      });
    }
    const type = textAt(values, 'key_type');
    const policies = valueAt(values, 'release_policy');
    if (Array.isArray(policies) && policies.length > 0 && type !== undefined && !type.endsWith('-HSM')) {
      findings.push({
        path: ['release_policy'],
        message: `a key of type "${type}" cannot be released; allowed: "RSA-HSM", "EC-HSM"`,
        hint: 'use a key type that is kept in hardware, or take release_policy away',
      });
    }
    return findings;
  },
};
