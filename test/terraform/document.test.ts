import { relocate } from '../../terraform/document';

describe('a document in the scratch folder', () => {
  test('has something in the place of secrets that are said when it is applied', () => {
    const key = { type: 'string', sensitive: true, nullable: false };
    const { variable } = relocate({ variable: { key } }, new Map());
    expect(variable).toEqual({ key: { ...key, default: expect.stringMatching(/^[A-Z][A-Za-z0-9]{31,}$/) } });
  });

  test('keeps every other variable as it is', () => {
    const variable = {
      said: { type: 'string' },
      optional: { type: 'string', sensitive: true, default: null },
      many: { type: 'list(string)', sensitive: true },
    };
    expect(relocate({ variable }, new Map()).variable).toEqual(variable);
    expect(relocate({}, new Map())).not.toHaveProperty('variable');
  });
});
