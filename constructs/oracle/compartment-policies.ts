import type { Construct } from 'constructs';
import { IdentityPolicy } from '../../.gen/providers/oci/identity-policy';
import { hash8 } from '../../estate/name';
import type { TerraformProvider } from '../cdktf';
import { Grant } from '../grant';
import { LIMITS, physicalName, type TagOptions, tagArguments } from './names';

/** Somebody whom policies let do something. */
export interface IGrantee {
  /** Lets it do something in a compartment, such as `read buckets`, under further conditions. */
  allow(what: string, compartmentId: string, where?: readonly string[]): Grant;
}

/** What the policies of a grantee have in common. */
export interface PolicyOptions extends TagOptions {
  /** Parts of the names of its policies. */
  readonly name: readonly string[];
  /** Compartment of the policy that has this name as it is; those of others end with a hash of their compartment. */
  readonly compartmentId: string;
  /** What they are for. */
  readonly description: string;
  /** Provider of the home region, where policies are written. @default - the provider of the stack */
  readonly homeProvider?: TerraformProvider;
}

/** Policies of one grantee, each in the compartment that it is about: a policy says nothing about other compartments. */
export class CompartmentPolicies {
  private readonly policies = new Map<string, { readonly policy: IdentityPolicy; readonly statements: string[] }>();

  /** @param scope what the policies lie in */
  constructor(
    private readonly scope: Construct,
    private readonly options: PolicyOptions,
  ) {}

  /** Adds a statement; the policy of its compartment is made with the first one. */
  allow(subject: string, what: string, compartmentId: string, where: readonly string[]): Grant {
    const statement = `Allow ${subject} to ${what} in compartment id ${compartmentId} where all {${where.join(', ')}}`;
    const { policy, statements } = this.policies.get(compartmentId) ?? this.add(compartmentId);
    statements.push(statement);
    policy.statements = [...statements];
    return new Grant([policy]);
  }

  private add(compartmentId: string) {
    const { name, description, homeProvider } = this.options;
    const isOwn = compartmentId === this.options.compartmentId;
    const place = hash8(compartmentId);
    const policy = new IdentityPolicy(this.scope, isOwn ? 'Resource' : `policy-${place}`, {
      provider: homeProvider,
      compartmentId,
      name: physicalName([...name, ...(isOwn ? [] : [place])], LIMITS.identity),
      description,
      statements: [],
      ...tagArguments(this.options),
    });
    const made = { policy, statements: [] as string[] };
    this.policies.set(compartmentId, made);
    return made;
  }
}
