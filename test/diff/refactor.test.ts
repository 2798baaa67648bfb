import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareCloudFormation, refactorInput, refactorsBetween, type StackRefactor } from '../../diff';
import { withFolder } from '../helpers/synth';
import { writeTemplates } from './documents';

type Template = Readonly<Record<string, unknown>>;

/** A pool whose template and group refer to each other, under ids that begin with a word. */
function pool(word: string, { nodes = 4, name = 'train' } = {}): Record<string, unknown> {
  return {
    [`${word}Template`]: {
      Type: 'AWS::EC2::LaunchTemplate',
      Properties: { TagSpecifications: [{ Tags: [{ Key: 'Name', Value: name }] }] },
      Metadata: { 'aws:cdk:path': `stack/${word}/template` },
    },
    [`${word}Group`]: {
      Type: 'AWS::EKS::Nodegroup',
      DeletionPolicy: 'Retain',
      DependsOn: [`${word}Template`, 'Cluster'],
      Properties: {
        ClusterName: { Ref: 'Cluster' },
        LaunchTemplate: {
          Id: { Ref: `${word}Template` },
          Version: { 'Fn::GetAtt': [`${word}Template`, 'LatestVersionNumber'] },
        },
        Labels: { template: { 'Fn::Sub': `\${${word}Template}-\${AWS::Region}` } },
        ScalingConfig: { DesiredSize: nodes },
      },
    },
  };
}

function stack(...parts: Record<string, unknown>[]): Template {
  return {
    Resources: {
      Cluster: { Type: 'AWS::EKS::Cluster', Properties: { Version: '1.35' } },
      ...Object.assign({}, ...parts),
    },
    Outputs: { group: { Value: { Ref: 'oldGroup' } } },
  };
}

/** What changes ids between two versions of one stack, and what the comparison says once it is done. */
function compare(before: Template, after: Template) {
  return withFolder((folder) => {
    const [old, now] = [join(folder, 'old'), join(folder, 'new')];
    writeTemplates(old, { stack: before });
    writeTemplates(now, { stack: after });
    const refactors = refactorsBetween(old, now);
    const [change] = compareCloudFormation(old, now, refactors);
    return { refactors, changes: change?.changes ?? [] };
  });
}

function renamesOf([refactor]: readonly StackRefactor[]): string[] {
  return (refactor?.renamed ?? []).map(({ from, to }) => `${from} -> ${to}`);
}

describe('stack refactors', () => {
  test('give resources that are the same their other ids, and nothing is made anew', async () => {
    const { refactors, changes } = await compare(stack(pool('old')), stack(pool('new')));
    expect(renamesOf(refactors)).toEqual(['oldTemplate -> newTemplate', 'oldGroup -> newGroup']);
    expect(changes).toEqual([]);
  });

  test('change nothing of the template that is deployed but ids', async () => {
    const { refactors } = await compare(stack(pool('old')), stack(pool('new')));
    const wanted: { Resources: Record<string, object> } = JSON.parse(
      JSON.stringify(stack(pool('old')))
        .replaceAll('oldTemplate', 'newTemplate')
        .replaceAll('oldGroup', 'newGroup'),
    );
    expect(refactors[0]?.template).toEqual(wanted);
  });

  test('leave out what is changed as well, so that its loss is told', async () => {
    const { refactors, changes } = await compare(stack(pool('old')), stack(pool('new', { nodes: 8 })));
    expect(renamesOf(refactors)).toEqual(['oldTemplate -> newTemplate']);
    expect(changes.map(({ action, address }) => `${action} ${address}`).sort()).toEqual([
      'created newGroup',
      'kept oldGroup',
    ]);
  });

  test('leave out what cannot be told apart', async () => {
    const twins = (word: string) => [pool(`${word}One`), pool(`${word}Two`)];
    const { refactors } = await compare(stack(...twins('old')), stack(...twins('new')));
    expect(refactors).toEqual([]);
    const named = (word: string) => [pool(`${word}One`), pool(`${word}Two`, { name: 'other' })];
    const apart = await compare(stack(...named('old')), stack(...named('new')));
    expect(renamesOf(apart.refactors).sort()).toEqual([
      'oldOneGroup -> newOneGroup',
      'oldOneTemplate -> newOneTemplate',
      'oldTwoGroup -> newTwoGroup',
      'oldTwoTemplate -> newTwoTemplate',
    ]);
  });

  test('are none where no id changes, or the stack is another one', async () => {
    expect((await compare(stack(pool('old')), stack(pool('old', { nodes: 8 })))).refactors).toEqual([]);
    const elsewhere = await withFolder((folder) => {
      const [old, now] = [join(folder, 'old'), join(folder, 'new')];
      mkdirSync(folder, { recursive: true });
      writeTemplates(old, { stack: stack(pool('old')) });
      writeTemplates(now, { stack: stack(pool('new')) }, 'aws://111122223333/us-west-2');
      return refactorsBetween(old, now);
    });
    expect(elsewhere).toEqual([]);
  });

  test('are written as the AWS command line reads them', async () => {
    const { refactors } = await compare(stack(pool('old')), stack(pool('new')));
    const [refactor] = refactors;
    if (refactor === undefined) throw new Error('no refactor');
    expect(refactorInput(refactor)).toEqual({
      Description: 'Other logical ids in stack',
      EnableStackCreation: false,
      StackDefinitions: [{ StackName: 'stack', TemplateBody: JSON.stringify(refactor.template) }],
      ResourceMappings: [
        {
          Source: { StackName: 'stack', LogicalResourceId: 'oldTemplate' },
          Destination: { StackName: 'stack', LogicalResourceId: 'newTemplate' },
        },
        {
          Source: { StackName: 'stack', LogicalResourceId: 'oldGroup' },
          Destination: { StackName: 'stack', LogicalResourceId: 'newGroup' },
        },
      ],
    });
    expect(refactorInput(refactor, 'https://one')).toMatchObject({
      StackDefinitions: [{ StackName: 'stack', TemplateURL: 'https://one' }],
    });
  });
});
