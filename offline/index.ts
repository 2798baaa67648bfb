export { describeDiagnostic, type OfflineDiagnostic } from './diagnostics';
export { OfflineError } from './errors';
export { type DocumentPlan, planDocument } from './plan-document';
export { type PlanStacksOptions, planStacks, type StackPlanResult } from './plan-stacks';
export { type RunOfflineOptions, runOffline } from './run-offline';
export { findTerraform, type TerraformBinary } from './terraform';
