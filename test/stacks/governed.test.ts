import { Template } from 'aws-cdk-lib/assertions';
import { App as CdkApp, type Stack } from 'aws-cdk-lib/core';
import { App, type TerraformStack } from '../../constructs/cdktf';
import type { Cloud } from '../../estate/catalog';
import { planFrom } from '../../estate/plan/data';
import { partAt, partsOf } from '../../estate/plan/parts';
import { slicesOf } from '../../estate/plan/slices';
import type { Plan, StacksPlan } from '../../estate/plan/types';
import { firstApply } from '../../estate/report/first-apply/build';
import * as aws from '../../stacks/aws';
import * as azure from '../../stacks/azure';
import * as google from '../../stacks/google';
import * as oracle from '../../stacks/oracle';
import { lockAndResolve } from '../helpers/estates';
import { onlyResource, resourcesOf, synthStack, type TerraformJson } from '../helpers/terraform';
import { governed } from './governed';

const TERRAFORM = { azure, google, oracle } as const;
const { plan } = lockAndResolve(governed());

/** The foundation of AWS, as its template. */
function template(of: StacksPlan = plan): Template {
  const app = new CdkApp({ builtinCloudFormationValidation: false });
  aws.addStacks(app, of);
  return Template.fromStack(app.node.findChild('atlas-aws-foundation') as Stack);
}

/** The foundation of a cloud that Terraform plans. */
function foundation(cloud: keyof typeof TERRAFORM, of: StacksPlan = plan): TerraformJson {
  const app = new App({ stackTraces: false });
  TERRAFORM[cloud].addStacks(app, of);
  return synthStack(app.node.findChild(`atlas-${cloud}-foundation`) as TerraformStack);
}

/** The foundation of a cloud, whichever tool makes it. */
const made = (cloud: Cloud, of: StacksPlan): unknown =>
  cloud === 'aws' ? template(of).toJSON() : foundation(cloud, of);

