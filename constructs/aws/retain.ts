import { CfnResource, RemovalPolicy } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';

/** Keeps every resource that a construct is made of, when it leaves its stack and when it is replaced. */
export function retainAll(scope: IConstruct): void {
  for (const child of scope.node.findAll()) {
    if (CfnResource.isCfnResource(child)) child.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}
