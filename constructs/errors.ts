import type { IConstruct } from 'constructs';

/** What constructs refuse: a literal code for each kind of mistake, the same on every cloud, with what it means. */
export const CONSTRUCT_ERRORS = {
  AccessMissing: 'nobody could reach or use what is made',
  AccountMismatch: 'two things that go together lie in different accounts, projects or compartments',
  AmountInvalid: 'an amount of money, its currency, or a share of it is none that the service takes',
  CapacityIncomplete: 'a kind of capacity needs an id, a size or a term that is missing',
  CapacityUnsupported: 'the machine is not sold as this kind of capacity',
  CountInvalid: 'a number of nodes is no whole number, or outside of what is allowed',
  EgressMissing: 'the network has no way out, and what is placed in it needs one',
  FabricMismatch: 'the fabric is not one for this machine, zone or network',
  IdInvalid: 'an id of something that exists is not of the kind that is expected',
  KeyUnsuitable: 'the encryption key lies where the service cannot use it, or is of a kind that it does not take',
  MachineUnsuitable: 'the machine cannot be used for this, or not beside the others',
  MaintenanceInvalid: 'a maintenance window or exclusion is not one that the service takes',
  NameInvalid: 'a name has characters or a length that the service refuses',
  PolicyInvalid: 'a policy would allow everything, nothing, or something that the service cannot limit',
  RangeInvalid: 'an address range is no range, of the wrong size, or overlaps another one',
  RetentionInvalid: 'a retention or rotation time is outside of what the service takes',
  RuleAmbiguous: 'two rules of one thing cannot be told apart',
  SizeInvalid: 'a size, throughput or tier is not sold',
  SubnetMissing: 'the network has no subnet of this role here',
  TagInvalid: 'a tag or label has a key or value that the service refuses, or there are too many',
  TooMany: 'there is more of something than the service takes',
  VersionInvalid: 'a version is not one, or does not go with another one',
  ZoneUnknown: 'the zone is not one of the network',
} as const;

/** The literal code of a mistake that constructs refuse. */
export type ConstructErrorCode = keyof typeof CONSTRUCT_ERRORS;

/**
 * A construct was given props that its cloud would refuse, or that this library does not build.
 *
 * The message says what is wrong, what is allowed, and what to change. The code is literal and stays: tests and tools
 * may rely on it. The path of the construct leads `estate plan` to the entry of the estate file.
 */
export class ConstructError extends Error {
  /** Path of the construct in its app, such as `atlas-iowa-cluster/cluster/pool-train-1`. */
  readonly path: string;

  /**
   * @param scope the construct that was given the props
   * @param code the kind of mistake
   * @param what a sentence with both values: the one that was given and those that are allowed
   */
  constructor(
    scope: IConstruct,
    readonly code: ConstructErrorCode,
    what: string,
  ) {
    super(`${scope.node.path}: ${what} [${code}]`);
    this.name = 'ConstructError';
    this.path = scope.node.path;
  }
}
