import { MonitoringNotificationChannel } from '@cdktf/provider-google/lib/monitoring-notification-channel';
import { Construct } from 'constructs';
import type { Tags } from '../../estate/units';
import type { ITerraformDependable } from '../cdktf';
import { checkName } from './checks';
import { resourceTags } from './names';

/** Options of an {@link AlarmChannel}. */
export interface AlarmChannelProps {
  /** What the channel is called where alarms are looked at. */
  readonly name: string;
  /** Project of the channel, which is that of the alarms. */
  readonly projectId: string;
  /** Address that alarms are mailed to. */
  readonly email: string;
  /** Labels of the channel. @default - none */
  readonly tags?: Tags;
  /** What has to exist before it, such as the API that it is made with. @default - nothing */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** Who is told of alarms: an address, as Cloud Monitoring knows it. */
export class AlarmChannel extends Construct {
  /** `projects/…/notificationChannels/…`; known after it exists. */
  readonly notificationChannel: string;
  /** What has to exist before alarms go to it. */
  readonly dependables: readonly ITerraformDependable[];

  /** @throws ConstructError with `NameInvalid` or `TagInvalid` when a prop cannot be right */
  constructor(scope: Construct, id: string, props: AlarmChannelProps) {
    super(scope, id);
    checkName(this, 'name of the channel', props.name);
    const channel = new MonitoringNotificationChannel(this, 'Resource', {
      project: props.projectId,
      displayName: props.name,
      type: 'email',
      labels: { email_address: props.email },
      userLabels: resourceTags(this, props.tags),
      dependsOn: props.dependsOn === undefined ? undefined : [...props.dependsOn],
    });
    this.notificationChannel = channel.name;
    this.dependables = [channel];
  }
}
