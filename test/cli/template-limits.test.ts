import { checkTemplates, type TemplateText } from '../../cli/template-limits';
import { AWS_TEMPLATE_LIMITS } from '../../estate/catalog/aws';
import { EstateError } from '../../estate/diagnostics';
import { datasets, onDemandPool, plan, scratch, shard, site } from '../stacks/aws/fixture';

const PLAN = plan([shard([onDemandPool(8)])], [site({ stores: [datasets, { ...scratch, stack: 2 }] })]);

/** A template with as many entries; padded to a number of bytes. */
function template(stack: string, resources: number, outputs = 0, bytes = 0): TemplateText {
  const entries = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, 1]));
  const text = JSON.stringify({ Resources: entries(resources), Outputs: entries(outputs) });
  return { stack, text: text.padEnd(bytes) };
}

function refusals(...templates: TemplateText[]) {
  try {
    checkTemplates([{ templates, plan: PLAN }]);
  } catch (error) {
    if (error instanceof EstateError) return { exitCode: error.exitCode, found: error.diagnostics };
    throw error;
  }
  return undefined;
}

describe('the limits of templates', () => {
  test('are those of CloudFormation', () => {
    expect(Object.entries(AWS_TEMPLATE_LIMITS).map(([what, { value }]) => [what, value])).toEqual([
      ['resources', 500],
      ['outputs', 200],
      ['bytes', 1_000_000],
    ]);
  });

  test('let templates pass that are as large as may be', () => {
    expect(refusals(template('atlas-dallas-storage', 500, 200, 1_000_000))).toBeUndefined();
  });

  test.each([
    [
      template('atlas-dallas-storage', 501),
      'sites.dallas',
      '501 resources, CloudFormation takes 500',
      'take stores out',
    ],
    [template('atlas-dallas-storage-2', 501), 'sites.dallas', '501 resources, CloudFormation takes 500', 'with room'],
    [template('atlas-dallas-network', 9, 201), 'sites.dallas', '201 outputs, CloudFormation takes 200', 'fewer zones'],
    [
      template('atlas-dallas-gb200-cluster', 9, 1, 1_000_001),
      'clusters.dallas-gb200',
      '1,000,001 bytes, CloudFormation takes 1,000,000',
      'mount fewer stores in it, or move pools to another cluster',
    ],
    [template('atlas-main-foundation', 501), 'accounts.main', '501 resources', 'spread its sites over accounts'],
  ])('refuse %o', (one, path, says, way) => {
    expect(refusals(one)).toEqual({
      exitCode: 3,
      found: [
        expect.objectContaining({
          code: 'StackTooLarge',
          path,
          message: expect.stringContaining(`stack ${one.stack} has ${says}`),
          hint: expect.stringContaining(way),
        }),
      ],
    });
  });

  test('are told for every stack and number at once', () => {
    expect(refusals(template('atlas-dallas-storage', 501, 201), template('own', 501))?.found).toHaveLength(3);
  });
});
