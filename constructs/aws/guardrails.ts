import { CfnPolicy } from 'aws-cdk-lib/aws-organizations';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { AwsMachine } from '../../estate/catalog/aws';
import { AWS_GLOBAL_ACTIONS, SERVICE_CONTROL_POLICY } from '../../estate/catalog/guardrails';
import type { Tags } from '../../estate/units';
import { ConstructError } from '../errors';
import { type GuardrailMode, limitedRegions, machineNames, type RegionLimits, requireLimits } from '../guardrails';
import { checkId, checkName } from './checks';
import { addTags } from './names';

/** A statement of a {@link ServiceControlPolicy}. */
export interface ServiceControlStatement {
  /** What it is for. */
  readonly Sid: string;
  /** A policy of an organization only takes away. */
  readonly Effect: 'Deny';
  /** What is denied. @default - everything but `NotAction` */
  readonly Action?: readonly string[];
  /** What is not denied. @default - `Action` says what is denied */
  readonly NotAction?: readonly string[];
  /** What it is about. */
  readonly Resource: string;
  /** When it is denied. */
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** A service control policy, as AWS Organizations takes it. */
export interface ServiceControlPolicy {
  /** Version of the language. */
  readonly Version: '2012-10-17';
  /** What is denied. */
  readonly Statement: readonly ServiceControlStatement[];
}

/** What a {@link serviceControlPolicy} limits. */
export interface ServiceControlLimits {
  /** Regions that are allowed or denied. @default - all are allowed */
  readonly regions?: RegionLimits;
  /** Region in which everything but machines and file systems is allowed anyway. @default - none */
  readonly homeRegion?: string;
  /** Machine types that may be started. @default - all */
  readonly machines?: readonly string[];
}

/** What holds nodes or data: not even the region of alerts and budgets has them where it is not allowed. */
const PLACED_ACTIONS = [
  'ec2:CreateCapacityReservation',
  'ec2:PurchaseCapacityBlock',
  'ec2:RunInstances',
  'eks:CreateCluster',
  'eks:CreateNodegroup',
  'fsx:CreateFileSystem',
];

/** A policy that denies other regions and machines than those that are allowed; the same limits give the same text. */
export function serviceControlPolicy(limits: ServiceControlLimits): ServiceControlPolicy {
  const { regions, machines, homeRegion } = limits;
  const statements: ServiceControlStatement[] = [];
  const condition = regions === undefined ? undefined : regionCondition(regions, homeRegion);
  if (condition !== undefined) {
    const named = { Sid: 'Regions', Effect: 'Deny', NotAction: AWS_GLOBAL_ACTIONS.names } as const;
    statements.push({ ...named, Resource: '*', Condition: condition });
  }
  if (regions !== undefined && homeRegion !== undefined && !isAllowed(regions, homeRegion)) {
    const Condition = { StringEquals: { 'aws:RequestedRegion': [homeRegion] } };
    statements.push({ Sid: 'HomeRegion', Effect: 'Deny', Action: PLACED_ACTIONS, Resource: '*', Condition });
  }
  if (machines !== undefined) {
    statements.push({
      Sid: 'Machines',
      Effect: 'Deny',
      Action: ['ec2:RunInstances'],
      Resource: 'arn:*:ec2:*:*:instance/*',
      Condition: { StringNotEquals: { 'ec2:InstanceType': machines } },
    });
  }
  return { Version: '2012-10-17', Statement: statements };
}

function isAllowed(regions: NonNullable<RegionLimits>, region: string): boolean {
  return 'allow' in regions ? regions.allow.includes(region) : !regions.deny.includes(region);
}

/** When a region is denied; never where only the home region would be. */
function regionCondition(
  regions: NonNullable<RegionLimits>,
  home: string | undefined,
): ServiceControlStatement['Condition'] | undefined {
  if ('allow' in regions) {
    const allowed = [...new Set([...regions.allow, ...(home === undefined ? [] : [home])])].sort();
    return { StringNotEquals: { 'aws:RequestedRegion': allowed } };
  }
  const denied = regions.deny.filter((region) => region !== home);
  return denied.length === 0 ? undefined : { StringEquals: { 'aws:RequestedRegion': denied } };
}

/** Options of {@link Guardrails}. */
export interface GuardrailsProps {
  /** Name of the policy. */
  readonly name: string;
  /** Regions that are allowed. @default - all that are not denied */
  readonly regions?: readonly string[];
  /** Regions that are denied. @default - none */
  readonly deniedRegions?: readonly string[];
  /**
   * Region of what exists once for an account, where everything but machines and file systems is allowed anyway.
   * @default - none
   */
  readonly homeRegion?: string;
  /** Machine types that may be started, those of system pools among them. @default - all */
  readonly machines?: readonly Pick<AwsMachine, 'type'>[];
  /** Whether the policy is attached: nothing tries it out. @default 'dry-run' */
  readonly mode?: GuardrailMode;
  /**
   * Ids of the roots, organizational units or accounts that it is for, where the stack is one of the management account.
   * @default - the policy is written into the template, under Metadata, for whoever has that account
   */
  readonly targets?: readonly string[];
  /** Labels of the policy. @default - none */
  readonly tags?: Tags;
}

/** Limits of regions and machines as AWS Organizations enforces them: a service control policy. */
export class Guardrails extends Construct {
  /** The policy. */
  readonly document: ServiceControlPolicy;

  /**
   * @throws ConstructError with PolicyInvalid when it would limit nothing, or allow no region
   * @throws ConstructError with IdInvalid, NameInvalid or TooMany when AWS would not take it
   */
  constructor(scope: Construct, id: string, props: GuardrailsProps) {
    super(scope, id);
    checkName(this, props.name);
    const regions = limitedRegions(this, props);
    const machines = machineNames(props.machines, ({ type }) => type);
    requireLimits(this, 'regions, deniedRegions or machines', regions, machines);
    this.document = serviceControlPolicy({ regions, machines, homeRegion: props.homeRegion });
    this.checkSize();
    const { targets, mode = 'dry-run', tags } = props;
    if (targets === undefined) {
      const { templateOptions } = Stack.of(this);
      templateOptions.metadata = { ...templateOptions.metadata, ServiceControlPolicy: this.document };
      return;
    }
    for (const target of targets) checkId(this, 'root, unit or account', target, TARGET, 'ou-ab12-cdefgh34');
    new CfnPolicy(this, 'Resource', {
      name: props.name,
      description: 'Regions and machines of the estate',
      type: 'SERVICE_CONTROL_POLICY',
      content: this.document,
      targetIds: mode === 'deny' ? [...targets] : undefined,
    });
    addTags(this, tags ?? {});
  }

  private checkSize(): void {
    const { length } = JSON.stringify(this.document);
    const { maxCharacters } = SERVICE_CONTROL_POLICY;
    if (length <= maxCharacters) return;
    const what = `the policy has ${length} characters, more than the ${maxCharacters} of a service control policy`;
    throw new ConstructError(this, 'TooMany', `${what}: limit regions and machines by two of them`);
  }
}

const TARGET = /^(r-[0-9a-z]{4,32}|\d{12}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;
