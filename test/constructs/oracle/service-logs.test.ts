import { TerraformElement } from '../../../constructs/cdktf';
import { LOG_SOURCES, ServiceLogs, type ServiceLogsProps } from '../../../constructs/oracle/service-logs';
import { onlyResource, resourcesOf, synthStack } from '../../helpers/terraform';
import { COMPARTMENT, newStack } from './scene';

function logsOf(props: Partial<ServiceLogsProps> = {}) {
  const stack = newStack();
  const logs = new ServiceLogs(stack, 'logs', {
    name: 'atlas-datasets-access',
    compartmentId: COMPARTMENT,
    source: LOG_SOURCES.objectStore,
    resource: 'atlas-datasets-1a2b3c4d',
    retentionDays: 90,
    deletionProtection: true,
    ...props,
  });
  return { stack, logs };
}

describe('oracle ServiceLogs', () => {
  test('has the log group as its default child', () => {
    expect(logsOf().logs.node.defaultChild).toBeInstanceOf(TerraformElement);
  });

  test('keeps a log of each category in a group of its own', () => {
    const json = synthStack(logsOf({ tags: { team: 'training' } }).stack);
    expect(onlyResource(json, 'oci_logging_log_group')).toMatchObject({
      compartment_id: COMPARTMENT,
      display_name: 'atlas-datasets-access',
      freeform_tags: { team: 'training' },
    });
    const log = (category: string) => ({
      log_group_id: expect.stringMatching(/^\$\{oci_logging_log_group\.logs_\w+\.id\}$/),
      display_name: `atlas-datasets-access-${category}`,
      log_type: 'SERVICE',
      is_enabled: true,
      retention_duration: 90,
      freeform_tags: { team: 'training' },
      lifecycle: { prevent_destroy: true },
      configuration: {
        compartment_id: COMPARTMENT,
        source: {
          source_type: 'OCISERVICE',
          service: 'objectstorage',
          category,
          resource: 'atlas-datasets-1a2b3c4d',
        },
      },
    });
    expect(Object.values(resourcesOf(json, 'oci_logging_log'))).toEqual([log('read'), log('write')]);
  });

  test.each([true, false])('refuses to be destroyed where that is asked for: %s', (deletionProtection) => {
    const json = synthStack(logsOf({ deletionProtection }).stack);
    const made = [onlyResource(json, 'oci_logging_log_group'), ...Object.values(resourcesOf(json, 'oci_logging_log'))];
    expect(made.map(({ lifecycle }) => lifecycle)).toEqual(
      Array(3).fill(deletionProtection ? { prevent_destroy: true } : undefined),
    );
  });

  test.each([30, 60, 180])('keeps them for %d days', (retentionDays) => {
    expect(() => logsOf({ retentionDays })).not.toThrow();
  });

  test.each([0, -30, 45, 210, 30.5, Number.NaN])('fails when they are to be kept for %d days', (retentionDays) => {
    expect(() => logsOf({ retentionDays })).toThrow(
      `logs are kept for ${retentionDays} days; use a multiple of 30 up to 180 [RetentionInvalid]`,
    );
  });
});
