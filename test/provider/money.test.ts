import * as azure from '../../constructs/azure';
import type { TerraformStack } from '../../constructs/cdktf';
import * as google from '../../constructs/google';
import * as oracle from '../../constructs/oracle';
import type { JsonObject } from '../../terraform/document';
import { planDocument } from '../../terraform/plan-document';
import { stack as azureStack, SUBSCRIPTION } from '../constructs/azure/setup';
import { newStack as googleStack } from '../constructs/google/support';
import { newStack as oracleStack } from '../constructs/oracle/scene';
import { synthStack } from '../helpers/terraform';
import { document } from './workspace';

const BUDGET = { name: 'atlas-main', amount: '1999.50', emails: ['finance@example.com'] } as const;
const TENANCY = 'ocid1.tenancy.oc1..atlas';
const COMPARTMENT = 'ocid1.compartment.oc1..train';
const PROJECT = { projectId: 'test-train', projectNumber: '123456789012', billingAccount: '0A1B2C-3D4E5F-6A7B8C' };

/** Budgets and limits of the three clouds that Terraform plans, in one document. */
function governed(): JsonObject {
  const inAzure = azureStack();
  new azure.Budget(inAzure, 'budget', {
    ...BUDGET,
    subscriptionId: SUBSCRIPTION,
    tag: { key: 'estate', value: 'atlas' },
  });
  const machines = [{ type: 'Standard_D8ads_v6' }];
  const limits = { name: 'atlas-main', regions: ['eastus2'], machines, mode: 'deny' } as const;
  new azure.Guardrails(inAzure, 'guardrails', { ...limits, subscriptionId: SUBSCRIPTION });
  const inGoogle = googleStack();
  new google.Budget(inGoogle, 'budget', {
    ...BUDGET,
    ...PROJECT,
    currency: 'EUR',
    tag: { key: 'estate', value: 'atlas' },
  });
  new google.Guardrails(inGoogle, 'guardrails', { ...PROJECT, regions: ['us-central1'] });
  const inOracle = oracleStack();
  const ids = { tenancyId: TENANCY, compartmentId: COMPARTMENT };
  new oracle.Budget(inOracle, 'budget', { ...BUDGET, ...ids, amount: '250000' });
  new oracle.Guardrails(inOracle, 'guardrails', {
    name: 'atlas-main',
    tenancyId: TENANCY,
    regions: ['us-phoenix-1'],
    mode: 'deny',
  });
  return document(Object.assign({}, ...[inAzure, inGoogle, inOracle].map(resources)));
}

function resources(stack: TerraformStack): JsonObject {
  return { ...synthStack(stack).resource };
}

describe('budgets and limits', () => {
  test('are planned by Terraform with what the providers accept, without an account', async () => {
    const { ok, diagnostics, changes } = await planDocument(governed());
    expect([ok, diagnostics]).toEqual([true, []]);
    const types = changes.map(({ address, action }) => `${action} ${address.split('.')[0]}`);
    expect(types.sort()).toEqual([
      'create azurerm_consumption_budget_subscription',
      ...Array(4).fill('create azurerm_subscription_policy_assignment'),
      'create google_billing_budget',
      'create google_monitoring_notification_channel',
      'create google_org_policy_policy',
      ...Array(4).fill('create oci_budget_alert_rule'),
      'create oci_budget_budget',
      'create oci_limits_quota',
    ]);
  });
});
