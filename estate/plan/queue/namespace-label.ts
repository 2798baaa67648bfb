/**
 * Label of namespaces whose jobs are all the queue's: a team that comes or leaves changes no configuration of Kueue, and a
 * namespace that has left the estate, which nobody prunes, keeps it, so that the jobs still in it stay managed.
 */
export const QUEUED_NAMESPACE = { 'estate/jobs': 'queued' } as const;
