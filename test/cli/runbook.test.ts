import { join } from 'node:path';
import { runbookReport } from '../../cli/runbook';
import { REPORT_WIDTH } from '../../estate/report/table';
import { ROOT } from '../helpers/cli';

const ESTATE = join(ROOT, 'estate.yaml');
const clouds = (text: string) => JSON.parse(text).accounts.map(({ cloud }: { cloud: string }) => cloud);

describe('estate runbook', () => {
  test('prints the order of all clouds, or of one', () => {
    expect(clouds(runbookReport('first-apply', ESTATE, { json: true }))).toEqual([
      'aws',
      'azure',
      'azure',
      'google',
      'oracle',
    ]);
    expect(clouds(runbookReport('first-apply', ESTATE, { json: true, cloud: 'google' }))).toEqual(['google']);
  });

  test('prints text that fits a report, the same each time', () => {
    const text = runbookReport('first-apply', ESTATE, {});
    const long = text.split('\n').filter((line) => line.length > REPORT_WIDTH);
    expect(long).toEqual([]);
    expect(runbookReport('first-apply', ESTATE, {})).toBe(text);
  });

  test('fails when there is no such runbook, no such cloud, or nothing on it', () => {
    expect(() => runbookReport('first-aply', ESTATE, {})).toThrow(
      'there is no runbook "first-aply"; did you mean "first-apply"?',
    );
    expect(() => runbookReport('first-apply', ESTATE, { cloud: 'azur' })).toThrow('did you mean "azure"?');
    expect(() => runbookReport('first-apply', join(ROOT, 'examples/aws.yaml'), { cloud: 'azure' })).toThrow(
      'the estate has nothing on azure',
    );
  });
});
