import { PEERS, requirePeers } from '../../cli/peers';
import { CLOUDS } from '../../estate/catalog';
import { DOCUMENTS } from '../helpers/documents';

const library = DOCUMENTS.find(({ path }) => path === 'docs/library.md')?.text;

/** What a project is told that has some packages only. */
function refusal(clouds: Parameters<typeof requirePeers>[0], installed: readonly string[]): unknown {
  try {
    requirePeers(clouds, (name) => installed.includes(name));
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('packages of clouds', () => {
  test('that are missing are named, with the command that installs them', () => {
    expect(refusal(['google'], PEERS.aws)).toMatchObject({
      message: 'stacks of Google Cloud need what is not installed: cdktf, @cdktf/provider-google',
      hint: 'npm install cdktf constructs @cdktf/provider-google',
    });
    expect(refusal(['azure', 'oracle'], ['constructs'])).toMatchObject({
      message: 'stacks of Azure and Oracle Cloud need what is not installed: cdktf, @cdktf/provider-azurerm',
      hint: 'npm install cdktf constructs @cdktf/provider-azurerm',
    });
  });

  test('are asked for by no other cloud', () => {
    for (const cloud of CLOUDS) expect([cloud, refusal([cloud], PEERS[cloud])]).toEqual([cloud, undefined]);
    expect(refusal(['aws', 'google'], [...PEERS.aws, ...PEERS.google])).toBeUndefined();
    expect(refusal(['aws', 'google'], PEERS.google)).toMatchObject({ hint: 'npm install aws-cdk-lib constructs' });
  });

  test('are there in the checkout', () => expect(() => requirePeers(CLOUDS)).not.toThrow());

  test.each(CLOUDS)('of %s are installed as docs/library.md says', (cloud) => {
    expect(library).toContain(`\`npm install training-estate ${PEERS[cloud].join(' ')}\``);
  });
});
