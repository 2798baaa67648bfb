export { COMPONENTS } from './software/components';
export { DEVICE_CLASS_MAPPINGS, JOB_FRAMEWORKS, PODS_READY } from './software/job-kinds';
export { ABSENT, MANAGED } from './software/managed';
export { selects, traitsOf } from './software/traits';
export * from './software/types';
