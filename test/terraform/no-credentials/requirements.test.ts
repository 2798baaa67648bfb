import { providerRequirements } from '../../../terraform/no-credentials/requirements';

function stack(required: object): { terraform: object } {
  return { terraform: { required_providers: required } };
}

describe('providerRequirements', () => {
  test('lists what stacks ask for, each once and in order', () => {
    const google = { google: { source: 'hashicorp/google', version: '7.45.0' } };
    const oracle = { oci: { source: 'oracle/oci', version: '8.28.0' } };
    expect(providerRequirements([stack(oracle), stack(google), stack({ ...google, ...oracle })])).toEqual([
      { source: 'hashicorp/google', version: '7.45.0' },
      { source: 'oracle/oci', version: '8.28.0' },
    ]);
  });

  test('keeps two versions of one provider apart', () => {
    const of = (version: string) => stack({ google: { source: 'hashicorp/google', version } });
    expect(providerRequirements([of('7.45.0'), of('7.44.0')]).map(({ version }) => version)).toEqual([
      '7.44.0',
      '7.45.0',
    ]);
  });

  test.each([
    ['a version alone', { random: '3.7.0' }, { source: 'hashicorp/random', version: '3.7.0' }],
    ['no source', { random: { version: '3.7.0' } }, { source: 'hashicorp/random', version: '3.7.0' }],
    ['no version', { random: {} }, { source: 'hashicorp/random', version: undefined }],
  ])('reads a requirement with %s as Terraform does', (_, required, expected) => {
    expect(providerRequirements([stack(required)])).toEqual([expected]);
  });

  test('asks for nothing where nothing is required', () => {
    expect(providerRequirements([{}, { terraform: {} }])).toEqual([]);
  });
});
