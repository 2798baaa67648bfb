import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareCloudFormation, compareTerraform, type ResourceChange, type StackChange } from '../../diff';

type Json = Readonly<Record<string, unknown>>;

const HOME = 'aws://111122223333/us-east-1';

function inFolder<T>(body: (before: string, after: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'estate-diff-documents-'));
  try {
    return body(join(folder, 'before'), join(folder, 'after'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes a folder as cdktf does. */
export function writeTerraform(outdir: string, stacks: Json): void {
  const entries = Object.entries(stacks).map(([stack, document]) => {
    mkdirSync(join(outdir, 'stacks', stack), { recursive: true });
    writeFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), JSON.stringify(document));
    return [stack, { synthesizedStackPath: `stacks/${stack}/cdk.tf.json`, dependencies: [] }];
  });
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(entries) }));
}

/** Compares Terraform documents by the names of their stacks. */
export function diffDocuments(before: Json, after: Json): StackChange[] {
  return inFolder((old, now) => {
    for (const outdir of [old, now]) mkdirSync(outdir);
    writeTerraform(old, before);
    writeTerraform(now, after);
    return compareTerraform(old, now);
  });
}

/** Compares the resources of two versions of one Terraform stack. */
export function diffResources(before: Json, after: Json): readonly ResourceChange[] {
  return diffDocuments({ stack: { resource: before } }, { stack: { resource: after } }).flatMap(
    ({ changes }) => changes,
  );
}

/** Writes a folder as CDK does. */
export function writeTemplates(outdir: string, templates: Json, environment = HOME): void {
  mkdirSync(outdir);
  const artifacts = Object.entries(templates).map(([stack, template]) => {
    writeFileSync(join(outdir, `${stack}.json`), JSON.stringify(template));
    return [stack, { type: 'aws:cloudformation:stack', environment, properties: { templateFile: `${stack}.json` } }];
  });
  writeFileSync(join(outdir, 'manifest.json'), JSON.stringify({ artifacts: Object.fromEntries(artifacts) }));
}

/** Compares CloudFormation templates by the names of their stacks. */
export function diffTemplates(before: Json, after: Json, environment = HOME): StackChange[] {
  return inFolder((old, now) => {
    writeTemplates(old, before, HOME);
    writeTemplates(now, after, environment);
    return compareCloudFormation(old, now);
  });
}

/** Compares the resources of two versions of one template. */
export function diffTemplate(before: Json, after: Json): readonly ResourceChange[] {
  return diffTemplates({ stack: { Resources: before } }, { stack: { Resources: after } }).flatMap(
    ({ changes }) => changes,
  );
}

/** The change of one resource, of Terraform or of CloudFormation by the form of its type. */
export function diffOne(type: string, before: object, after: object): ResourceChange | undefined {
  const [change] = type.includes('::')
    ? diffTemplate({ R: { Type: type, Properties: before } }, { R: { Type: type, Properties: after } })
    : diffResources({ [type]: { r: before } }, { [type]: { r: after } });
  return change;
}

/** A reference as both languages write it in texts. */
export function ref(expression: string): string {
  return `\${${expression}}`;
}

/** A change in one line: `replaced google_compute_network.a because name`. */
export function told({ action, address, attributes, because }: ResourceChange): string {
  const words = action === 'replaced' ? ['because', ...because.map(({ path }) => path)] : attributes;
  return [action, address, ...words].join(' ');
}
