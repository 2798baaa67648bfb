export {
  ACCELERATORS,
  type AwsMachine,
  type AzureMachine,
  CATALOG,
  type Catalog,
  CLOUDS,
  type Cloud,
  type GoogleMachine,
  lustreTier,
  machineNamed,
  NETWORK_RANGES,
  type OracleMachine,
} from './catalog';
export { type Diagnostic, EstateError, type Position } from './diagnostics';
export { fitName, type NameLimit } from './name';
export { planLayout } from './plan/layout';
export { EMPTY_LOCK, formatLock, type Lock, parseLock } from './plan/lock';
export { planPower, type SitePower } from './plan/power';
export { planQuotas, type QuotaNeed } from './plan/quotas';
export { type PlanFiles, resolve } from './plan/resolve';
export type {
  AccountPlan,
  FileSystemPlan,
  GroupPlan,
  ObjectStorePlan,
  Plan,
  PlanData,
  PoolPlan,
  ShardPlan,
  SitePlan,
  StacksPlan,
  StorePlan,
} from './plan/types';
export { formatDiagnostics } from './report/diagnostics';
export { catalogOf } from './spec/catalog-of';
export type { EstateFiles, EstatePart, Opened } from './spec/files';
export { type LoadedEstate, loadEstate, lockPathOf, parseEstate } from './spec/load';
export type { Account, Capacity, Cluster, Estate, Pool, Site, Store } from './spec/schema';
