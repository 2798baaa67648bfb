import { Construct } from 'constructs';
import { IdentityDynamicGroup } from '../../.gen/providers/oci/identity-dynamic-group';
import { IdentityPolicy } from '../../.gen/providers/oci/identity-policy';
import { IdentityTag } from '../../.gen/providers/oci/identity-tag';
import { IdentityTagDefault } from '../../.gen/providers/oci/identity-tag-default';
import { IdentityTagNamespace } from '../../.gen/providers/oci/identity-tag-namespace';
import { TerraformProvider, TerraformStack } from '../../constructs/cdktf';
import {
  AlarmTopic,
  Budget,
  Guardrails,
  HostAlarms,
  LIMITS,
  physicalName,
  resourceTags,
  Vault,
} from '../../constructs/oracle';
import { ids, names } from '../../estate/plan/ids';
import type { AccountPlan } from '../../estate/plan/types';
import type { StateSettings } from '../../estate/spec/schema';
import { budgetProps, guardrailMode } from '../budgets';
import { useBackend } from '../terraform';
import { costTags, isCostTracking, NODE_TAG } from './cost-tags';
import { addAccountGrants } from './grants';
import { accountPolicies, nodesGroupName, nodesRule } from './policies';
import { regionalProviderId, useProvider, useRegionalProvider } from './provider';

/** What the foundation of an account is made from: the account of an estate, or what a program of your own states. */
export type FoundationAccount = Pick<
  AccountPlan<'oracle'>,
  'name' | 'ids' | 'regions' | 'machines' | 'tags' | 'vaultRegions' | 'nodes'
> &
  // Nobody is told of hosts where no region with alarms is named, or of spend where there is no budget.
  Partial<
    Pick<AccountPlan<'oracle'>, 'alarmRegions' | 'alertEmail' | 'budget' | 'guardrails' | 'providerRelease' | 'grants'>
  >;

/** Options of a {@link FoundationStack}. */
export interface FoundationStackProps {
  /** Its regions and machines decide which policies there are. */
  readonly account: FoundationAccount;
  /** Where the state is kept. */
  readonly state: StateSettings;
}

/**
 * What exists once for a tenancy and compartment: the dynamic group of the nodes, policies, and tags that costs are
 * counted by, its budget and its limits, all written in the home region; a vault in each region, which is found by the time that keys are made; and
 * alarms on hosts in regions whose clusters have alarms. Where grants reach it from other clouds, its identity domain trusts
 * their issuers.
 */
export class FoundationStack extends TerraformStack {
  /** Dynamic group of all nodes of the account. */
  readonly nodesGroup: IdentityDynamicGroup;
  /** Namespace of the tags that costs are counted by. */
  readonly tagNamespace: IdentityTagNamespace;
  /** Vaults of the keys of the account, by their region. */
  readonly vaults: Readonly<Record<string, Vault>>;

  constructor(scope: Construct, id: string, props: FoundationStackProps) {
    super(scope, id);
    const { account } = props;
    // The home region, where all identities are written.
    useProvider(this, account, account.ids.homeRegion);
    useBackend(this, props.state);
    const freeformTags = resourceTags(account.tags);
    const { namespace, values } = costTags(account);
    this.tagNamespace = new IdentityTagNamespace(this, 'tags', {
      compartmentId: account.ids.compartmentId,
      name: namespace,
      description: 'Tags that costs are counted by',
      freeformTags,
    });
    const counted = Object.entries(values).map(([key, value]) => this.addCostTag(key, value, account));
    this.nodesGroup = new IdentityDynamicGroup(this, 'nodes', {
      compartmentId: account.ids.tenancyId,
      name: nodesGroupName(account),
      description: 'Nodes of all clusters of the account',
      matchingRule: nodesRule(account),
      freeformTags,
      dependsOn: this.addNodeTag(account),
    });
    for (const { key, scope: where, statements } of accountPolicies(account, this.nodesGroup.name)) {
      new IdentityPolicy(this, `policy-${key}`, {
        compartmentId: where === 'tenancy' ? account.ids.tenancyId : account.ids.compartmentId,
        name: physicalName([account.name, key], LIMITS.identity),
        description: 'What nodes and services may do for the clusters and stores of the account',
        statements: [...statements],
        freeformTags,
      });
    }
    const vaultRegions = account.vaultRegions ?? [];
    this.vaults = Object.fromEntries(vaultRegions.map((region) => [region, this.addVault(region, account)]));
    for (const region of account.alarmRegions ?? []) this.watchHosts(region, account);
    this.addBudget(account, counted);
    this.addGuardrails(account);
    if (account.grants !== undefined) addAccountGrants(this, account, account.grants);
  }

