import { deployOrder, type OrderedStack } from '../../diff/order';
import type { Action, OutputChange } from '../../diff/types';
import { resourceChange } from '../helpers/changes';

function stack(name: string, dependsOn: string[], actions: Action[], more: Partial<OrderedStack> = {}): OrderedStack {
  return {
    stack: name,
    tool: 'cdktf',
    dependsOn,
    changes: actions.map((action) => resourceChange({ action })),
    outputs: [],
    isLeft: false,
    refused: [],
    ...more,
  };
}

const output = (kind: OutputChange['change'], reader: string): OutputChange => ({
  name: 'o',
  change: kind,
  readers: [reader],
  staying: [],
});
const cdk = (name: string, dependsOn: string[], outputs: OutputChange[], more: Partial<OrderedStack> = {}) =>
  stack(name, dependsOn, ['updated'], { tool: 'cdk', outputs, ...more });

describe('the order in which stacks can be deployed', () => {
  test('is the usual one where nothing is removed below what is used', () => {
    const stacks = [stack('network', [], ['created', 'destroyed']), stack('storage', ['network'], ['created'])];
    expect(deployOrder(stacks, 'base')).toEqual({ commands: [], stuck: [] });
  });

  test('goes down through the layers when each removes something', () => {
    const stacks = [
      stack('network', [], ['destroyed']),
      stack('storage', ['network'], ['destroyed']),
      stack('cluster', ['storage'], ['destroyed']),
    ];
    expect(deployOrder(stacks, 'base').commands).toEqual([
      'npx cdktf deploy cluster --ignore-missing-stack-dependencies',
      'npx cdktf deploy storage --ignore-missing-stack-dependencies',
      'npx cdktf deploy network',
    ]);
  });

  test('takes halves of links down before the gateway that they lead through, and after each other where one is made from the other', () => {
    const left = (name: string, below: string[], more: Partial<OrderedStack> = {}) =>
      stack(name, below, ['kept'], { isLeft: true, isOfLinks: true, ...more });
    const stacks = [
      stack('network', ['gateway'], ['updated', 'destroyed']),
      left('gateway', []),
      left('asking', ['gateway'], { goneAfter: ['accepting'] }),
      left('accepting', ['gateway']),
    ];
    const remark = '  # with the estate of base: destroys all that is in it';
    expect(deployOrder(stacks, 'base').commands).toEqual([
      'npx cdktf deploy network --ignore-missing-stack-dependencies',
      `npx cdktf destroy accepting${remark}`,
      `npx cdktf destroy asking${remark}`,
      `npx cdktf destroy gateway --ignore-missing-stack-dependencies${remark}`,
    ]);
  });

  test('is the usual one where nothing else stands on what is removed', () => {
    const subscription = (action: Action) => resourceChange({ action, type: 'oci_ons_subscription' });
    const moved = { changes: [subscription('destroyed'), subscription('created')] };
    const stacks = [stack('foundation', [], [], moved), stack('cluster', ['foundation'], [], moved)];
    expect(deployOrder(stacks, 'base')).toEqual({ commands: [], stuck: [] });
  });

  test('sees dependencies through stacks that do not change', () => {
    const stacks = [
      stack('network', [], ['destroyed']),
      stack('storage', ['network'], []),
      stack('cluster', ['storage'], ['destroyed']),
    ];
    expect(deployOrder(stacks, 'base').commands).toEqual([
      'npx cdktf deploy cluster --ignore-missing-stack-dependencies',
      'npx cdktf deploy network',
    ]);
  });

  test('takes down what left the estate only where it stands in the way', () => {
    const left = stack('cluster', ['network'], ['kept'], { isLeft: true });
    expect(deployOrder([stack('network', [], ['destroyed']), left], 'old.yaml').commands).toEqual([
      'npx cdktf destroy cluster  # with the estate of old.yaml: destroys all that is in it',
      'npx cdktf deploy network',
    ]);
    expect(deployOrder([stack('network', [], ['updated']), left], 'old.yaml').commands).toEqual([]);
    const beside = [
      stack('other-network', [], ['kept'], { isLeft: true }),
      stack('other-cluster', ['other-network'], ['kept'], { isLeft: true }),
    ];
    const above = stack('apps', ['cluster'], ['kept'], { isLeft: true });
    expect(
      deployOrder([stack('network', [], ['destroyed']), left, above, ...beside], 'old.yaml').commands.map((command) =>
        command.split(' ').slice(2, 4).join(' '),
      ),
    ).toEqual(['destroy apps', 'destroy cluster', 'deploy network']);
    const site = [stack('network', [], ['kept'], { isLeft: true }), left];
    expect(deployOrder(site, 'old.yaml').commands).toEqual([]);
    const account = [
      stack('foundation', [], ['destroyed']),
      ...site.map((each) => ({ ...each, dependsOn: [...each.dependsOn, 'foundation'] })),
    ];
    expect(
      deployOrder(account, 'old.yaml').commands.map((command) => command.split(' ').slice(2, 4).join(' ')),
    ).toEqual(['destroy cluster', 'destroy network', 'deploy foundation']);
  });

  test('begins with what has to be without protection before anything else is deployed', () => {
    const lift = (names: string, isRunning: boolean, isInFiles: boolean) => ({
      lift: { names, isRunning, isInFiles, notes: [`# of ${names}`], first: [`empty ${names}`] },
    });
    const stacks = [
      stack('network', [], ['created']),
      stack('storage', ['network'], ['replaced'], lift('storage/a.b', true, true)),
      stack('cluster', ['storage'], ['updated']),
      cdk('aws-cluster', [], []),
    ];
    expect(deployOrder(stacks, 'old.yaml').commands).toEqual([
      'ESTATE_UNPROTECT=storage/a.b npx cdktf deploy storage --ignore-missing-stack-dependencies  # with the estate of old.yaml',
      'npx cdktf deploy network',
      '# of storage/a.b',
      'empty storage/a.b',
      'ESTATE_UNPROTECT=storage/a.b npx cdktf deploy storage --ignore-missing-stack-dependencies',
      'npx cdktf deploy cluster --ignore-missing-stack-dependencies',
    ]);
    const removed = cdk('storage', ['network'], [], lift('storage/A', true, false));
    expect(deployOrder([removed], 'old.yaml').commands).toEqual([
      'ESTATE_UNPROTECT=storage/A npx cdk deploy storage --exclusively  # with the estate of old.yaml',
      '# of storage/A',
      'empty storage/A',
      'npx cdk deploy storage --exclusively',
    ]);
    const left = stack('cluster', ['network'], ['kept'], { isLeft: true, ...lift('cluster', false, true) });
    expect(deployOrder([left], 'old.yaml').commands).toEqual([]);
    expect(deployOrder([stack('network', [], ['destroyed']), left], 'old.yaml').commands).toEqual([
      '# of cluster',
      'empty cluster',
      'ESTATE_UNPROTECT=cluster npx cdktf destroy cluster  # with the estate of old.yaml: destroys all that is in it',
      'npx cdktf deploy network',
    ]);
  });

  test('is stuck where the lower stack adds what the higher one needs and removes what it uses', () => {
    const stacks = [
      stack('network', [], ['created', 'destroyed']),
      stack('storage', ['network'], ['created', 'destroyed']),
    ];
    expect(deployOrder(stacks, 'base')).toEqual({ commands: [], stuck: [['network', 'storage']] });
  });

  test('is stuck by what the lower stack replaces too, but only where both add and both remove', () => {
    const stuckOf = (lower: Action[], upper: Action[], more: Partial<OrderedStack> = {}) =>
      deployOrder([stack('network', [], lower), stack('storage', ['network'], upper, more)], 'base').stuck;
    expect(stuckOf(['replaced', 'destroyed'], ['created', 'destroyed'])).toEqual([['network', 'storage']]);
    expect(stuckOf(['created', 'destroyed'], ['destroyed'])).toEqual([]);
    expect(stuckOf(['destroyed'], ['created', 'destroyed'])).toEqual([]);
    // What left the estate needs nothing any more.
    expect(stuckOf(['created', 'destroyed'], ['created', 'destroyed'], { isLeft: true })).toEqual([]);
  });

  test('is the usual one on AWS where an export is only added', () => {
    const stacks = [cdk('network', [], [output('added', 'storage')]), cdk('storage', ['network'], [])];
    expect(deployOrder(stacks, 'base')).toEqual({ commands: [], stuck: [] });
  });

  test('follows exports on AWS, whatever else is removed', () => {
    const removing = cdk('network', [], [output('removed', 'cluster')]);
    expect(deployOrder([removing, cdk('cluster', ['network'], [])], 'base').commands).toEqual([
      'npx cdk deploy cluster --exclusively',
      'npx cdk deploy network --exclusively',
    ]);
    const gone = stack('cluster', ['network'], ['kept'], { tool: 'cdk', isLeft: true });
    expect(deployOrder([removing, gone], 'base').commands).toEqual([
      'npx cdk destroy cluster  # with the estate of base: destroys all that is in it',
      'npx cdk deploy network --exclusively',
    ]);
    const silent = cdk('network', [], [output('removed', 'other')], {
      changes: [resourceChange({ action: 'destroyed' })],
    });
    expect(deployOrder([silent, cdk('cluster', ['network'], [])], 'base').commands).toEqual([]);
    const both = cdk('network', [], [output('removed', 'cluster'), output('added', 'cluster')]);
    expect(deployOrder([both, cdk('cluster', ['network'], [])], 'base').stuck).toEqual([['network', 'cluster']]);
  });

  test('lists the stacks of the tool that is turned round, and no others', () => {
    const stacks = [
      cdk('aws-network', [], []),
      stack('network', [], ['destroyed']),
      stack('storage', ['network'], ['destroyed']),
    ];
    expect(deployOrder(stacks, 'base').commands.join('\n')).not.toContain('aws-network');
  });
});