describe('budgets and limits of an estate', () => {
  test('are in the foundation of AWS, with the role that stops new capacity', () => {
    template().hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetLimit: { Amount: 12_500_000, Unit: 'USD' } },
    });
    template().hasResourceProperties('AWS::Budgets::BudgetsAction', {
      Definition: {
        IamActionDefinition: { Roles: ['cdk-hnb659fds-cfn-exec-role-111122223333-us-east-2'] },
      },
      Subscribers: [{ Address: 'finance@example.com', Type: 'EMAIL' }],
    });
    template().hasResourceProperties('AWS::Organizations::Policy', {
      Name: 'atlas-aws-guardrails',
      TargetIds: ['ou-ab12-cdefgh34'],
    });
  });

  test('leave the region of the alerts of AWS to what exists once, but not to machines', () => {
    const [policy] = Object.values(template().findResources('AWS::Organizations::Policy'));
    const statements: { Sid: string; Condition: unknown }[] = policy?.Properties.Content.Statement;
    expect(statements.map(({ Sid, Condition }) => [Sid, Condition])).toEqual([
      ['Regions', { StringNotEquals: { 'aws:RequestedRegion': ['us-east-1', 'us-east-2'] } }],
      ['HomeRegion', { StringEquals: { 'aws:RequestedRegion': ['us-east-1'] } }],
      ['Machines', { StringNotEquals: { 'ec2:InstanceType': ['m7i.4xlarge'] } }],
    ]);
  });

  test('are written into the template of AWS where no target is named', () => {
    const { estate, ...rest } = { estate: governed(), policy: {} };
    const enforce = { ...estate.policy.enforce, aws: { mode: 'deny' as const } };
    const of = lockAndResolve({ ...estate, ...rest, policy: { ...estate.policy, enforce } }).plan;
    expect(template(of).toJSON().Metadata.ServiceControlPolicy.Statement).toHaveLength(2);
    template(of).resourceCountIs('AWS::Organizations::Policy', 0);
  });

  test('are in the foundation of Azure, with as many thresholds as it takes', () => {
    const json = foundation('azure');
    const budget = onlyResource(json, 'azurerm_consumption_budget_subscription');
    expect(budget).toMatchObject({ name: 'atlas-azure-budget', amount: 9_000_000 });
    expect(budget.notification).toHaveLength(5);
    const assignments = Object.values(resourcesOf(json, 'azurerm_subscription_policy_assignment'));
    expect(assignments.map(({ name, parameters, enforce }) => [name, parameters, enforce])).toEqual([
      ['atlas-azure-guardrails-group-regions', '{"listOfAllowedLocations":{"value":["eastus2"]}}', false],
      ['atlas-azure-guardrails-machines', '{"listOfAllowedSKUs":{"value":["Standard_D16ads_v5"]}}', false],
      ['atlas-azure-guardrails-node-machines', '{"listOfAllowedSKUs":{"value":["Standard_D16ads_v5"]}}', false],
      ['atlas-azure-guardrails-regions', '{"listOfAllowedLocations":{"value":["eastus2"]}}', false],
    ]);
  });

  test('are in the foundation of Google Cloud, after the APIs that they need, asked by the project', () => {
    const json = foundation('google');
    const api = (service: string) => {
      const found = Object.entries(resourcesOf(json, 'google_project_service')).find(
        ([, body]) => body.service === service,
      );
      return `google_project_service.${found?.[0]}`;
    };
    expect(json.provider?.google).toEqual([
      {
        project: 'atlas-train',
        billing_project: 'atlas-train',
        user_project_override: true,
        add_terraform_attribution_label: false,
      },
    ]);
    expect(onlyResource(json, 'google_billing_budget')).toMatchObject({
      billing_account: '0A1B2C-3D4E5F-6A7B8C',
      amount: { specified_amount: { currency_code: 'USD', units: '7000000', nanos: 500_000_000 } },
      depends_on: [api('billingbudgets.googleapis.com'), api('monitoring.googleapis.com')],
    });
    expect(onlyResource(json, 'google_org_policy_policy')).toMatchObject({
      dry_run_spec: { rules: [{ values: { allowed_values: ['in:us-central1-locations'] } }] },
      depends_on: [api('orgpolicy.googleapis.com')],
    });
  });

  test('are in the foundation of Oracle Cloud, of its compartment', () => {
    const json = foundation('oracle');
    expect(onlyResource(json, 'oci_budget_budget')).toMatchObject({
      display_name: 'atlas-oracle-budget',
      amount: 5_000_000,
      targets: ['ocid1.compartment.oc1..bbbb'],
    });
    expect(onlyResource(json, 'oci_limits_quota')).toMatchObject({
      name: 'atlas-oracle-guardrails',
      statements: [
        'zero compute-core quotas in compartment research:training',
        'unset compute-core quotas /standard-e5-core-*/ in compartment research:training where request.region = us-phoenix-1',
      ],
    });
  });

  test('count only what is tagged as the estate’s, where that is asked for', () => {
    const { budgets, ...rest } = governed();
    const counted = Object.entries(budgets).map(([key, budget]) => [key, { ...budget, counts: 'estate' as const }]);
    const of = lockAndResolve({ ...rest, budgets: Object.fromEntries(counted) }).plan;
    template(of).hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { CostFilters: { TagKeyValue: ['user:estate$atlas'] } },
    });
    expect(onlyResource(foundation('azure', of), 'azurerm_consumption_budget_subscription').filter).toEqual({
      tag: [{ name: 'estate', values: ['atlas'] }],
    });
    expect(onlyResource(foundation('google', of), 'google_billing_budget')).toMatchObject({
      budget_filter: { labels: { estate: 'atlas' } },
    });
    expect(onlyResource(foundation('oracle', of), 'oci_budget_budget')).toMatchObject({
      target_type: 'TAG',
      targets: ['atlas-oracle.account.oracle'],
      depends_on: expect.arrayContaining(['oci_identity_tag.tag-account']),
    });
  });

  test('are made the same by the slice of their account', () => {
    for (const cloud of ['aws', 'azure', 'google', 'oracle'] as const) {
      const slice = slicesOf(plan.data).find(({ stacks }) => stacks.includes(`atlas-${cloud}-foundation`));
      expect(slice?.stacks).toEqual([`atlas-${cloud}-foundation`]);
      if (slice !== undefined) expect(made(cloud, planFrom(slice.data))).toEqual(made(cloud, plan));
    }
  });

  test('change nothing else: without them foundations are as they were', () => {
    const bare = lockAndResolve({ ...governed(), budgets: {}, policy: {} }).plan;
    const types = (json: TerraformJson) => Object.keys(json.resource ?? {}).join();
    expect(types(foundation('google', bare))).toBe('google_project_service');
    expect(foundation('google', bare).provider?.google).toEqual([
      { project: 'atlas-train', add_terraform_attribution_label: false },
    ]);
    expect(types(foundation('azure', bare))).not.toMatch(/budget|policy/);
    expect(types(foundation('oracle', bare))).not.toMatch(/budget|quota/);
    expect(Object.keys(template(bare).toJSON())).not.toContain('Metadata');
  });

  test('are told of in the first apply, with the rights that they need', () => {
    const steps = (of: Plan) =>
      firstApply(of, { estate: 'estate.yaml', lock: 'estate.lock.json' }).accounts.map(({ cloud, steps: all }) => [
        cloud,
        ...all.flatMap(({ step }) => (/budget|policy|quota-rights/.test(step) ? [step] : [])),
      ]);
    expect(steps(plan)).toEqual([
      ['aws', 'budget-rights', 'policy-type', 'budget'],
      ['azure', 'policy-rights', 'budget-currency'],
      ['google', 'budget-rights', 'policy-rights'],
      ['oracle', 'budget-rights', 'quota-rights'],
    ]);
    const bare = lockAndResolve({ ...governed(), budgets: {}, policy: {} }).plan;
    expect(steps(bare)).toEqual([['aws'], ['azure'], ['google'], ['oracle']]);
  });

  test('lead to their entries in the estate file', () => {
    const entry = (stack: string, id: string) => partAt(partsOf(plan as Plan).get(stack), [id, 'Resource'])?.entry;
    expect(entry('atlas-google-foundation', 'budget')).toBe('budgets.google');
    expect(entry('atlas-aws-foundation', 'guardrails')).toBe('policy.enforce.aws');
  });
});
