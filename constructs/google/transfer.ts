import { StorageBucketIamMember } from '@cdktf/provider-google/lib/storage-bucket-iam-member';
import { StorageTransferJob } from '@cdktf/provider-google/lib/storage-transfer-job';
import { Construct } from 'constructs';
import { GOOGLE_COPY_ROLES, GOOGLE_TRANSFERS } from '../../estate/catalog/google-transfers';
import { type ITerraformDependable, Token } from '../cdktf';
import { ConstructError } from '../errors';
import { checkName } from './checks';
import type { IObjectStore } from './object-store';

/** Options of a {@link CopyAccess}. */
export interface CopyAccessProps {
  /** The bucket. */
  readonly store: Pick<IObjectStore, 'bucketName' | 'dependables'>;
  /** Whether it is read or written. */
  readonly access: 'read' | 'write';
  /** IAM member of what copies. */
  readonly member: string;
}

/** What a service that copies may do at one end: know the bucket, and read its objects, or write and compare them. */
export class CopyAccess extends Construct {
  /** What has to be there before it copies. */
  readonly dependables: readonly ITerraformDependable[];
  /** Ids of what was made, known once it is. */
  readonly ids: readonly string[];

  constructor(scope: Construct, id: string, { store, access, member }: CopyAccessProps) {
    super(scope, id);
    const members = GOOGLE_COPY_ROLES[access].map((role) => {
      const dependsOn = [...store.dependables];
      return new StorageBucketIamMember(this, role.replace(/^.*\./, ''), {
        bucket: store.bucketName,
        role,
        member,
        ...(dependsOn.length > 0 && { dependsOn }),
      });
    });
    this.dependables = members;
    this.ids = members.map((each) => each.id);
  }
}

/** Options of a {@link Transfer}. */
export interface TransferProps {
  /** What it is described by, which is its own. */
  readonly name: string;
  /** Project of the job. */
  readonly projectId: string;
  /** Name of the bucket that is read. */
  readonly sourceBucket: string;
  /** Name of the bucket that is written. */
  readonly destinationBucket: string;
  /** Hours between two runs, 1 or more. @default - that of what looks for what no event told of */
  readonly everyHours?: number;
  /** Subscription of events of the source, `projects/…/subscriptions/…`. @default - it copies at times alone */
  readonly events?: string;
  /** Beginning of the names of objects that are copied, such as `tokens/`. @default - all objects */
  readonly prefix?: string;
  /** What has to be there before it: the service tries its rights when a job is made. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * What Storage Transfer Service copies from one bucket to another, at times or as objects come.
 *
 * Only what is new or different is copied, and nothing is deleted at either end. Jobs have no names of their own: the
 * service keeps those of deleted ones. Replication between buckets (`replicationSpec`) is no way here, since hierarchical
 * buckets have none; jobs that events start are joined by one that looks for what no event told of.
 */
export class Transfer extends Construct {
  /** @throws ConstructError with `NameInvalid` or `SizeInvalid` when the service would refuse it */
  constructor(scope: Construct, id: string, props: TransferProps) {
    super(scope, id);
    const { name, events, everyHours = GOOGLE_TRANSFERS.sweepHours } = props;
    checkName(this, 'name of the transfer', name);
    checkHours(this, everyHours);
    const schedule = {
      scheduleStartDate: GOOGLE_TRANSFERS.start,
      startTimeOfDay: { hours: 0, minutes: 0, seconds: 0, nanos: 0 },
      repeatInterval: `${everyHours * 3600}s`,
    };
    if (events === undefined) {
      this.addJob('Resource', props, { description: name, schedule });
      return;
    }
    this.addJob('Resource', props, { description: name, eventStream: { name: events } });
    this.addJob('sweep', props, { description: `${name}-sweep`, schedule });
  }

  private addJob(
    id: string,
    { projectId, sourceBucket, destinationBucket, prefix, dependsOn = [] }: TransferProps,
    own: Pick<ConstructorParameters<typeof StorageTransferJob>[2], 'description' | 'schedule' | 'eventStream'>,
  ): void {
    new StorageTransferJob(this, id, {
      project: projectId,
      ...own,
      transferSpec: {
        gcsDataSource: { bucketName: sourceBucket },
        gcsDataSink: { bucketName: destinationBucket },
        ...(prefix !== undefined && { objectConditions: { includePrefixes: [prefix] } }),
        transferOptions: { overwriteWhen: 'DIFFERENT' },
      },
      loggingConfig: { logActions: ['FIND', 'COPY'], logActionStates: ['FAILED'] },
      ...(dependsOn.length > 0 && { dependsOn: [...dependsOn] }),
    });
  }
}

function checkHours(scope: Construct, everyHours: number): void {
  if (Token.isUnresolved(everyHours) || (Number.isInteger(everyHours) && everyHours >= 1)) return;
  const problem = `everyHours is ${everyHours}; give a whole number of hours from 1 on`;
  throw new ConstructError(scope, 'SizeInvalid', problem);
}
