import { App, type TerraformStack } from '../../constructs/cdktf';
import * as aws from '../../stacks/aws';
import * as azure from '../../stacks/azure';
import * as google from '../../stacks/google';
import * as oracle from '../../stacks/oracle';
import type { JsonObject } from '../../terraform/document';
import { planDocument } from '../../terraform/plan-document';
import { judge } from '../../tools/scan/judge';
import { nag } from '../../tools/scan/nag';
import { lockAndResolve } from '../helpers/estates';
import { withFolder } from '../helpers/synth';
import { synthStack } from '../helpers/terraform';
import { governed } from '../stacks/governed';

const TERRAFORM = { azure, google, oracle } as const;
const { plan } = lockAndResolve(governed());

describe('foundations with a budget and limits', () => {
  test.each([
    ['azure', { azurerm_consumption_budget_subscription: 1, azurerm_subscription_policy_assignment: 4 }],
    ['google', { google_billing_budget: 1, google_monitoring_notification_channel: 1, google_org_policy_policy: 1 }],
    ['oracle', { oci_budget_budget: 1, oci_budget_alert_rule: 4, oci_limits_quota: 1 }],
  ] as const)('are planned by Terraform without an account on %s', async (cloud, counts) => {
    const app = new App({ stackTraces: false });
    TERRAFORM[cloud].addStacks(app, plan);
    const stack = app.node.findChild(`atlas-${cloud}-foundation`) as TerraformStack;
    const { terraform = {}, ...json } = synthStack(stack);
    const { required_providers } = terraform as JsonObject;
    const document: JsonObject = { ...json, terraform: { required_providers } };
    const { ok, diagnostics, changes } = await planDocument(document);
    expect([ok, diagnostics]).toEqual([true, []]);
    const made = changes.filter(({ action }) => action === 'create').map(({ address }) => address.split('.')[0]);
    for (const [type, count] of Object.entries(counts)) {
      expect([type, made.filter((one) => one === type).length]).toEqual([type, count]);
    }
  });

  test('have nothing that cdk-nag finds without a reason', async () => {
    await withFolder((outdir) => {
      const found = nag({ outdir, addStacks: (app) => aws.addStacks(app, plan), validate: false });
      expect(judge(found).unexplained).toEqual([]);
    });
  });
});
