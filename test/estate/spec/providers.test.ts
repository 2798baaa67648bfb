import { filesOf } from '../../../estate/spec/files';
import { parseEstate } from '../../../estate/spec/load';
import { BASE, findingsIn } from './fixtures';

const text = (providers: string) =>
  `${JSON.stringify(BASE, undefined, 1).replace(/\n\}$/, '')},\n"providers": ${providers}\n}`;

describe('releases of providers', () => {
  test.each([
    [
      '{ azurerm: 5.2 }',
      'WrongType',
      '5.2 is a number; text is expected',
      'it must be the three numbers of a release, such as 5.2.0',
    ],
    ['{ azurerm: "5.2" }', 'InvalidValue', '"5.2" must be the three numbers of a release', 'for example "5.2.0"'],
    [
      '{ azurerm: 5 }',
      'WrongType',
      '5 is a number; text is expected',
      'it must be the three numbers of a release, such as 5.2.0',
    ],
    ['{ azurerm: ~> 5.0 }', 'InvalidValue', '"~> 5.0" must be the three numbers of a release', 'for example "5.2.0"'],
    [
      '{ azurerm: 6.0.0 }',
      'ProviderRelease',
      expect.stringContaining('recorded: 4.81.0 (the default), 5.2.0'),
      expect.any(String),
    ],
  ])('%s is refused as %s', (providers, code, message, hint) => {
    const found = findingsIn(text(providers));
    expect(found).toMatchObject([{ code, path: 'providers.azurerm', message, hint, at: { file: 'estate.yaml' } }]);
    expect(text(providers).split('\n')[(found[0]?.at?.line ?? 0) - 1]).toContain('providers');
  });

  test('of a provider that does not exist are refused with those that do', () => {
    expect(findingsIn(text('{ azure: 5.2.0, aws: 6.0.0 }'))).toMatchObject([
      { code: 'UnknownKey', path: 'providers.azure', hint: 'allowed here: azurerm, google, oci' },
      { code: 'UnknownKey', path: 'providers.aws' },
    ]);
  });

  test('of a cloud that the estate does not use are taken, so that a common file can name all of them', () => {
    const file = `estate: v1
name: small
owner: { team: training, email: training@example.com }
accounts:
  main: { cloud: aws, accountId: "111122223333", access: { administrators: ["arn:aws:iam::111122223333:role/platform"] } }
sites:
  ohio: { account: main, region: us-east-2, zones: [us-east-2a] }
stores:
  data: { kind: object, site: ohio }
providers: { azurerm: 5.2.0, google: 7.45.0 }
`;
    expect(findingsIn(file)).toEqual([]);
  });

  test('are taken over by a variant, which may choose others or take one out', () => {
    const chosen = (own: string) => {
      const parts = [{ path: 'estate.yaml', name: 'estate.yaml', text: text('{ azurerm: 5.2.0, oci: 8.28.0 }') }];
      const file = `extends: estate.yaml\nname: atlas-dev\n${own}`;
      return parseEstate(file, 'estate.dev.yaml', filesOf(parts)).estate.providers;
    };
    expect(chosen('')).toEqual({ azurerm: '5.2.0', oci: '8.28.0' });
    expect(chosen('providers: { azurerm: 4.81.0 }')).toEqual({ azurerm: '4.81.0', oci: '8.28.0' });
    expect(chosen('providers: { azurerm: null }')).toEqual({ oci: '8.28.0' });
    expect(chosen('providers: null')).toBeUndefined();
  });
});
