import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the estate's stacks: what a synthesis may have left under another name is not its own. */
const STACK_NAME = /^[a-z0-9-]+-(foundation|network|storage(-\d+)?|cluster|pools-\d+|gateway|link)$/;

/** What CDK writes for a stack. */
const CDK_FILE = /^(.+)\.(template|assets|metadata)\.json$/;

/** The value of the tag `managed-by`, which every template of an estate holds. */
const MANAGED_BY = 'training-estate';

/** What cdktf and Terraform make in a stack's folder and can make again; a state is not among it. */
const MADE_AGAIN = ['cdk.tf.json', 'plan', '.terraform', '.terraform.lock.hcl'];

function read(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

function entriesOf(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function listed(outdir: string, key: 'artifacts' | 'stacks'): ReadonlySet<string> {
  const manifest: { readonly [name: string]: object | undefined } = JSON.parse(read(join(outdir, 'manifest.json')));
  return new Set(Object.keys(manifest[key] ?? {}));
}

/** Removes the templates of stacks that earlier runs left in a CloudFormation assembly, and nothing else. */
export function removeStaleTemplates(outdir: string): void {
  const current = listed(outdir, 'artifacts');
  const names = new Set(entriesOf(outdir).map((file) => CDK_FILE.exec(file)?.[1] ?? ''));
  for (const name of names) {
    if (current.has(name) || !STACK_NAME.test(name)) continue;
    if (!read(join(outdir, `${name}.template.json`)).includes(MANAGED_BY)) continue;
    for (const kind of ['template', 'assets', 'metadata'])
      rmSync(join(outdir, `${name}.${kind}.json`), { force: true });
  }
}

/** Removes the stacks that earlier runs left in a folder of cdktf, but what else is in their folders, such as a state. */
export function removeStaleStacks(outdir: string): void {
  const current = listed(outdir, 'stacks');
  for (const name of entriesOf(join(outdir, 'stacks'))) {
    const folder = join(outdir, 'stacks', name);
    if (current.has(name) || !STACK_NAME.test(name) || stackNameIn(join(folder, 'cdk.tf.json')) !== name) continue;
    for (const made of MADE_AGAIN) rmSync(join(folder, made), { recursive: true, force: true });
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  }
}

/** The name of the stack that cdktf wrote into a document. */
function stackNameIn(file: string): string | undefined {
  try {
    const json: { readonly '//'?: { readonly metadata?: { readonly stackName?: string } } } = JSON.parse(read(file));
    return json['//']?.metadata?.stackName;
  } catch {
    return undefined;
  }
}
