import { CfnOutput, type Stack } from 'aws-cdk-lib/core';
import { awsOutputs, estateOfSite } from '../../estate/plan/ids';
import type { SitePlan } from '../../estate/plan/types';
import type { ExchangeFragment } from '../../estate/spec/exchange';

/** Tells what stacks of other sites are made from, as `estate exchange import` reads it: JSON, in which nothing is secret. */
export function tellExchange(
  stack: Stack,
  site: Pick<SitePlan, 'key' | 'name'>,
  told: Partial<Omit<ExchangeFragment, 'estate'>>,
): void {
  new CfnOutput(stack, awsOutputs.exchange, { value: stack.toJsonString({ estate: estateOfSite(site), ...told }) });
}
