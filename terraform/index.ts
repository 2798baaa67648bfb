export { OfflineError } from '../provider/errors';
export { findTerraform, type TerraformBinary } from './binary';
export { describeDiagnostic, type OfflineDiagnostic } from './diagnostics';
export { type DocumentPlan, planDocument } from './plan-document';
export { type PlanStacksOptions, planStacks, type StackPlanResult } from './plan-stacks';
export { type RunOfflineOptions, runOffline } from './run-offline';
