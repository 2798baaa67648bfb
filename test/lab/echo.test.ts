import { AzureEcho } from '../../lab/echo/azure';
import { GoogleEcho } from '../../lab/echo/google';
import { OracleEcho } from '../../lab/echo/oracle';
import type { Echo, EchoAnswer } from '../../lab/echo/server';

function ask(echo: Echo, host: string, method: string, url: string, body = {}): EchoAnswer {
  const { pathname, searchParams } = new URL(`https://${host}${url}`);
  return echo.answer({ method, host, path: pathname, query: searchParams, body });
}

describe('the echo of Google', () => {
  const echo = new GoogleEcho();

  test.each([
    [
      'monitoring',
      '/v3/projects/p/alertPolicies',
      { displayName: 'a', conditions: [{ displayName: 'c' }] },
      'displayName',
    ],
    ['monitoring', '/v3/projects/p/notificationChannels', { type: 'email' }, 'type'],
    ['billingbudgets', '/v1/billingAccounts/b/budgets', { displayName: 'money' }, 'displayName'],
    ['orgpolicy', '/v2/projects/p/policies', { name: 'projects/p/policies/c', spec: { rules: [] } }, 'spec'],
  ])('%s keeps what is posted to %s, under a name that it gives', (service, url, body, member) => {
    const host = `${service}.googleapis.com`;
    const made = ask(echo, host, 'POST', url, body).body;
    const { name } = Object(made);
    expect(name).toMatch(new RegExp(`^${url.replace(/^\/v\d\//, '')}/`));
    expect(ask(echo, host, 'GET', `${url.slice(0, 4)}${name}`).body).toMatchObject({ [member]: expect.anything() });
  });

  test('logging answers a bucket by an operation, keeps a sink by its own name, and has settings', () => {
    const host = 'logging.googleapis.com';
    const made = ask(echo, host, 'POST', '/v2/projects/p/locations/l/buckets:createAsync?bucketId=b', {
      retentionDays: 90,
    });
    expect(made.body).toMatchObject({ done: true });
    expect(ask(echo, host, 'GET', '/v2/projects/p/locations/l/buckets/b').body).toMatchObject({ retentionDays: 90 });
    ask(echo, host, 'POST', '/v2/projects/p/sinks', { name: 's' });
    expect(ask(echo, host, 'GET', '/v2/projects/p/sinks/s').body).toMatchObject({ name: 's' });
    expect(ask(echo, host, 'GET', '/v2/projects/p/cmekSettings').body).toMatchObject({
      serviceAccountId: expect.any(String),
    });
    expect(ask(echo, host, 'GET', '/v2/projects/p/views')).toMatchObject({ status: 501 });
  });
});

test('the echo of Azure answers alerts and diagnostic settings as if they had been there', () => {
  const group = '/subscriptions/s/resourceGroups/g/providers';
  for (const type of ['metricAlerts/a', 'diagnosticSettings/d']) {
    const url = `${group}/Microsoft.Insights/${type}`;
    expect(ask(new AzureEcho(), 'management.azure.com', 'PUT', url, { properties: {} })).toMatchObject({ status: 200 });
  }
});

test('the echo of Oracle keeps logs in their group and answers both by work requests, topics under their own id', () => {
  const echo = new OracleEcho();
  const [logging, ons] = ['logging.us-phoenix-1.oci.oraclecloud.com', 'notification.us-phoenix-1.oci.oraclecloud.com'];
  const idOf = (made: EchoAnswer): string => {
    const work = made.headers?.['opc-work-request-id'] ?? '';
    return Object(ask(echo, logging, 'GET', `/20200531/workRequests/${work}`).body).resources[0].identifier;
  };
  const group = idOf(ask(echo, logging, 'POST', '/20200531/logGroups', { compartmentId: 'c', displayName: 'g' }));
  const log = idOf(ask(echo, logging, 'POST', `/20200531/logGroups/${group}/logs`, { displayName: 'l' }));
  const found = ask(echo, logging, 'GET', `/20200531/logGroups/${group}/logs/${log}`).body;
  expect(found).toMatchObject({ displayName: 'l', logGroupId: group, lifecycleState: 'ACTIVE' });
  const topic = Object(ask(echo, ons, 'POST', '/20181201/topics', { name: 't' }).body);
  expect(topic.topicId).toBe(topic.id);
  expect(ask(echo, ons, 'GET', `/20181201/topics/${topic.topicId}`).body).toMatchObject({ name: 't' });
});
