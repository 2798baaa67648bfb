import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { UNPROTECT } from '../diff/lift';
import type { StacksPlan } from '../estate/plan/types';
import { stackRows } from '../estate/report/views';
import { ToolError } from './app';

/** What loses its protection: whole stacks, and single resources of stacks by their addresses. */
export type Unprotected = ReadonlyMap<string, ReadonlySet<string> | 'all'>;

/** Reads what `ESTATE_UNPROTECT` names; throws where that is no stack of the plan. */
export function unprotectedBy(value: string | undefined, plan: StacksPlan): Unprotected {
  const stacks = new Set(stackRows(plan).map(({ stack }) => stack));
  const found = new Map<string, Set<string> | 'all'>();
  const names = (value ?? '').split(',').map((each) => each.trim());
  for (const name of names.filter((each) => each !== '')) {
    const [stack = '', address] = name.split('/');
    if (!stacks.has(stack)) {
      throw new ToolError(`${UNPROTECT} names ${name}, which no stack has`, `the stacks are ${[...stacks].join(', ')}`);
    }
    const known = found.get(stack);
    if (address === undefined || known === 'all') found.set(stack, 'all');
    else found.set(stack, new Set([...(known ?? []), address]));
  }
  return found;
}

/** Which of the addresses of a stack are named; throws where one is that it does not have. */
function chosen(stack: string, addresses: readonly string[], named: ReadonlySet<string> | 'all'): readonly string[] {
  if (named === 'all') return addresses;
  const missing = [...named].find((address) => !addresses.includes(address));
  if (missing !== undefined) {
    throw new ToolError(`${UNPROTECT} names ${stack}/${missing}, which ${stack} does not have`, 'take it out');
  }
  return [...named];
}

/** What tells the parts of a CDK app, handed in so that a synthesis of the other clouds does not load it. */
export interface CdkLibrary {
  readonly CfnResource: typeof CfnResource;
  readonly RemovalPolicy: typeof RemovalPolicy;
  readonly Stack: typeof Stack;
}

/** Lifts the protection of stacks before CDK writes them down. */
export function unprotectApp(app: App, unprotected: Unprotected, cdk: CdkLibrary): void {
  for (const [name, named] of unprotected) {
    const stack = app.node.findAll().find((each): each is Stack => cdk.Stack.isStack(each) && each.stackName === name);
    if (stack === undefined) continue;
    if (named === 'all') stack.terminationProtection = false;
    const resources = stack.node.findAll().filter((each): each is CfnResource => cdk.CfnResource.isCfnResource(each));
    const byId = new Map(resources.map((each) => [String(stack.resolve(each.logicalId)), each]));
    for (const id of chosen(name, [...byId.keys()], named)) {
      const resource = byId.get(id);
      if (resource === undefined) continue;
      if (resource.cfnOptions.deletionPolicy !== undefined) resource.applyRemovalPolicy(cdk.RemovalPolicy.DESTROY);
      if ('deletionProtection' in resource && resource.deletionProtection === true) resource.deletionProtection = false;
    }
  }
}

/** A resource in a document of cdktf, as far as it is about protection. */
interface Declared {
  lifecycle?: { prevent_destroy?: boolean };
  deletion_policy?: string;
  deletion_protection?: boolean;
}

/** Lifts the protection of stacks that cdktf has written down. */
export function unprotectStacks(outdir: string, unprotected: Unprotected): void {
  const manifest: { readonly stacks: Readonly<Record<string, { readonly synthesizedStackPath: string } | undefined>> } =
    JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
  for (const [name, named] of unprotected) {
    const written = manifest.stacks[name];
    if (written === undefined) continue;
    const file = join(outdir, written.synthesizedStackPath);
    const document: { readonly resource?: Readonly<Record<string, Readonly<Record<string, Declared>>>> } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    const resources = new Map(
      Object.entries(document.resource ?? {}).flatMap(([type, members]) =>
        Object.entries(members).map(([id, resource]) => [`${type}.${id}`, resource]),
      ),
    );
    for (const address of chosen(name, [...resources.keys()], named)) unprotect(resources.get(address));
    writeFileSync(file, JSON.stringify(document, undefined, 2));
  }
}

function unprotect(resource: Declared | undefined): void {
  if (resource === undefined) return;
  delete resource.lifecycle?.prevent_destroy;
  if (resource.deletion_policy === 'PREVENT') resource.deletion_policy = 'DELETE';
  if (resource.deletion_protection === true) resource.deletion_protection = false;
}
