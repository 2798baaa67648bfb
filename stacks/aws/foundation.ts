import { Match, Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { DefaultStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { addTags, Budget, EncryptionKey, Guardrails } from '../../constructs/aws';
import { homeRegion, partitionOf } from '../../estate/catalog/aws-regions';
import { ids, names } from '../../estate/plan/ids';
import type { AccountPlan } from '../../estate/plan/types';
import { budgetProps, guardrailMode, typesOf } from '../budgets';
import { addAccountGrants } from './grants';

/**
 * Types of the events that are reported by mail: blocks that start or end, reservations that change state.
 *
 * By prefix, because EC2 documents two names for each event of a block.
 */
export function capacityEvents(): string[] {
  return Match.anyOf(Match.prefix('Capacity Block'), Match.prefix('EC2 Capacity Reservation'));
}

/** Options of a {@link FoundationStack}. */
export interface FoundationStackProps {
  /** The account. */
  readonly account: AccountPlan<'aws'>;
}

/**
 * What exists once for an AWS account: where alerts go, its budget, its limits as an organization takes them, and whom it
 * trusts and signs for where grants reach over clouds.
 */
export class FoundationStack extends Stack {
  /** Key of the alerts. */
  readonly encryptionKey: EncryptionKey;
  /** Where alerts of the account go. */
  readonly alerts: Topic;

  constructor(scope: Construct, id: string, { account }: FoundationStackProps) {
    const [region] = account.regions;
    if (region === undefined) throw new Error(`account ${account.key} has no site: it needs no foundation`);
    super(scope, id, {
      env: { account: account.ids.accountId, region: homeRegion(region) },
      analyticsReporting: false,
    });
    this.encryptionKey = new EncryptionKey(this, ids.key, { name: names.alertsKey(account) });
    this.alerts = new Topic(this, 'alerts', { masterKey: this.encryptionKey.key, enforceSSL: true });
    new Subscription(this, 'alert-mail', {
      topic: this.alerts,
      protocol: SubscriptionProtocol.EMAIL,
      endpoint: account.alertEmail,
    });
    // The target lets EventBridge use the key; conditions on the source do not work for encrypted topics.
    new Rule(this, 'capacity-events', {
      eventPattern: { source: ['aws.ec2'], detailType: capacityEvents() },
      targets: [new SnsTopic(this.alerts)],
    });
    this.addBudget(account);
    this.addGuardrails(account, homeRegion(region));
    if (account.grants !== undefined) addAccountGrants(this, account, account.grants, this.encryptionKey);
    addTags(this, account.tags);
  }

  private addBudget(account: AccountPlan<'aws'>): void {
    const { budget } = account;
    if (budget === undefined) return;
    const { currency, stopsCapacity } = budget;
    const stop = stopsCapacity === true ? { roles: deployingRoles(account) } : undefined;
    new Budget(this, ids.budget, { ...budgetProps('aws', account, budget), currency, stop, tags: account.tags });
  }

  private addGuardrails(account: AccountPlan<'aws'>, home: string): void {
    const { guardrails } = account;
    if (guardrails === undefined) return;
    const { regions, deniedRegions, targets } = guardrails;
    new Guardrails(this, ids.guardrails, {
      name: names.guardrails(account),
      regions,
      deniedRegions,
      homeRegion: home,
      machines: typesOf(guardrails),
      mode: guardrailMode(guardrails),
      targets,
      tags: account.tags,
    });
  }
}

/** Roles by which CloudFormation makes what stacks of sites have, as the bootstrap of CDK names them. */
function deployingRoles({ regions, ids: { accountId } }: AccountPlan<'aws'>): string[] {
  const qualifier = DefaultStackSynthesizer.DEFAULT_QUALIFIER;
  return regions.map(
    (region) =>
      `arn:${partitionOf(region)}:iam::${accountId}:role/cdk-${qualifier}-cfn-exec-role-${accountId}-${region}`,
  );
}
