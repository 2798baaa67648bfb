/** Name of whoever the manager is on a worker: its service account, and what that may do. */
export const MANAGER_ACCOUNT = 'multikueue-manager';

/** Where the queue runs where nobody says otherwise. */
export const QUEUE_NAMESPACE = 'kueue-system';

/** Name of the secret in which the manager finds how it reaches a worker: whoever runs the clusters makes it. */
export function managerSecret(shard: string): string {
  return `multikueue-${shard}`;
}
