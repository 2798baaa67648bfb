import { App } from 'aws-cdk-lib/core';
import fc from 'fast-check';
import { parseFragment } from '../../../estate/spec/exchange';
import { addStacks } from '../../../stacks/aws';
import { REPLICATED, replicatedPlan, SOME_REPLICATIONS } from '../../helpers/replicated';

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

interface StackTemplate {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** The templates of AWS of an estate with some replications, by the name of their stack. */
function synth(keys?: readonly string[], told?: Parameters<typeof replicatedPlan>[1]): Record<string, StackTemplate> {
  const app = new App({ context: { '@aws-cdk/core:validateAgainstDefaultRules': false } });
  addStacks(app, replicatedPlan(keys, told));
  return Object.fromEntries(app.synth().stacks.map(({ stackName, template }) => [stackName, template]));
}

const ALL = synth();
const NONE = synth([]);
const OHIO = 'atlas-ohio-storage';

function resources(stack: string, type: string, templates = ALL): readonly Resource[] {
  return Object.values(templates[stack]?.Resources ?? {}).filter(({ Type }) => Type === type);
}

/** A text of a template with a word in the place of what is known later. */
function readable(value: unknown): string {
  const { 'Fn::Join': join, 'Fn::GetAtt': attribute } = Object(value);
  if (Array.isArray(join)) return join[1].map(readable).join(join[0]);
  return Array.isArray(attribute) ? `<${attribute[0].replace(/[0-9A-F]{8}$/, '')}>` : String(value);
}

describe('stores of AWS that are copied', () => {
  test('have one rule for each native replication from them, with ranks that are their own', () => {
    const [configuration] = resources(OHIO, 'AWS::S3::Bucket').flatMap(({ Properties }) =>
      Properties.ReplicationConfiguration === undefined ? [] : [Object(Properties.ReplicationConfiguration)],
    );
    expect(configuration.Rules).toMatchObject([
      { Id: 'ohio-east', Filter: { Prefix: '' }, Destination: { Bucket: 'arn:aws:s3:::atlas-east-1' } },
      { Id: 'ohio-west', Filter: { Prefix: 'tokens/' }, Destination: { Bucket: 'arn:aws:s3:::atlas-west-1' } },
    ]);
    expect(configuration.Rules[0].Priority).not.toBe(configuration.Rules[1].Priority);
    expect(readable(configuration.Role)).toBe('<copiesohio>');
  });

  test('tell of themselves what others have to know, also while these wait for it', () => {
    for (const templates of [ALL, synth(undefined, {})]) {
      const value = readable(templates['atlas-oregon-storage']?.Outputs?.Exchange?.Value);
      expect(value).toBe('{"estate":"atlas","stores":{"west":{"id":"<storewest>","encryptionKey":"<key>"}}}');
    }
    const told = { estate: 'atlas', stores: { west: REPLICATED.stores.west } };
    expect(parseFragment(JSON.stringify(told))).toMatchObject(told);
    expect(ALL[OHIO]?.Outputs?.Exchange).toBeUndefined();
  });

  test('let in the role of another account before there is one, and nothing where the account is the same', () => {
    const statements = (stack: string, type: string, of: string) =>
      resources(stack, type).flatMap(({ Properties }) =>
        Object(Properties[of]).Statement.filter(({ Sid = '' }) => /^Replicas/.test(Sid)),
      );
    const role = 'arn:aws:iam::111122223333:role/atlas-ohio-copies';
    const [objects, ...others] = statements('atlas-virginia-storage', 'AWS::S3::BucketPolicy', 'PolicyDocument');
    expect(others).toEqual([]);
    expect(objects).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] } },
      Action: ['s3:ReplicateObject', 's3:ReplicateTags'],
      Condition: { ArnEquals: { 'aws:PrincipalArn': role } },
    });
    expect(readable(objects.Resource)).toBe('<storeeast>/*');
    const [key] = statements('atlas-virginia-storage', 'AWS::KMS::Key', 'KeyPolicy');
    expect(key).toMatchObject({
      Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
      Condition: { ArnEquals: { 'aws:PrincipalArn': role } },
    });
    expect(statements('atlas-oregon-storage', 'AWS::S3::BucketPolicy', 'PolicyDocument')).toEqual([]);
    expect(statements('atlas-oregon-storage', 'AWS::KMS::Key', 'KeyPolicy')).toEqual([]);
  });

  test('have a task of DataSync for each way to and from Google Cloud', () => {
    const tasks = resources(OHIO, 'AWS::DataSync::Task').map(({ Properties }) => Properties);
    expect(tasks.map(({ Name, Schedule }) => [Name, Object(Schedule).ScheduleExpression])).toEqual([
      ['atlas-models-ohio', 'rate(1 hour)'],
      ['atlas-ohio-iowa', 'rate(6 hours)'],
    ]);
    const ends = tasks.map(({ SourceLocationArn, DestinationLocationArn }) =>
      [SourceLocationArn, DestinationLocationArn].map(readable),
    );
    expect(ends).toEqual([
      ['<replicationmodelsohiotransferpeer>', '<replicationmodelsohiotransferbucket>'],
      ['<replicationohioiowatransferbucket>', '<replicationohioiowatransferpeer>'],
    ]);
    expect(resources('atlas-oregon-storage', 'AWS::DataSync::Task')).toEqual([]);
  });

  test('are made as before where nothing is copied', () => {
    for (const [stack, { Resources }] of Object.entries(NONE))
      for (const [id, resource] of Object.entries(Resources)) {
        if (resource.Properties.ReplicationConfiguration !== undefined) throw new Error(`${stack} ${id}`);
      }
    const types = Object.values(NONE).flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type));
    expect(types.filter((type) => type.startsWith('AWS::DataSync::'))).toEqual([]);
  });

  test('change nothing but themselves when a replication comes or goes', () => {
    const keys = Object.keys(SOME_REPLICATIONS);
    fc.assert(
      fc.property(fc.shuffledSubarray(keys), (some) => {
        const templates = synth(some);
        for (const [stack, { Resources }] of Object.entries(templates))
          for (const [id, resource] of Object.entries(Resources)) {
            // One bucket, role and policy of it hold all that S3 copies by itself; policies of its destinations their own.
            if (/^(copies|storeohio|storeeast.*Policy|key)/.test(id)) continue;
            expect([id, resource]).toEqual([id, ALL[stack]?.Resources[id]]);
          }
      }),
      { numRuns: 6 },
    );
  });

  test('keep the rank of a rule whatever other rules there are', () => {
    const ranks = (templates: Record<string, StackTemplate>) =>
      new Map<string, number>(
        resources(OHIO, 'AWS::S3::Bucket', templates).flatMap(({ Properties }) =>
          (Object(Properties.ReplicationConfiguration).Rules ?? []).map(
            ({ Id, Priority }: { Id: string; Priority: number }) => [Id, Priority],
          ),
        ),
      );
    const all = ranks(ALL);
    for (const key of ['ohio-west', 'ohio-east']) expect(ranks(synth([key])).get(key)).toBe(all.get(key));
  });
});
