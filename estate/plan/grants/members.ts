import type { Cloud } from '../../catalog';
import { partitionOf } from '../../catalog/aws-regions';
import { type GrantAnchor, RELYING } from '../../catalog/grants';
import { hash8 } from '../../name';
import type { Exchange } from '../../spec/exchange';
import { anchorOf, type GrantEnds, grantEnds, isDirect } from '../../spec/grants';
import type { Account, Estate, Grant } from '../../spec/schema';
import { sortedEntries } from '../../units';
import { estateIdentity, identityOf } from '../identity';
import { made } from '../ids';
import type { PendingFact } from '../links/types';
import { shardKey, stackName } from '../names';
import { audienceOfPool, callerKey, identityNameOf, poolOf, userOf } from './names';
import type { FederatedCaller, NativeCaller, TrustedCaller } from './types';

/** What grants are planned from besides the estate file. */
export interface GrantInputs {
  readonly estate: Estate;
  /** Numbers of the shards of a cluster, by its identity. */
  readonly shardsOf: (cluster: string) => readonly number[];
  /** Which of the stacks of its site a store lies in, by its identity, from 1. */
  readonly stackOf: (store: string) => number;
  /** What clouds have said after an apply. */
  readonly exchange: Omit<Exchange, 'estate'>;
}

/** A grant as it is written, with its ends and its identities. */
export interface Written {
  readonly id: string;
  readonly grant: Grant;
  readonly ends: GrantEnds;
  readonly anchor: GrantAnchor;
  /** Identities of the cluster, the store, and the sites and accounts of both. */
  readonly cluster: string;
  readonly store: string;
  readonly source: Place;
  readonly target: Place;
}

/** Where one end lies. */
export interface Place {
  readonly cloud: Cloud;
  readonly account: string;
  readonly site: string;
  readonly region: string;
}

/** A value of the exchange, or where it is missing. */
export type Known = { readonly value: string; readonly path?: string } | { readonly pending: PendingFact };

/** One grant of one shard, with what is known of it. */
export interface Member {
  readonly written: Written;
  /** From 1. */
  readonly ordinal: number;
  readonly shard: string;
  /** Which of the identities of the grant it uses, from 1. */
  readonly identity: number;
  readonly trust?: { readonly key: string; readonly issuer: Known };
  readonly caller?: TrustedCaller;
  readonly pending: readonly PendingFact[];
  /** Places of the exchange that it is made from, told or not. */
  readonly reads: readonly string[];
}

/** What stands for each shard in each grant of an estate. */
export class GrantMembers {
  /** Every grant that can be planned. */
  readonly written: readonly Written[];
  /** One for each shard of each of them. */
  readonly all: readonly Member[];
  /** What names of things begin with. */
  readonly name: string;

  constructor(private readonly inputs: GrantInputs) {
    const { estate, shardsOf } = inputs;
    this.name = estateIdentity(estate);
    this.written = sortedEntries(estate.grants).flatMap(([key, grant]) => this.write(key, grant) ?? []);
    this.all = this.written.flatMap((each) => shardsOf(each.cluster).map((ordinal) => this.memberOf(each, ordinal)));
  }

  private write(key: string, grant: Grant): Written | undefined {
    const { estate } = this.inputs;
    const ends = grantEnds(estate, grant);
    const anchor = ends && (isDirect(ends) ? 'native' : anchorOf(grant, ends));
    if (ends === undefined || anchor === undefined || ends.store.kind !== 'object') return undefined;
    const place = ({ key: site, site: entry, account }: GrantEnds['from']): Place => ({
      cloud: account.cloud,
      account: identityOf(entry.account, account),
      site: identityOf(site, entry),
      region: entry.region,
    });
    return {
      id: identityOf(key, grant),
      grant,
      ends,
      anchor,
      cluster: identityOf(ends.clusterKey, ends.cluster),
      store: identityOf(grant.to, ends.store),
      source: place(ends.from),
      target: place(ends.to),
    };
  }

  private memberOf(written: Written, ordinal: number): Member {
    const { cluster, anchor, target, source, ends } = written;
    const shard = shardKey(cluster, ordinal);
    const { callersPerIdentity } = RELYING[target.cloud];
    const common = { written, ordinal, shard, identity: Math.ceil(ordinal / callersPerIdentity) };
    if (isDirect(ends)) return { ...common, pending: [], reads: [] };
    if (anchor === 'native') return { ...common, ...this.nativeCaller(written, shard) };
    const isAccount = anchor === 'account';
    const trust = isAccount
      ? { key: `account-${source.account}`, issuer: this.accountIssuer(source.account) }
      : { key: `cluster-${shard}`, issuer: this.clusterIssuer(written, shard) };
    const subject: Known = isAccount
      ? this.principal(written, shard, 'roleArn')
      : { value: `system:serviceaccount:${ends.namespace}:${ends.serviceAccount}` };
    const facts = factsOf([trust.issuer, subject]);
    if (!('value' in trust.issuer) || !('value' in subject)) return { ...common, trust, ...facts };
    const caller: FederatedCaller = {
      kind: 'federated',
      shard,
      trust: trust.key,
      issuer: trust.issuer.value,
      subject: subject.value,
      audience: this.audienceOf(ends.to.account, trust.key),
      ...(target.cloud === 'google' && { pool: poolOf(this.name, trust.key) }),
      ...(target.cloud === 'oracle' && {
        user: userOf(this.name, shard, callerKey(ends.namespace, ends.serviceAccount)),
      }),
    };
    return { ...common, trust, caller, ...facts };
  }

