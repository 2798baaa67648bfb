import { ISSUERS, RELYING } from '../../catalog/grants';
import { isDirect } from '../../spec/grants';
import type { Account } from '../../spec/schema';
import { compareKeys, groupBy } from '../../units';
import { made, names } from '../ids';
import { nthName, stackName } from '../names';
import { type ClientInputs, clientOf } from './client';
import { factName, type GrantInputs, GrantMembers, type Member, type Written } from './members';
import { callerKey, nthIdentity, poolOf } from './names';
import type {
  AccountGrantsPlan,
  CallerPlan,
  DirectGrantPlan,
  GrantEdge,
  GrantHalfPlan,
  GrantPlan,
  ShardGrantsPlan,
  TrustedCaller,
  TrustPlan,
} from './types';

/** The grants of an estate, resolved; planned once, asked by account, site and shard. */
export class GrantsPlan {
  /** Every grant, sorted by key. */
  readonly grants: readonly GrantPlan[];
  private readonly members: GrantMembers;

  constructor(private readonly inputs: GrantInputs) {
    this.members = new GrantMembers(inputs);
    this.grants = this.members.written
      .map((each) => this.planGrant(each))
      .sort((one, other) => compareKeys(one.key, other.key));
  }

  /** What an account does for grants from it and to it; undefined where there are none. */
  ofAccount(account: string): AccountGrantsPlan | undefined {
    const trusts = new Map<string, TrustPlan>();
    for (const member of this.members.all) {
      const { written, trust, caller } = member;
      // Federated credentials of Azure name the issuer themselves.
      if (written.target.account !== account || written.target.cloud === 'azure') continue;
      if (trust === undefined || !('value' in trust.issuer)) continue;
      const planned = trusts.get(trust.key) ?? this.planTrust(trust.key, trust.issuer.value, written);
      const users =
        caller?.kind === 'federated' && caller.user !== undefined
          ? [{ user: caller.user, subject: caller.subject }]
          : [];
      trusts.set(trust.key, withUsers(planned, users));
    }
    const outbound = this.members.all.some(
      ({ written }) => written.source.account === account && written.anchor === 'account',
    );
    if (trusts.size === 0 && !outbound) return undefined;
    return { trusts: [...trusts.values()].sort((one, other) => compareKeys(one.key, other.key)), outbound };
  }

  /** Target sides of grants at a site that nothing is missing for, sorted by key. */
  ofSite(site: string): readonly GrantHalfPlan[] {
    const own = this.members.all.filter(({ written }) => written.target.site === site && !isDirect(written.ends));
    const byIdentity = groupBy(own, ({ written, identity }) => nthIdentity(written.id, identity));
    return [...byIdentity]
      .flatMap(([key, members]): GrantHalfPlan[] => {
        const callers = members.flatMap(({ caller, pending }) => (pending.length > 0 ? [] : (caller ?? [])));
        const [first] = members;
        if (first === undefined || callers.length === 0) return [];
        return [this.planHalf(key, first, callers)];
      })
      .sort((one, other) => compareKeys(one.key, other.key));
  }

  /**
   * ARNs of roles of other accounts that workloads of a site act as at stores of its region, sorted: networks of AWS without
   * a way out let nobody else of other accounts through.
   */
  storeRolesOf(site: string): readonly string[] {
    const roles = this.members.all.flatMap(({ written, identity }) => {
      const { source, target, anchor } = written;
      const isNear = source.site === site && source.account !== target.account && source.region === target.region;
      return isNear && anchor === 'native' ? (this.members.roleArn(written, identity) ?? []) : [];
    });
    return unique(roles);
  }

