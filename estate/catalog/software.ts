export { COMPONENTS } from './software/components';
export { DEVICE_CLASS_MAPPINGS, JOB_FRAMEWORKS, PODS_READY } from './software/job-kinds';
export { ABSENT, MANAGED, SYSTEM_PRIORITY_QUOTA } from './software/managed';
export {
  AMD_DEVICE_CONFIG,
  GOOGLE_INTERFACE_CLASS,
  INFINIBAND_RESOURCE,
  LOCAL_DISKS,
  NIC_POLICY_IMAGES,
} from './software/settings';
export { selects, traitsOf } from './software/traits';
export * from './software/types';
