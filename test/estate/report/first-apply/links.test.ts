import { firstApply } from '../../../../estate/report/first-apply/build';
import { isDeploy } from '../../../../estate/report/first-apply/types';
import { linkedEstate, planOf, SOME_GATEWAYS, SOME_LINKS } from '../../../helpers/linked';

const FILES = { estate: 'estate.yaml', lock: 'estate.lock.json' };
const order = firstApply(planOf(linkedEstate(SOME_LINKS), { gateways: SOME_GATEWAYS }), FILES);
const stepsOf = (cloud: string) => order.accounts.filter((one) => one.cloud === cloud).flatMap(({ steps }) => steps);
const runsOf = (cloud: string, step: string) =>
  stepsOf(cloud)
    .filter((one) => one.step === step)
    .flatMap(({ run, see }) => [...run, ...see]);

describe('the first apply of an estate with links', () => {
  test('applies the gateway of a site, takes in what it tells and the keys of its links, and goes on with their halves', () => {
    const eastus2 = stepsOf('azure').map((step) => (isDeploy(step) ? step.stack : step.step));
    const from = eastus2.indexOf('atlas-eastus2-network');
    expect(eastus2.slice(from, eastus2.indexOf('links-waiting') + 1)).toEqual([
      'atlas-eastus2-network',
      'atlas-eastus2-gateway',
      'gateway-told',
      'link-keys',
      'atlas-eastus2-iowa-eastus2-link',
      'tunnels-up',
      'links-waiting',
    ]);
    expect(runsOf('azure', 'gateway-told')).toEqual([
      'npx cdktf output atlas-eastus2-gateway --outputs-file atlas-eastus2-gateway.outputs.json',
      'npx estate exchange import atlas-eastus2-gateway.outputs.json',
      'npx estate exchange show',
    ]);
    expect(runsOf('azure', 'link-keys')).toEqual([
      'npx estate exchange keys eastus2-iowa',
      'npx estate exchange keys eastus2-phoenix',
      'npx estate exchange keys ohio-eastus2',
    ]);
  });

  test('takes in what completes a half that is made already, and has that half applied again', () => {
    const peerings = { west: { ohio: 'tgw-attach-0a1b2c3d4e5f60718' } };
    const steps = firstApply(
      planOf(linkedEstate(SOME_LINKS), { gateways: SOME_GATEWAYS, peerings }),
      FILES,
    ).accounts.flatMap((account) => (account.cloud === 'aws' ? account.steps : []));
    const runs = (step: string) =>
      steps.flatMap((one) =>
        one.step === step ? [...one.run, ...one.see].filter((line) => line.includes('west')) : [],
      );
    expect(runs('links-told')).toContain('npx estate exchange import atlas-west-oregon-link.outputs.json');
    expect(runs('links-incomplete')).toEqual([
      'npx estate show links   # peerings.west.oregon is to come, and completes atlas-west-ohio-link',
    ]);
  });

  test('puts the gateway before the network where that is led to it', () => {
    const stacks = stepsOf('oracle').flatMap((step) => (isDeploy(step) ? [step.stack] : []));
    expect(stacks.slice(1, 3)).toEqual(['atlas-phoenix-gateway', 'atlas-phoenix-network']);
  });

  test('takes in what halves tell that have addresses of their own, and what is wanted of gateways only', () => {
    expect(runsOf('aws', 'links-told')).toContain(
      'npx estate exchange import atlas-ohio-eastus2-ohio-link.outputs.json',
    );
    expect(runsOf('aws', 'links-told')).toContain(
      'npx cdk deploy atlas-hq-ohio-link --exclusively --outputs-file atlas-hq-ohio-link.outputs.json',
    );
    expect(runsOf('azure', 'links-told')).toEqual([]);
    expect(runsOf('oracle', 'gateway-told')).toEqual([]);
  });

  test('has the company set up its devices, and says how a tunnel is seen to be up', () => {
    expect(runsOf('aws', 'devices')).toEqual(['npx estate show links   # as to hq']);
    expect(runsOf('aws', 'tunnels-up')).toContain(
      `aws ec2 describe-vpn-connections --region us-east-2 --filters Name=tag:aws:cloudformation:stack-name,Values=atlas-hq-ohio-link --query 'VpnConnections[].VgwTelemetry[].[OutsideIpAddress,Status,AcceptedRouteCount]' --output text`,
    );
    expect(runsOf('google', 'tunnels-up').join()).toContain('gcloud compute vpn-tunnels list --project=atlas-train');
    expect(runsOf('oracle', 'tunnels-up').join()).toContain('oci network ip-sec-tunnel list --region us-phoenix-1');
    expect(runsOf('aws', 'peerings-up')).toHaveLength(1);
  });

  test('says at last which halves wait, and for what', () => {
    expect(runsOf('azure', 'links-waiting')).toContain(
      'npx estate show links   # atlas-ohio-eastus2-eastus2-link waits for tunnels.ohio-eastus2.ohio.169.254.21.24/30 and 3 more',
    );
  });
});
