import { Template } from 'aws-cdk-lib/assertions';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { Cluster, ConstructError, EncryptionKey, Network, type NetworkProps } from '../../../constructs/aws';
import { machine, subnets } from '../../stacks/aws/fixture';

/** An empty stack with an account and a region. */
export function emptyStack(): Stack {
  return new Stack(new App(), 'stack', { env: { account: '111122223333', region: 'us-east-1' } });
}

/** A network of two zones of the region and a Local Zone. */
export function network(stack: Stack, changes: Partial<NetworkProps> = {}): Network {
  return new Network(stack, 'network', {
    name: 'dallas',
    zones: ['us-east-1a', 'us-east-1b', 'us-east-1-dfw-2a'],
    cidrs: ['10.64.0.0/16'],
    subnets: subnets(),
    ...changes,
  });
}

/** A stack with a network, a key and a cluster. */
export function clusterScene(changes: Partial<NetworkProps> = {}): {
  stack: Stack;
  network: Network;
  encryptionKey: EncryptionKey;
  cluster: Cluster;
} {
  const stack = emptyStack();
  const encryptionKey = new EncryptionKey(stack, 'key', { name: 'dallas' });
  const made = network(stack, changes);
  const cluster = new Cluster(stack, 'cluster', {
    name: 'dallas',
    network: made,
    version: '1.35',
    serviceCidr: '172.20.0.0/16',
    systemPool: { machine: machine('m7i.4xlarge'), nodeCount: 3 },
    encryptionKey,
    clusterAdmins: ['arn:aws:iam::111122223333:role/platform'],
    tags: { estate: 'atlas', team: 'frontier-training' },
  });
  return { stack, network: made, encryptionKey, cluster };
}

/** The code with which constructs refuse something; undefined when they do not. */
export function codeOf(build: () => unknown): string | undefined {
  try {
    build();
  } catch (error) {
    if (error instanceof ConstructError) return error.code;
    throw error;
  }
  return undefined;
}

/** The types of everything that a stack makes, sorted. */
export function typesOf(stack: Stack): string[] {
  return stack.node
    .findAll()
    .filter(CfnResource.isCfnResource)
    .map(({ cfnResourceType }) => cfnResourceType)
    .sort();
}

/** The properties of every resource of a type, by logical id. */
export function propertiesOf(stack: Stack, type: string): Record<string, Record<string, unknown>> {
  const found: Record<string, { Properties?: Record<string, unknown> }> = Template.fromStack(stack).findResources(type);
  return Object.fromEntries(Object.entries(found).map(([id, { Properties = {} }]) => [id, Properties]));
}
