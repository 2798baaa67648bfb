import type { GrantClient, GrantPlan } from '../../estate/plan/grants/types';
import type { PendingFact } from '../../estate/plan/links/types';
import type { Plan, ShardPlan } from '../../estate/plan/types';
import { type KubeObject, MANAGED_BY } from '../types';

/** How pods of one shard use a grant. */
export interface ShardClient {
  /** Key of the grant. */
  readonly grant: string;
  readonly namespace: string;
  readonly client: GrantClient;
  /** What it waits for; empty where pods can use it. */
  readonly pending: readonly PendingFact[];
}

/** Clients of the grants that begin at a shard and that its cloud does not give to pods by itself; sorted by grant. */
export function clientsOf({ grants }: Pick<Plan, 'grants'>, { key }: ShardPlan): readonly ShardClient[] {
  return grants.flatMap(({ key: grant, from: { namespace }, edges }: GrantPlan) =>
    edges.flatMap(({ shard, client, pending, untold }) =>
      shard !== key || client === undefined
        ? []
        : [{ grant, namespace, client, pending: [...pending, ...(untold ?? [])] }],
    ),
  );
}

/** Name of what pods take their environment from; keys have no dots. */
export function environmentName(grant: string): string {
  return `grant.${grant}`;
}

/**
 * Settings of clients of grants: the environment of pods, for `envFrom`, and files that they mount. A map cannot mount a
 * token, so that it says in annotations which one, and what is left to do.
 */
export function clientObjects(clients: readonly ShardClient[]): readonly KubeObject[] {
  return clients.flatMap(({ grant, namespace, client, pending }): readonly KubeObject[] => {
    if (pending.length > 0) return [];
    const { env, files, token, notes } = client;
    const annotations = {
      ...(token && {
        'estate/token-audience': token.audience,
        'estate/token-path': token.path,
        'estate/token-seconds': String(token.expirationSeconds),
      }),
      ...(notes.length > 0 && { 'estate/to-do': notes.join('\n') }),
    };
    const paths = Object.entries(files);
    return [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: environmentName(grant),
          namespace,
          labels: MANAGED_BY,
          ...(Object.keys(annotations).length > 0 && { annotations }),
        },
        data: env,
      },
      ...(paths.length === 0
        ? []
        : [
            {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: {
                name: `${environmentName(grant)}.files`,
                namespace,
                labels: MANAGED_BY,
                annotations: { 'estate/folder': folderOf(paths[0]?.[0] ?? '') },
              },
              data: Object.fromEntries(paths.map(([path, text]) => [path.slice(path.lastIndexOf('/') + 1), text])),
            },
          ]),
    ];
  });
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/'));
}
