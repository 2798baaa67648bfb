import { RemovalPolicy as CdkRemovalPolicy, CfnResource } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { RemovalPolicy as Words } from '../removal-policy';

/**
 * What becomes of data or of a key when its construct leaves the program: `retain` keeps it, `destroy` lets it go with
 * the stack. Members of `RemovalPolicy` of the AWS CDK are taken as well.
 */
export type RemovalPolicy = Words | CdkRemovalPolicy.RETAIN | CdkRemovalPolicy.DESTROY;

/** The removal policy as CDK takes it; nothing said keeps. */
export function removalPolicyOf(policy: RemovalPolicy = 'retain'): CdkRemovalPolicy {
  return policy === 'destroy' ? CdkRemovalPolicy.DESTROY : CdkRemovalPolicy.RETAIN;
}

/** Keeps every resource that a construct is made of, when it leaves its stack and when it is replaced. */
export function retainAll(scope: IConstruct): void {
  for (const child of scope.node.findAll()) {
    if (CfnResource.isCfnResource(child)) child.applyRemovalPolicy(CdkRemovalPolicy.RETAIN);
  }
}
