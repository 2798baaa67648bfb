import { Construct } from 'constructs';
import type { TerraformProvider } from '../cdktf';
import { ConstructError } from '../errors';
import { Grant } from '../grant';
import { checkName, checkTags } from './checks';
import { CompartmentPolicies, type IGrantee } from './compartment-policies';
import { workloadConditions } from './identity';
import type { TagOptions } from './names';

/** A workload of another cloud, which acts as the only user of a group; a {@link GrantTrust} makes both. */
export interface FederatedGrantCaller {
  /** That it is of another cloud. */
  readonly kind: 'federated';
  /** Name of the identity domain of the group. */
  readonly domain: string;
  /** Name of the group. */
  readonly group: string;
}

/** A workload of Oracle Cloud, of any site of the tenancy. */
export interface NativeGrantCaller {
  /** That it is of this cloud. */
  readonly kind: 'native';
  /** OCID of its cluster, which is an enhanced one. */
  readonly clusterId: string;
  /** Namespace of its service account. */
  readonly namespace: string;
  /** Name of its service account. */
  readonly serviceAccount: string;
}

/** Object Storage of a region, which copies buckets by itself. */
export interface ServiceGrantCaller {
  /** That it is a service of this cloud. */
  readonly kind: 'service';
  /** Region whose Object Storage it is. */
  readonly region: string;
}

/** Somebody whom a grant lets in. */
export type GrantCaller = FederatedGrantCaller | NativeGrantCaller | ServiceGrantCaller;

/** Options of a {@link GrantIdentity}. */
export interface GrantIdentityProps extends TagOptions {
  /** First part of the name of its policy. */
  readonly name: string;
  /** Compartment of the store, in which the policy lies. */
  readonly compartmentId: string;
  /** Who is let in; a policy has room for two statements each of 25. */
  readonly callers: readonly GrantCaller[];
  /** Provider of the home region, where policies are written. @default - the provider of the stack */
  readonly homeProvider?: TerraformProvider;
}

/** Names of domains and groups; anything else would end the text that a policy has them in. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

const REGION = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * Those whom one grant lets in at a store, and the policy that says what they may do. There is nothing between them and the
 * store: groups of a user each where they are of another cloud, conditions that only they meet where they are of this one.
 */
export class GrantIdentity extends Construct implements IGrantee {
  private readonly subjects: readonly { readonly subject: string; readonly conditions: readonly string[] }[];
  private readonly policies: CompartmentPolicies;

  /** @throws ConstructError with `IdInvalid`, `NameInvalid` or `TagInvalid` when a policy could let in others, or nobody */
  constructor(scope: Construct, id: string, props: GrantIdentityProps) {
    super(scope, id);
    const { name, callers } = props;
    checkName(this, name);
    checkTags(this, props);
    if (callers.length === 0) {
      throw new ConstructError(this, 'IdInvalid', `nobody is let in by "${name}"; name one caller or leave it out`);
    }
    this.subjects = callers.map((caller) => this.subjectOf(caller));
    this.policies = new CompartmentPolicies(this, {
      ...props,
      name: [name, 'grant'],
      description: 'What is used from other sites',
    });
  }

  /** Lets each of them do something in a compartment, such as `read buckets`, under further conditions. */
  allow(what: string, compartmentId: string, where: readonly string[] = []): Grant {
    const grants = this.subjects.map(({ subject, conditions }) =>
      this.policies.allow(subject, what, compartmentId, [...conditions, ...where]),
    );
    return new Grant([...new Set(grants.flatMap(({ dependables }) => dependables))]);
  }

  private subjectOf(caller: GrantCaller) {
    if (caller.kind === 'service') {
      if (!REGION.test(caller.region)) {
        const what = `"${caller.region}" is no region; use one such as us-phoenix-1`;
        throw new ConstructError(this, 'NameInvalid', what);
      }
      return { subject: `service objectstorage-${caller.region}`, conditions: [] };
    }
    if (caller.kind === 'native') {
      const { clusterId, namespace, serviceAccount } = caller;
      const conditions = workloadConditions(this, { cluster: { clusterId }, namespace, serviceAccount });
      return { subject: 'any-user', conditions };
    }
    for (const value of [caller.domain, caller.group]) {
      if (NAME.test(value)) continue;
      const what = `"${value}" is no name of a domain or a group; use letters, digits, dots, dashes and underscores`;
      throw new ConstructError(this, 'NameInvalid', what);
    }
    return { subject: `group '${caller.domain}'/'${caller.group}'`, conditions: [] };
  }
}