  private addBudget(account: FoundationAccount, counted: readonly IdentityTag[]): void {
    const { budget, tags } = account;
    if (budget === undefined) return;
    const { tenancyId, compartmentId } = account.ids;
    const props = budgetProps('oracle', account, budget);
    // What it counts by has to be defined before.
    const tagged = props.tag && {
      tag: { ...props.tag, key: `${costTags(account).namespace}.${props.tag.key}` },
      dependsOn: counted,
    };
    new Budget(this, ids.budget, { ...props, tenancyId, compartmentId, tags, ...tagged });
  }

  private addGuardrails(account: FoundationAccount): void {
    const { guardrails } = account;
    if (guardrails === undefined) return;
    const { regions, machineLimits, compartment } = guardrails;
    new Guardrails(this, ids.guardrails, {
      name: names.guardrails(account),
      tenancyId: account.ids.tenancyId,
      compartment,
      regions,
      machines: machineLimits?.map((name) => ({ limit: { name } })),
      mode: guardrailMode(guardrails),
      tags: account.tags,
    });
  }

  /** Hosts of a region are watched together: their metrics do not say which cluster they belong to. */
  private watchHosts(region: string, account: FoundationAccount): void {
    const { alertEmail } = account;
    const common = {
      provider: this.providerOf(region, account),
      name: names.hostAlarms(account, region),
      compartmentId: account.ids.compartmentId,
      tags: account.tags,
    };
    const emails = alertEmail === undefined ? undefined : [alertEmail];
    const place = new Construct(this, ids.hosts(region));
    const { topicId } = new AlarmTopic(place, 'topic', { ...common, name: `${common.name}-alarms`, emails });
    new HostAlarms(place, 'alarms', { ...common, topicId });
  }

  private providerOf(region: string, account: FoundationAccount): TerraformProvider {
    const known = this.node.tryFindChild(regionalProviderId(region));
    return known instanceof TerraformProvider ? known : useRegionalProvider(this, account, region);
  }

  /** It costs nothing, so it needs no tags that costs are counted by, which its region might not know yet. */
  private addVault(region: string, account: FoundationAccount): Vault {
    const vault = new Vault(this, ids.vault(region), {
      provider: this.providerOf(region, account),
      name: names.vault(account, region),
      compartmentId: account.ids.compartmentId,
      tags: account.tags,
    });
    vault.exportAddress();
    return vault;
  }

  /** The default is for what Oracle Cloud makes by itself, such as nodes and volumes; the rest is tagged by its stack. */
  private addCostTag(key: string, value: string, account: FoundationAccount): IdentityTag {
    const tag = this.addTag(key, `Costs by ${key}`, account, isCostTracking(key));
    new IdentityTagDefault(this, `tag-default-${key}`, {
      compartmentId: account.ids.compartmentId,
      tagDefinitionId: tag.id,
      value,
      isRequired: false,
    });
    return tag;
  }

  /** What the rule of the nodes names, where it names one. */
  private addNodeTag(account: FoundationAccount): IdentityTag[] {
    return account.nodes === undefined ? [] : [this.addTag(NODE_TAG.key, 'What a machine is for', account)];
  }

  private addTag(key: string, description: string, account: FoundationAccount, isCostTracking = false): IdentityTag {
    return new IdentityTag(this, `tag-${key}`, {
      tagNamespaceId: this.tagNamespace.id,
      name: key,
      description,
      isCostTracking,
      freeformTags: resourceTags(account.tags),
      // The provider sends one with every update, though none is written here.
      lifecycle: { ignoreChanges: ['validator'] },
    });
  }
}