  /** The source side of the grants of a shard; undefined where it has none. */
  ofShard(shard: string): ShardGrantsPlan | undefined {
    const own = this.members.all.filter((member) => member.shard === shard);
    if (own.length === 0) return undefined;
    const byCaller = groupBy(own, ({ written: { ends } }) => callerKey(ends.namespace, ends.serviceAccount));
    const callers = [...byCaller].map(([key, members]) => this.planCaller(key, members));
    const direct = own
      .filter(({ written }) => isDirect(written.ends))
      .map(({ written: { id, store, grant, ends } }): DirectGrantPlan => {
        return { key: id, store, access: grant.access, caller: callerKey(ends.namespace, ends.serviceAccount) };
      });
    const far = own.filter(({ written }) => !isDirect(written.ends));
    const isNative = ({ written }: Member) => written.anchor === 'native';
    return {
      callers: callers
        .filter((caller) => needsIdentity(caller, own, direct))
        .sort((one, other) => compareKeys(one.key, other.key)),
      direct: direct.sort((one, other) => compareKeys(one.key, other.key)),
      tellsIssuer: far.some(
        (member) =>
          member.written.anchor === 'cluster' || (isNative(member) && member.written.source.cloud === 'google'),
      ),
      tellsClusterId: far.some((member) => isNative(member) && member.written.source.cloud === 'oracle'),
    };
  }

  private planTrust(key: string, issuer: string, { source, target, ends, anchor }: Written): TrustPlan {
    const { keys } = (anchor === 'native' ? undefined : ISSUERS[source.cloud][anchor]) ?? {};
    return {
      key,
      issuer,
      audience: this.members.audienceOf(ends.to.account, key),
      ...(target.cloud === 'oracle' && keys !== undefined && { keysUrl: `${issuer.replace(/\/$/, '')}${keys}` }),
      ...(target.cloud === 'google' && { pool: poolOf(this.members.name, key) }),
    };
  }

  private planHalf(key: string, { written, identity }: Member, callers: readonly TrustedCaller[]): GrantHalfPlan {
    const { id, store, grant, anchor, target } = written;
    const identityName = this.members.identityName(written, identity);
    return {
      key,
      grant: id,
      ...(identityName !== undefined && { identityName }),
      store,
      stack: this.inputs.stackOf(store),
      access: grant.access,
      anchor,
      callers,
      ...(target.cloud === 'azure' && anchor !== 'native' && { tells: nthName('clientId', identity) }),
    };
  }

  private planCaller(key: string, members: readonly Member[]): CallerPlan {
    const [first] = members;
    const { namespace = '', serviceAccount = '', isWorkload = false } = first?.written.ends ?? {};
    const far = members.filter(({ written }) => !isDirect(written.ends));
    const audiences = far.flatMap(({ written: { anchor, ends }, trust }) =>
      anchor === 'account' && trust !== undefined ? [this.members.audienceOf(ends.to.account, trust.key)] : [],
    );
    const roles = far.flatMap(({ written, identity }) =>
      written.anchor === 'native' && written.source.cloud === 'aws'
        ? [this.members.roleArn(written, identity) ?? '']
        : [],
    );
    const tells = far.flatMap(({ written: { anchor, source, ends } }) => {
      if (source.cloud === 'aws' && anchor !== 'cluster') return [factName('roleArn', ends)];
      return source.cloud === 'azure' && anchor === 'native' ? [factName('principalId', ends)] : [];
    });
    return {
      key,
      namespace,
      serviceAccount,
      isWorkload,
      ...(audiences.length > 0 && { tokenAudiences: unique(audiences) }),
      ...(roles.length > 0 && { roles: unique(roles) }),
      ...(tells[0] !== undefined && { tells: tells[0] }),
    };
  }

  private planGrant(written: Written): GrantPlan {
    const { id, grant, ends, anchor, cluster, store, source, target } = written;
    const { namespace, serviceAccount } = ends;
    const what = anchor === 'native' ? undefined : RELYING[target.cloud].key;
    return {
      key: id,
      name: `${this.members.name}-${id}`,
      from: { cloud: source.cloud, account: source.account, site: source.site, cluster, namespace, serviceAccount },
      to: {
        cloud: target.cloud,
        account: target.account,
        site: target.site,
        store,
        isExisting: ends.store.existing !== undefined,
      },
      access: grant.access,
      anchor,
      isDirect: isDirect(ends),
      ...(what !== undefined && { storedKey: { what, reason: grant.acknowledge ?? '' } }),
      edges: this.members.all.filter((member) => member.written === written).map((member) => this.planEdge(member)),
    };
  }

