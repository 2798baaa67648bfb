import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type JsonObject, memberOf } from '../terraform/document';

/** One stack of a CloudFormation assembly. */
export interface CloudFormationStackModel {
  readonly stack: string;
  readonly template: JsonObject;
  /** Account and region, such as `aws://111122223333/us-east-1`. */
  readonly environment: string;
  /** Stacks that are deployed before it. */
  readonly dependsOn: readonly string[];
  /** Whether CloudFormation refuses to delete it. */
  readonly isTerminationProtected: boolean;
  /** Construct paths below the stack by logical id. */
  readonly paths: ReadonlyMap<string, string>;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Construct paths by logical id, from what CDK writes down about each construct. */
function pathsOf(metadata: JsonObject): Map<string, string> {
  const paths = new Map<string, string>();
  for (const [path, entries] of Object.entries(metadata)) {
    for (const entry of Array.isArray(entries) ? entries : []) {
      if (!isJsonObject(entry) || entry.type !== 'aws:cdk:logicalId' || typeof entry.data !== 'string') continue;
      paths.set(entry.data, path.split('/').slice(2).join('/'));
    }
  }
  return paths;
}

/** Reads the stacks of a CloudFormation assembly, each after those it depends on; none when CDK wrote nothing. */
export function readCloudFormationModels(outdir: string): CloudFormationStackModel[] {
  const file = join(outdir, 'manifest.json');
  if (!existsSync(file)) return [];
  const artifacts = memberOf(readJson(file), 'artifacts');
  const models = new Map<string, CloudFormationStackModel>();
  const visited = new Set<string>();
  const add = (name: string): void => {
    const artifact = memberOf(artifacts, name);
    if (visited.has(name) || artifact.type !== 'aws:cloudformation:stack') return;
    visited.add(name);
    const dependencies = Array.isArray(artifact.dependencies) ? artifact.dependencies.map(String) : [];
    for (const dependency of dependencies) add(dependency);
    const template = readJson(join(outdir, String(memberOf(artifact, 'properties').templateFile)));
    const extra = artifact.additionalMetadataFile;
    const written = typeof extra === 'string' ? readJson(join(outdir, extra)) : {};
    models.set(name, {
      stack: name,
      template: isJsonObject(template) ? template : {},
      environment: String(artifact.environment),
      dependsOn: dependencies.filter((each) => memberOf(artifacts, each).type === 'aws:cloudformation:stack'),
      isTerminationProtected: memberOf(artifact, 'properties').terminationProtection === true,
      paths: pathsOf({ ...memberOf(artifact, 'metadata'), ...(isJsonObject(written) ? written : {}) }),
    });
  };
  for (const name of Object.keys(artifacts)) add(name);
  return [...models.values()];
}
