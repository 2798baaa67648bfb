import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DiffReport, ResourceChange, ResourceOwner, StackChange, StackRefactor } from '../diff';
import { CLOUDS, type Cloud } from '../estate/catalog';
import { type Diagnostic, EstateError } from '../estate/diagnostics';
import { LAYERS, type Layer } from '../estate/plan/names';
import { PROVIDER_NAMES, PROVIDERS } from '../estate/terraform-providers';

/** What `estate diff --assembly` compares: two output folders of `estate synth`, such as those of two of its versions. */
export interface AssemblyDiffOptions {
  /** Folder that holds `cdk.out` and `cdktf.out`, or one of them itself. */
  readonly base: string;
  readonly folder: string;
  /** Stacks, or construct paths in them, whose protected resources may be lost; `*` accepts all. */
  readonly accept: readonly string[];
}

/** The output folders that a folder holds. */
interface Outdirs {
  /** @default none: no stack for CloudFormation */
  readonly aws?: string;
  /** @default none: no stack for Terraform */
  readonly terraform?: string;
}

/** Compares two output folders by their resources alone; there is no estate file, so nothing tells how much is in a pool. */
export function diffAssemblies({ base, folder, accept }: AssemblyDiffOptions): DiffReport {
  const [before, after] = [outdirsIn(base), outdirsIn(folder)];
  const offline: typeof import('../diff') = require('../diff');
  const none = join(base, 'no-output');
  const refactors =
    before.aws === undefined || after.aws === undefined ? [] : offline.refactorsBetween(before.aws, after.aws);
  const moved =
    before.terraform === undefined || after.terraform === undefined
      ? []
      : offline.movesBetween(before.terraform, after.terraform);
  const changes = [
    ...((before.aws ?? after.aws)
      ? offline.compareCloudFormation(before.aws ?? none, after.aws ?? none, refactors)
      : []),
    ...((before.terraform ?? after.terraform)
      ? offline.compareTerraform(before.terraform ?? none, after.terraform ?? none)
      : []),
  ];
  const terraform = new Set(
    [before, after].flatMap((outdirs) => (outdirs.terraform === undefined ? [] : stacksOf(outdirs.terraform))),
  );
  const rows = changes.map((change) => ({
    stack: change.stack,
    cloud: terraform.has(change.stack) ? cloudOf(change, [before, after]) : ('aws' as const),
    layer: layerOf(change.stack),
  }));
  const rank = ({ cloud, layer }: (typeof rows)[number]) =>
    CLOUDS.indexOf(cloud) * LAYERS.length + LAYERS.indexOf(layer);
  rows.sort((one, other) => rank(one) - rank(other));
  return offline.diffReport({
    changes,
    rows,
    ownerOf,
    accept,
    base,
    readdressed: [...refactors.flatMap(({ renamed }) => renamed), ...moved],
    refactoring: refactors.flatMap((each) => writeRefactor(each, after.aws ?? folder)),
  });
}

/** Writes what changes the ids of a stack beside its new template, and returns the commands that use it. */
function writeRefactor(refactor: StackRefactor, outdir: string): string[] {
  const offline: typeof import('../diff') = require('../diff');
  const { stack, environment } = refactor;
  const region = environment.split('/').at(-1) ?? '';
  const [file, templateFile] = [
    join(outdir, `${stack}.refactor.json`),
    join(outdir, `${stack}.refactor.template.json`),
  ];
  const text = JSON.stringify(refactor.template);
  const isLarge = Buffer.byteLength(text) > offline.TEMPLATE_BODY.bytes;
  const url = `https://BUCKET.s3.${region}.amazonaws.com/${stack}.refactor.template.json`;
  if (isLarge) writeFileSync(templateFile, text);
  const input = offline.refactorInput(refactor, isLarge ? url : undefined);
  writeFileSync(file, `${JSON.stringify(input, undefined, 2)}\n`);
  const upload = `aws s3 cp ${templateFile} s3://BUCKET/  # a bucket of yours, and its name in ${file}`;
  return [
    ...(isLarge ? [upload] : []),
    `aws cloudformation create-stack-refactor --region ${region} --cli-input-json file://${file}`,
    `aws cloudformation execute-stack-refactor --region ${region} --stack-refactor-id ID  # of the answer, once describe-stack-refactor calls it CREATE_COMPLETE`,
  ];
}

/** The layer that the name of a stack ends with, or has before its number; stacks of one's own come last. */
function layerOf(stack: string): Layer {
  return LAYERS.find((layer) => stack.replace(/-\d+$/, '').endsWith(`-${layer}`)) ?? 'cluster';
}

const CLOUD_OF: Readonly<Record<string, Cloud>> = Object.fromEntries(
  PROVIDER_NAMES.map((name) => [name, PROVIDERS[name].cloud]),
);

/** The cloud of a Terraform stack, by the providers that it requires. */
function cloudOf({ stack }: StackChange, folders: readonly Outdirs[]): Cloud {
  for (const { terraform } of folders) {
    const file = terraform === undefined ? '' : join(terraform, 'stacks', stack, 'cdk.tf.json');
    if (!existsSync(file)) continue;
    const document: { provider?: object } = JSON.parse(readFileSync(file, 'utf8'));
    const found = Object.keys(document.provider ?? {}).find((name) => CLOUD_OF[name] !== undefined);
    if (found !== undefined) return CLOUD_OF[found] ?? 'azure';
  }
  return 'azure';
}

/** Without an estate a resource belongs to its place in its stack; any start of that accepts its loss. */
function ownerOf(stack: string, { path }: ResourceChange): ResourceOwner {
  const steps = path.split('/').filter((step) => step !== 'Resource' && step !== 'Default');
  const names = [stack, ...steps.map((_, index) => [stack, ...steps.slice(0, index + 1)].join('/'))];
  return { key: names.at(-1) ?? stack, names, holdings: [], becomes: [], isInUse: true };
}

interface Manifest {
  /** Written by CDK. */
  readonly artifacts?: object;
  /** Written by cdktf. */
  readonly stacks?: object;
}

function readManifest(folder: string): Manifest | undefined {
  const file = join(folder, 'manifest.json');
  if (!existsSync(file)) return undefined;
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof manifest === 'object' && manifest !== null ? manifest : undefined;
}

function stacksOf(outdir: string): string[] {
  return Object.keys(readManifest(outdir)?.stacks ?? {});
}

function outdirsIn(folder: string): Outdirs {
  const own = readManifest(folder);
  const [aws, terraform] = [join(folder, 'cdk.out'), join(folder, 'cdktf.out')];
  const found: Outdirs = {
    ...(own?.artifacts !== undefined && { aws: folder }),
    ...(own?.stacks !== undefined && { terraform: folder }),
    ...(readManifest(aws) !== undefined && { aws }),
    ...(readManifest(terraform) !== undefined && { terraform }),
  };
  if (found.aws === undefined && found.terraform === undefined) throw missing(folder);
  return found;
}

function missing(folder: string): EstateError {
  const found: Diagnostic = {
    code: 'AssemblyMissing',
    severity: 'error',
    path: '',
    value: folder,
    message: `${folder} holds no output of "estate synth"`,
    hint: 'name a folder with cdk.out and cdktf.out, or one of them; "npx estate synth" of each version of the tool writes them',
  };
  return new EstateError([found]);
}
