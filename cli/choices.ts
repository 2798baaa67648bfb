export { GITOPS } from '../bundle/types';
export { PIPELINE_ENGINES } from '../estate/report/pipeline/types';
export { GRAPH_FORMATS, GRAPH_VIEWS } from '../page/graph/types';

/** What `estate show` shows. */
export const VIEWS = [
  'capacity',
  'groups',
  'addresses',
  'access',
  'owners',
  'logs',
  'alarms',
  'links',
  'identity',
  'quotas',
  'queue',
  'power',
  'spend',
  'commitments',
  'calendar',
  'stores',
  'replication',
  'stacks',
  'findings',
] as const;

/** What `estate runbook` prints besides those of pools. */
export const RUNBOOKS = ['first-apply', 'queue'] as const;

/** What `estate exchange` does. */
export const EXCHANGES = ['import', 'show', 'keys'] as const;
