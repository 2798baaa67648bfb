import type { Logged } from './logs';
import type { Cloud, Sourced } from './types';

const checked = '2026-11';
const AWS = 'https://docs.aws.amazon.com';
const AZURE = 'https://learn.microsoft.com/azure';
const GOOGLE = 'https://docs.cloud.google.com';
const ORACLE = 'https://docs.oracle.com/en-us/iaas/Content';

/** What is logged of something, and where it goes. */
export interface LogRow extends Sourced {
  /** What stands in the logs. */
  readonly what: string;
  /** Where they lie; `{name}` stands for what the plan calls it. */
  readonly where: string;
  /** Whose key encrypts them: that of the stack, or one of the provider, with why there is no other. */
  readonly key: 'stack' | { readonly provider: string };
}

/** What logs hold and where they lie, by cloud and by what they are of. */
export const LOGS: Readonly<Record<Cloud, Readonly<Record<Logged, LogRow>>>> = {
  aws: {
    cluster: {
      what: 'API server, audit, authenticator, controllers, scheduler',
      where: 'CloudWatch log group /aws/eks/{name}/cluster',
      key: 'stack',
      source: `${AWS}/eks/latest/userguide/control-plane-logs.html`,
      checked,
    },
    store: {
      what: 'who read and wrote what',
      where: 'bucket beside it, named by CloudFormation',
      key: { provider: 'of S3: its log delivery takes no other' },
      source: `${AWS}/AmazonS3/latest/userguide/enable-server-access-logging.html`,
      checked,
    },
  },
  azure: {
    cluster: {
      what: 'audit of changes, sign-ins, API server, controllers, scheduler, autoscaler',
      where: 'Log Analytics workspace {name}',
      key: { provider: 'of Microsoft: own ones take a dedicated cluster' },
      source: `${AZURE}/azure-monitor/logs/customer-managed-keys`,
      checked,
    },
    store: {
      what: 'who read, wrote and deleted what',
      where: 'Log Analytics workspace {name}',
      key: { provider: 'of Microsoft: own ones take a dedicated cluster' },
      source: `${AZURE}/azure-monitor/logs/customer-managed-keys`,
      checked,
    },
  },
  google: {
    cluster: {
      what: 'control plane, and audit of the cluster and what runs in it',
      where: 'log bucket {name}',
      key: 'stack',
      source: `${GOOGLE}/logging/docs/routing/managed-encryption-storage`,
      checked,
    },
    store: {
      what: 'each request',
      where: 'bucket {name}',
      key: 'stack',
      source: `${GOOGLE}/storage/docs/access-logs`,
      checked,
    },
  },
  oracle: {
    cluster: {
      what: 'API server, controllers, scheduler',
      where: 'log group {name}',
      key: { provider: 'of Oracle: Logging takes no other' },
      source: `${ORACLE}/ContEng/Tasks/contengviewingservicelogs.htm`,
      checked,
      unverified:
        'no page was found that lets a log group have a key of its own, and the provider has no argument for it',
    },
    store: {
      what: 'who read and wrote what',
      where: 'log group {name}',
      key: { provider: 'of Oracle: Logging takes no other' },
      source: `${ORACLE}/General/Concepts/service_logs.htm`,
      checked,
      unverified:
        'no page was found that lets a log group have a key of its own, and the provider has no argument for it',
    },
  },
};

/** What alarms watch: nodes of a cluster, free space, a reservation, or the hosts of an account in a region. */
export type Alarmed = 'cluster' | 'file-system' | 'reservation' | 'hosts';

/** What alarms tell, one text for each alarm; the metrics stand beside the constructs that make them. */
export const ALARM_TEXTS: Readonly<Record<Cloud, Readonly<Record<Alarmed, readonly string[]>>>> = {
  aws: {
    cluster: ['nodes that have failed for 10 minutes'],
    'file-system': ['less than 10 % free on a target for 10 minutes'],
    reservation: ['less than 90 % of it used for 6 hours'],
    hosts: [],
  },
  azure: {
    cluster: ['nodes that have not been ready for 15 minutes'],
    'file-system': ['less than 256 GiB free on a target'],
    reservation: [],
    hosts: [],
  },
  google: {
    cluster: ['nodes that have not been ready for 10 minutes', 'hosts that Google maintained, took back or lost'],
    'file-system': ['less than 10 % free on a target for 10 minutes'],
    reservation: [],
    hosts: [],
  },
  oracle: {
    cluster: ['nodes that have failed for 15 minutes'],
    'file-system': ['less than 10 % free for 15 minutes'],
    reservation: [],
    hosts: [
      'faults of bare metal hosts',
      'maintenance of hosts',
      'faults of GPUs',
      'slow RDMA links',
      'RDMA links that are down',
    ],
  },
};

/** What AWS mails of every account without being asked, since it is not billed. */
export const AWS_ALERTS: { readonly what: string } & Sourced = {
  what: 'reservations and blocks that start, end or are interrupted',
  source: `${AWS}/AWSEC2/latest/UserGuide/capacity-blocks-monitor.html`,
  checked,
};