  private nativeCaller(written: Written, shard: string): Pick<Member, 'caller' | 'pending' | 'reads'> {
    const { namespace, serviceAccount, cluster, from } = written.ends;
    const principal = this.nativePrincipal(written, shard);
    const { cloud } = written.source;
    // The pool that members are of comes into being with the first cluster of a project.
    const waits = cloud === 'google' && cluster.existing === undefined ? this.issuerFact(shard) : undefined;
    const facts = factsOf([principal, ...(waits === undefined ? [] : [waits])]);
    if (!('value' in principal)) return facts;
    const clusterName =
      cluster.existing?.id ??
      (from.account.cloud === 'google'
        ? made.googleCluster({ name: `${this.name}-${shard}` })
        : `${this.name}-${shard}`);
    const caller: NativeCaller = {
      kind: 'native',
      shard,
      namespace,
      serviceAccount,
      principal: principal.value,
      clusterName,
    };
    return { caller, ...facts };
  }

  private nativePrincipal(written: Written, shard: string): Known {
    const { account } = written.ends.from;
    const { namespace, serviceAccount, cluster } = written.ends;
    switch (account.cloud) {
      case 'aws':
        return this.principal(written, shard, 'roleArn');
      case 'azure':
        return this.principal(written, shard, 'principalId');
      case 'google': {
        const pool = `projects/${account.projectNumber}/locations/global/workloadIdentityPools/${account.projectId}.svc.id.goog`;
        return { value: `principal://iam.googleapis.com/${pool}/subject/ns/${namespace}/sa/${serviceAccount}` };
      }
      case 'oracle': {
        if (cluster.existing !== undefined) return { value: cluster.existing.id };
        return this.principalFact(shard, 'clusterId');
      }
    }
  }

  private principal({ ends }: Written, shard: string, name: string): Known {
    return this.principalFact(shard, factName(name, ends));
  }

  private principalFact(shard: string, name: string): Known {
    const value = this.inputs.exchange.principals[shard]?.[name];
    return known(`principals.${shard}.${name}`, this.clusterStack(shard), value);
  }

  private accountIssuer(account: string): Known {
    const from = stackName(this.name, account, 'foundation');
    return known(`accounts.${account}.issuer`, from, this.inputs.exchange.accounts[account]?.issuer);
  }

  private clusterIssuer({ ends, source }: Written, shard: string): Known {
    const { existing } = ends.cluster;
    if (existing?.oidcIssuer !== undefined) return { value: existing.oidcIssuer };
    const { account } = ends.from;
    if (account.cloud !== 'google') return this.issuerFact(shard);
    const cluster = existing?.id ?? made.googleCluster({ name: `${this.name}-${shard}` });
    const place = `projects/${account.projectId}/locations/${source.region}/clusters/${cluster}`;
    return { value: `https://container.googleapis.com/v1/${place}` };
  }

  private issuerFact(shard: string): Known {
    return known(`issuers.${shard}`, this.clusterStack(shard), this.inputs.exchange.issuers[shard]);
  }

  /** Stack of the cluster of a shard. */
  clusterStack(shard: string): string {
    return stackName(this.name, shard, 'cluster');
  }

  /** Audience of the tokens of an issuer that an account trusts. */
  audienceOf(account: Account, trust: string): string {
    if (account.cloud === 'google') return audienceOfPool(account.projectNumber, poolOf(this.name, trust));
    if (account.cloud === 'oracle') return account.identityDomain?.url ?? '';
    return RELYING[account.cloud].audience;
  }

  /**
   * Name of one of the identities of a grant.
   *
   * Where callers are native, only AWS has an identity between them and the store: its policies do not reach further.
   */
  identityName({ id, anchor, target, ends }: Written, identity: number): string | undefined {
    if (isDirect(ends) || (anchor === 'native' && target.cloud !== 'aws')) return undefined;
    return identityNameOf(target.cloud, `${this.name}-${id}`, identity);
  }

  /** ARN of the role of a grant to a store of AWS. */
  roleArn(written: Written, identity: number): string | undefined {
    const { account } = written.ends.to;
    const name = this.identityName(written, identity);
    if (account.cloud !== 'aws' || name === undefined) return undefined;
    return `arn:${partitionOf(written.target.region)}:iam::${account.accountId}:role/${name}`;
  }
}

function known(path: string, from: string, value: string | undefined): Known {
  return value === undefined ? { pending: { path, from } } : { value, path };
}

/** What of some values is missing, and where in the exchange they come from. */
function factsOf(all: readonly Known[]): Pick<Member, 'pending' | 'reads'> {
  return {
    pending: all.flatMap((each) => ('pending' in each ? [each.pending] : [])),
    reads: all.flatMap((each) => ('pending' in each ? [each.pending.path] : (each.path ?? []))),
  };
}

/** The name that the exchange has for what a service account is known by. */
export function factName(
  name: string,
  { isWorkload, namespace, serviceAccount }: Pick<GrantEnds, 'isWorkload' | 'namespace' | 'serviceAccount'>,
): string {
  return isWorkload ? name : `${name}-${hash8(`${namespace}/${serviceAccount}`)}`;
}
