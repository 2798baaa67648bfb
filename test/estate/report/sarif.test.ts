import { toSarif } from '../../../estate/report/sarif';
import { parseEstate } from '../../../estate/spec/load';
import { RULES } from '../../../estate/spec/rules';
import { estateText, findingsIn } from '../spec/fixtures';

const found = findingsIn(estateText({ 'sites.ohio.account': 'aws-mian', 'owner.email': 'nobody' }));

test('places each finding and describes the rules that found something', () => {
  expect(toSarif(found, RULES)).toMatchObject({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { rules: [{ id: 'UnknownReference', defaultConfiguration: { level: 'error' } }] } },
        results: [
          {
            ruleId: 'InvalidValue',
            level: 'error',
            message: { text: expect.stringMatching(/^owner\.email: "nobody"/) },
          },
          {
            ruleId: 'UnknownReference',
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: 'estate.yaml' },
                  region: { startLine: 62, startColumn: 18, endColumn: 28 },
                },
              },
            ],
          },
        ],
      },
    ],
  });
});

test('keeps findings without a place', () => {
  const missing = { code: 'FileMissing', severity: 'error', path: '', message: 'a b.yaml does not exist' } as const;
  expect(toSarif([missing], RULES)).toMatchObject({
    runs: [{ results: [{ ruleId: 'FileMissing', message: { text: 'a b.yaml does not exist' } }] }],
  });
});

test('shows accepted warnings as suppressed, with the reason', () => {
  const { acknowledged } = parseEstate(estateText(), 'estate.yaml');
  expect(toSarif([], RULES, acknowledged)).toMatchObject({
    runs: [
      {
        tool: { driver: { rules: [{ id: 'RestrictedMachine' }] } },
        results: acknowledged.map(() => ({
          ruleId: 'RestrictedMachine',
          suppressions: [{ kind: 'inSource', justification: 'approved' }],
        })),
      },
    ],
  });
  expect(acknowledged).toHaveLength(3);
});
