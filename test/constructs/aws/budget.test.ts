import { Template } from 'aws-cdk-lib/assertions';
import { App, Stack } from 'aws-cdk-lib/core';
import { Budget, type BudgetProps, STOPPED_ACTIONS } from '../../../constructs/aws';
import { emptyStack } from './scene';

const GIVEN: BudgetProps = { name: 'atlas-main', amount: '250000', emails: ['finance@example.com'] };
const ROLE = 'arn:aws:iam::111122223333:role/cdk-hnb659fds-cfn-exec-role-111122223333-us-east-2';

function templateOf(props: Partial<BudgetProps> = {}, stack = emptyStack()): Template {
  new Budget(stack, 'budget', { ...GIVEN, ...props });
  return Template.fromStack(stack);
}

describe('aws Budget', () => {
  test('has the budget as its default child, and is known by the name that AWS gives it', () => {
    const stack = emptyStack();
    const budget = new Budget(stack, 'budget', GIVEN);
    expect(budget.node.defaultChild).toMatchObject({ cfnResourceType: 'AWS::Budgets::Budget' });
    expect(stack.resolve(budget.budgetId)).toEqual({ Ref: expect.stringMatching(/^budget[0-9A-F]{8}$/) });
  });

  test('tells its address of spend and of a forecast, of everything in the account', () => {
    const subscribers = [{ Address: 'finance@example.com', SubscriptionType: 'EMAIL' }];
    const told = (NotificationType: string, Threshold: number) => ({
      Notification: { ComparisonOperator: 'GREATER_THAN', NotificationType, Threshold, ThresholdType: 'PERCENTAGE' },
      Subscribers: subscribers,
    });
    const template = templateOf({ tags: { estate: 'atlas' } });
    template.hasResource('AWS::Budgets::Budget', {
      Properties: {
        Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 250_000, Unit: 'USD' } },
        NotificationsWithSubscribers: [
          told('ACTUAL', 50),
          told('ACTUAL', 80),
          told('ACTUAL', 100),
          told('FORECASTED', 100),
        ],
        ResourceTags: [
          { Key: 'estate', Value: 'atlas' },
          { Key: 'Name', Value: 'atlas-main' },
        ],
      },
    });
    template.resourceCountIs('AWS::Budgets::BudgetsAction', 0);
    template.resourceCountIs('AWS::IAM::Role', 0);
  });

  test('counts only what has a tag, when it is told so', () => {
    const [budget] = Object.values(
      templateOf({ tag: { key: 'estate', value: 'atlas' } }).findResources('AWS::Budgets::Budget'),
    );
    expect(budget?.Properties.Budget.CostFilters).toEqual({ TagKeyValue: ['user:estate$atlas'] });
  });

  test('is in the currency of its partition', () => {
    const stack = new Stack(new App(), 'china', { env: { account: '111122223333', region: 'cn-north-1' } });
    templateOf({ amount: '1999.50' }, stack).hasResourceProperties('AWS::Budgets::Budget', {
      Budget: { BudgetLimit: { Amount: 1999.5, Unit: 'CNY' } },
    });
  });

  test('takes the right to get machines from roles once it is spent, when it is told so', () => {
    const template = templateOf({ stop: { roles: [ROLE], percent: 110 } });
    const [policy = ''] = Object.keys(template.findResources('AWS::IAM::ManagedPolicy'));
    const [role = ''] = Object.keys(template.findResources('AWS::IAM::Role'));
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Deny', Action: [...STOPPED_ACTIONS.names], Resource: '*' }],
      },
    });
    template.hasResourceProperties('AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { Service: 'budgets.amazonaws.com' },
            Condition: {
              StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
              ArnLike: {
                'aws:SourceArn': {
                  'Fn::Join': [
                    '',
                    ['arn:', { Ref: 'AWS::Partition' }, ':budgets::', { Ref: 'AWS::AccountId' }, ':budget/*'],
                  ],
                },
              },
            },
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'stop',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
                Resource: ROLE,
                Condition: { ArnEquals: { 'iam:PolicyARN': { Ref: policy } } },
              },
            ],
          },
        },
      ],
    });
    template.hasResourceProperties('AWS::Budgets::BudgetsAction', {
      ActionType: 'APPLY_IAM_POLICY',
      ActionThreshold: { Type: 'PERCENTAGE', Value: 110 },
      ApprovalModel: 'AUTOMATIC',
      NotificationType: 'ACTUAL',
      ExecutionRoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
      Definition: {
        IamActionDefinition: {
          PolicyArn: { Ref: policy },
          Roles: ['cdk-hnb659fds-cfn-exec-role-111122223333-us-east-2'],
        },
      },
      Subscribers: [{ Address: 'finance@example.com', Type: 'EMAIL' }],
    });
  });

  test.each([
    [{ name: '' }, /name is empty.*\[NameInvalid\]/],
    [{ amount: 'much' }, /amount "much".*\[AmountInvalid\]/],
    [{ currency: 'EUR' }, /AWS bills this account in USD, not in EUR; give that sum \[AmountInvalid\]/],
    [{ stop: { roles: [] } }, /stop names no role.*\[IdInvalid\]/],
    [{ stop: { roles: ['deploys'] } }, /"deploys" is no ARN of a role.*\[IdInvalid\]/],
  ])('fails when it is given %j', (wrong, message) => {
    expect(() => templateOf(wrong)).toThrow(message);
  });

  test('fails where the partition has no budgets', () => {
    const stack = new Stack(new App(), 'gov', { env: { account: '111122223333', region: 'us-gov-west-1' } });
    expect(() => templateOf({}, stack)).toThrow(
      /aws-us-gov has no budgets: make it in the account that pays \[AmountInvalid\]/,
    );
  });
});
