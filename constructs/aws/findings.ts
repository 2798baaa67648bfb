import type * as iam from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { type ExplainedFinding, FINDINGS, type Scanner } from '../../estate/catalog/findings';

/** What stands before a rule, by who finds it; what checkov finds is explained where it is run. */
const PLUGINS: Readonly<Record<Exclude<Scanner, 'checkov'>, string>> = {
  cdk: 'CloudFormation-Validate',
  'cdk-nag': 'AwsSolutions',
};

/** A finding that a program acknowledges itself. */
type Acknowledged = ExplainedFinding & { readonly tool: keyof typeof PLUGINS };

/** Acknowledges a finding of a construct and of what is in it. */
export function acknowledge(scope: IConstruct, { tool, rule, on, reason }: Acknowledged): void {
  const rules = on.map(({ of }) => (of === undefined ? rule : `${rule}[${of}]`));
  Validations.of(scope).acknowledge(...rules.map((id) => ({ id: `${PLUGINS[tool]}::${id}`, reason })));
}

/**
 * Acknowledges that a policy of a principal names everything below the ARN of a bucket, for this ARN only.
 *
 * Findings name ARNs as they stand in the template, and those of other stacks stand there once all stacks are complete.
 */
export function acknowledgeObjects(principal: iam.IPrincipal, bucketArn: string): void {
  if (!Construct.isConstruct(principal)) return;
  const { node } = principal;
  const finding = FINDINGS['aws-bucket-objects'];
  let isTold = false;
  node.addValidation({
    validate: () => {
      if (!isTold) {
        const of = `Resource::${inTemplate(Stack.of(principal).resolve(`${bucketArn}/*`))}`;
        acknowledge(principal, { ...finding, on: finding.on.map((place) => ({ ...place, of })) });
      }
      isTold = true;
      return [];
    },
  });
}

/** A value of a template as cdk-nag writes it. */
function inTemplate(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute, 'Fn::ImportValue': exported, Ref: ref } = Object(value);
  if (Array.isArray(join)) return join[1].map(inTemplate).join(join[0]);
  if (Array.isArray(attribute)) return `<${attribute.map(inTemplate).join('.')}>`;
  return exported === undefined ? `<${inTemplate(ref)}>` : inTemplate(exported);
}
