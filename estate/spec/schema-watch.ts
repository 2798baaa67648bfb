import { z } from 'zod';

const MOST_DAYS = 3653;

const logs = (description: string) =>
  z
    .strictObject({
      retainDays: z
        .int()
        .min(0)
        .max(MOST_DAYS)
        .meta({
          description:
            'Days for which they are kept, in numbers that the cloud takes; 0 keeps none, but on AWS. What is kept already stays until it is deleted by hand.',
          examples: [90],
          unit: 'days',
        }),
    })
    .optional()
    .meta({ description, examples: [{ retainDays: 90 }] });

const DEFAULT = '365 days on AWS, and none elsewhere, where they are billed';

/** Logs of everything that an account or a site holds. */
export const logsBelow = logs(
  `How long logs are kept of clusters (control plane, audit) and of object stores (access) in it that do not say so themselves. Default: ${DEFAULT}.`,
);

/** Logs of one cluster. */
export const clusterLogs = logs(
  `Logs of the control plane, audit logs among them, in the logging service of the cloud. Default: as its site or account says; else ${DEFAULT}.`,
);

/** Logs of one object store. */
export const accessLogs = logs(
  `Access logs: who read and wrote which object. Default: as its site or account says; else ${DEFAULT}.`,
);

const alarms = (description: string) =>
  z
    .boolean()
    .optional()
    .meta({ description, examples: [true] });

const MAILED = 'mailed to its owner; alarms are billed. Default: as its site or account says; else false.';

/** Alarms of everything that an account or a site holds. */
export const alarmsBelow = alarms(
  'Whether alarms watch clusters and file systems in it that do not say so themselves, mailed to the owner of each; alarms are billed. Default: false.',
);

/** Alarms of one cluster. */
export const clusterAlarms = alarms(`Whether alarms watch the nodes of the cluster, ${MAILED}`);

/** Alarms of one file system. */
export const fileSystemAlarms = alarms(`Whether an alarm watches the free space of the file system, ${MAILED}`);