  private planEdge({ written, shard, identity, caller, trust, pending, reads }: Member): GrantEdge {
    const { target, ends, store, anchor } = written;
    const sourceStack = this.members.clusterStack(shard);
    if (isDirect(ends)) return { shard, sourceStack, targetStack: sourceStack, pending, reads, targets: [] };
    const audience = trust && this.members.audienceOf(ends.to.account, trust.key);
    const issuer = trust !== undefined && 'value' in trust.issuer ? trust.issuer.value : undefined;
    const subject = caller?.kind === 'federated' ? caller.subject : caller?.principal;
    const identityText =
      this.members.roleArn(written, identity) ??
      this.members.identityName(written, identity) ??
      memberOf(ends.to.account, caller);
    const clientFact = nthName('clientId', identity);
    const clientId = this.inputs.exchange.grants[written.id]?.[clientFact];
    const client = clientOf({
      grant: written.id,
      anchor,
      account: ends.to.account,
      region: target.region,
      ...(audience !== undefined && { audience }),
      ...(identityText !== undefined && { identity: identityText }),
      clientId,
      ...privateNameOf(this.members.name, written),
    });
    const targetStack = nthName(stackName(this.members.name, target.site, 'storage'), this.inputs.stackOf(store));
    // Federated credentials of Azure name the issuer themselves.
    const isUntold = target.cloud === 'azure' && anchor !== 'native' && clientId === undefined;
    const isTrusted = trust !== undefined && target.cloud !== 'azure';
    return {
      shard,
      sourceStack,
      targetStack,
      ...(issuer !== undefined && { issuer }),
      ...(subject !== undefined && { subject }),
      ...(audience !== undefined && { audience }),
      ...(identityText !== undefined && { identity: identityText }),
      pending,
      reads,
      targets: [...(isTrusted ? [stackName(this.members.name, target.account, 'foundation')] : []), targetStack],
      ...(isUntold && { untold: [{ path: `grants.${written.id}.${clientFact}`, from: targetStack }] }),
      ...(client !== undefined && { client }),
    };
  }
}

/** Clusters sign for all their service accounts; others are known to their cloud only where it has to know them. */
function needsIdentity(
  { key, tokenAudiences, roles, tells }: CallerPlan,
  members: readonly Member[],
  direct: readonly DirectGrantPlan[],
): boolean {
  if (tokenAudiences !== undefined || roles !== undefined || tells !== undefined) return true;
  return direct.some(({ caller }) => caller === key) && members.length > 0;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compareKeys);
}

function withUsers(trust: TrustPlan, users: NonNullable<TrustPlan['users']>): TrustPlan {
  if (users.length === 0) return trust;
  const all = new Map([...(trust.users ?? []), ...users].map((each) => [each.user, each]));
  return { ...trust, users: [...all.values()].sort((one, other) => compareKeys(one.user, other.user)) };
}

/** The name that a caller has to have resolved itself: sites of one account share the zones of their private endpoints. */
function privateNameOf(name: string, { source, target, store, ends }: Written): Pick<ClientInputs, 'privateName'> {
  const { account } = ends.to;
  if (account.cloud !== 'azure' || ends.store.existing !== undefined || source.account === target.account) return {};
  const named = { name: `${name}-${store}` };
  const host = `${made.azureStore(named, account.subscriptionId)}.blob.core.windows.net`;
  const resourceGroup = names.siteGroup({ name: `${name}-${target.site}` });
  return { privateName: { host, endpoint: made.azureStoreEndpoint(named, 'blob'), resourceGroup } };
}

/** What a caller is where its cloud has no identity for the grant. */
function memberOf(account: Account, caller: TrustedCaller | undefined): string | undefined {
  if (caller === undefined) return undefined;
  if (caller.kind === 'native') return caller.principal;
  if (account.cloud === 'google') {
    const pool = `projects/${account.projectNumber}/locations/global/workloadIdentityPools/${caller.pool}`;
    return `principal://iam.googleapis.com/${pool}/subject/${caller.subject}`;
  }
  return caller.user;
}
