import { Construct } from 'constructs';
import type { TerraformProvider } from '../cdktf';
import { type AlarmOptions, type AlarmRow, addAlarms } from './alarms';
import { checkName, checkTags } from './checks';
import type { TagOptions } from './names';

const COMPUTE = {
  source: 'https://docs.oracle.com/en-us/iaas/Content/Compute/References/infrastructurehealthmetrics.htm',
  checked: '2026-11',
} as const;
const HPC = {
  source: 'https://docs.oracle.com/en-us/iaas/Content/Compute/References/high-performance-computing-metrics.htm',
  checked: '2026-11',
} as const;

/** What goes wrong with hosts, as Oracle Cloud and the agents on them see it. */
export const HOST_ALARMS: readonly AlarmRow[] = [
  {
    id: 'host-fault',
    namespace: 'oci_compute_infrastructure_health',
    query: 'health_status[5m].max() > 0',
    pending: 'PT5M',
    severity: 'CRITICAL',
    body: 'A bare metal host has a hardware fault: cordon its node, terminate it, and let its pool replace it.',
    ...COMPUTE,
  },
  {
    id: 'host-maintenance',
    namespace: 'oci_compute_infrastructure_health',
    query: 'maintenance_status[5m].max() > 0',
    pending: 'PT5M',
    severity: 'WARNING',
    body: 'Oracle Cloud will maintain a host: drain its node before the day that the console says.',
    ...COMPUTE,
  },
  {
    id: 'gpu-fault',
    namespace: 'gpu_infrastructure_health',
    query: 'Fault[5m].max() > 0',
    pending: 'PT5M',
    severity: 'CRITICAL',
    body: 'A GPU has a fault: cordon its node, terminate it, and let its pool replace it.',
    ...HPC,
  },
  {
    id: 'rdma-link-fault',
    namespace: 'rdma_infrastructure_health',
    query: 'RdmaLinkSpeedFault[5m].max() > 0',
    pending: 'PT5M',
    severity: 'WARNING',
    body: 'An RDMA link is slower than it should be: jobs that span its node wait for it.',
    ...HPC,
  },
  {
    id: 'rdma-cable-fault',
    namespace: 'rdma_infrastructure_health',
    query: 'RdmaPcieCableStateFault[5m].max() > 0',
    pending: 'PT5M',
    severity: 'CRITICAL',
    body: 'An RDMA link is down: cordon its node, terminate it, and let its pool replace it.',
    ...HPC,
  },
];

/** Options of {@link HostAlarms}. */
export interface HostAlarmsProps extends TagOptions, AlarmOptions {
  /** First part of their names. */
  readonly name: string;
  /** Compartment of the hosts. */
  readonly compartmentId: string;
  /** Provider of their region. @default - the provider of the stack */
  readonly provider?: TerraformProvider;
}

/** Alarms on the health of all hosts of a compartment in a region: their metrics do not say which cluster they belong to. */
export class HostAlarms extends Construct {
  /** @throws ConstructError with `NameInvalid` or `TagInvalid` when they could not be made */
  constructor(scope: Construct, id: string, props: HostAlarmsProps) {
    super(scope, id);
    checkName(this, props.name);
    checkTags(this, props);
    addAlarms(this, HOST_ALARMS, props);
  }
}
