export { compareCloudFormation } from './cloudformation';
export { addressEdits, type EstateEdit, estateEdits } from './estate-edits';
export { type HoldingsOf, holdingsOf } from './holdings';
export { formatDiffMarkdown } from './markdown';
export { type DiffReport, diffJson, diffReport, type ResourceOwner } from './report';
export { compareTerraform } from './terraform';
export { formatDiff } from './text';
export type { ResourceChange, StackChange } from './types';
