import { CATALOG } from '../../catalog';
import { GUARDRAIL_FORMS } from '../../catalog/guardrails';
import { lookup } from '../lookup';
import type { Account, Policy } from '../schema';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

type Guard = NonNullable<Policy['enforce']>[string];

/** Limits that are enforced are such as the form of their cloud has. */
export const guardrailNotOffered: Rule = {
  code: 'GuardrailNotOffered',
  severity: 'error',
  summary: 'limits that a cloud enforces are such as its own form has, with what that needs',
  why: 'a limit that nothing enforces would only seem to be one',
  source: 'docs/guardrails.md',
  checked: '2026-11',
  check({ policy, accounts }, report) {
    for (const [key, guard] of Object.entries(policy.enforce ?? {})) {
      const account = lookup(accounts, key);
      if (account === undefined) continue;
      for (const { path, ...finding } of [...machineFindings(guard, account), ...placeFindings(guard, account)]) {
        report({ ...finding, path: ['policy', 'enforce', key, ...path] });
      }
    }
  },
};

function machineFindings({ machines }: Guard, { cloud }: Account): readonly Finding[] {
  if (machines !== true || GUARDRAIL_FORMS[cloud].machines === true) return [];
  const message = `machine types are limited on ${CATALOG[cloud].title} by constraints that only an organization defines`;
  const hint = 'remove it; the owner of the organization makes a custom constraint of compute.googleapis.com/Instance';
  return [{ path: ['machines'], on: 'key', message, hint }];
}

/** Statements of quotas name compartments, and the whole tenancy is limited only where it is the account. */
function placeFindings({ compartment }: Guard, account: Account): readonly Finding[] {
  if (account.cloud !== 'oracle') {
    if (compartment === undefined) return [];
    const message = `${quote('compartment')} has a meaning on Oracle Cloud only; this is ${CATALOG[account.cloud].title}`;
    return [{ path: ['compartment'], on: 'key', message, hint: 'remove it' }];
  }
  if (compartment !== undefined || account.compartmentId === account.tenancyId) return [];
  const message = 'quotas know compartments by name, and without one they would limit the whole tenancy';
  const hint = 'add compartment: the names on the way to it, such as research:training';
  return [{ path: [], on: 'key', message, hint }];
}
