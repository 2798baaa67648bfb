import type * as iam from 'aws-cdk-lib/aws-iam';
import { Stack, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/**
 * Acknowledges the finding of cdk-nag that a policy of a principal names everything below an ARN, for this ARN only.
 *
 * Findings name ARNs as they stand in the template, and those of other stacks stand there once all stacks are complete.
 */
export function acknowledgeEverythingBelow(principal: iam.IPrincipal, arn: string, reason: string): void {
  if (!Construct.isConstruct(principal)) return;
  const { node } = principal;
  let isTold = false;
  node.addValidation({
    validate: () => {
      if (!isTold) {
        const id = `AwsSolutions::AwsSolutions-IAM5[Resource::${inTemplate(Stack.of(principal).resolve(`${arn}/*`))}]`;
        Validations.of(principal).acknowledge({ id, reason });
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
