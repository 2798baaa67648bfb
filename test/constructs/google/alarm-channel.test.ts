import { AlarmChannel } from '../../../constructs/google';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { newCluster, newStack } from './support';

describe('AlarmChannel', () => {
  const stack = newStack();
  const channel = new AlarmChannel(stack, 'owner', {
    name: 'atlas-research',
    projectId: 'test-train',
    email: 'research@example.com',
    tags: { team: 'Research' },
  });
  newCluster(stack, { alarms: channel });
  const json = synthStack(stack);

  test('has the notification channel as its default child', () => {
    expect(channel.node.defaultChild).toMatchObject({
      terraformResourceType: 'google_monitoring_notification_channel',
    });
    expect(channel.dependables).toEqual([channel.node.defaultChild]);
  });

  test('mails to its address', () => {
    expect(onlyResource(json, 'google_monitoring_notification_channel')).toEqual({
      project: 'test-train',
      display_name: 'atlas-research',
      type: 'email',
      labels: { email_address: 'research@example.com' },
      user_labels: { team: 'research' },
    });
  });

  test('is where alarms go that are given it', () => {
    const [id] = Object.keys(resourcesOf(json, 'google_monitoring_notification_channel'));
    const alarms = Object.values(resourcesOf(json, 'google_monitoring_alert_policy'));
    expect(alarms.map(({ notification_channels }) => notification_channels)).toEqual(
      Array(2).fill([`\${google_monitoring_notification_channel.${id}.name}`]),
    );
  });

  test('fails when it has no name', () => {
    const props = { name: '1', projectId: 'test-train', email: 'research@example.com' };
    expect(() => new AlarmChannel(newStack(), 'owner', props)).toThrow(/name of the channel is "1".*\[NameInvalid\]/);
  });
});
