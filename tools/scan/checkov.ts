import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { readCloudFormationModels } from '../../diff/cloudformation-stack';
import { planStacks } from '../../terraform';
import type { Found } from './judge';
import { cloudFormationResources, type Resource, terraformResources } from './resources';

/** The release that the reasons were written for; another one may have further rules. */
export const CHECKOV_VERSION = '3.3.30';

/** Environment variable that names the Python environment in which checkov is installed. */
export const CHECKOV_VENV = 'CHECKOV_VENV';

/** Path of checkov in the environment of Python that a variable names, else on PATH; none where there is none. */
export function findCheckov(env: NodeJS.ProcessEnv): string | undefined {
  const venv = env[CHECKOV_VENV];
  const folders = venv === undefined ? (env.PATH ?? '').split(delimiter) : [join(venv, 'bin')];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'checkov'))
    .find(existsSync);
}

/** What checkov reads of one program: a file for each stack, and the resources that are in them. */
export interface Readable {
  /** Texts by the name of a file. */
  readonly files: Readonly<Record<string, string>>;
  /** By the file, and the name that checkov calls a resource there. */
  readonly resources: ReadonlyMap<string, Resource>;
}

/** What checkov reads of the stacks of AWS: their templates. */
export function readableTemplates(outdir: string): Readable {
  const fileOf = (stack: string) => `${stack}.template.json`;
  const files = readCloudFormationModels(outdir).map(({ stack, template }) => [
    fileOf(stack),
    JSON.stringify(template),
  ]);
  const resources = cloudFormationResources(outdir).map((row): [string, Resource] => [
    `${fileOf(row.stack)} ${row.type}.${row.id}`,
    row,
  ]);
  return { files: Object.fromEntries(files), resources: new Map(resources) };
}

/** What checkov reads of the stacks of Terraform: offline plans, since it takes what cdktf writes for something else. */
export async function readablePlans(outdir: string): Promise<Readable> {
  const fileOf = (stack: string) => `${stack}.plan.json`;
  const files = (await planStacks({ outdir, json: true })).map(({ stack, json, error }) => {
    if (json === undefined) throw new Error(`${stack} cannot be planned: ${error}`);
    return [fileOf(stack), json];
  });
  const resources = terraformResources(outdir).map((row): [string, Resource] => [
    `${fileOf(row.stack)} ${row.id}`,
    row,
  ]);
  return { files: Object.fromEntries(files), resources: new Map(resources) };
}

interface CheckovReport {
  readonly results?: {
    readonly failed_checks: readonly {
      readonly check_id: string;
      readonly check_name: string;
      readonly file_path: string;
      readonly resource: string;
    }[];
  };
  readonly summary?: { readonly parsing_errors: number };
}

/** Runs checkov on what it can read of several programs, in a folder; what it finds, by the program. */
export async function checkov(
  program: string,
  folder: string,
  readable: ReadonlyMap<string, Readable>,
): Promise<ReadonlyMap<string, readonly Found[]>> {
  const names = new Map([...readable.keys()].map((name, index) => [`${index}`, name]));
  for (const [directory, name] of names) {
    mkdirSync(join(folder, directory), { recursive: true });
    for (const [file, text] of Object.entries(readable.get(name)?.files ?? {})) {
      writeFileSync(join(folder, directory, file), text);
    }
  }
  const found = new Map<string, Found[]>([...readable.keys()].map((name) => [name, []]));
  for (const { results, summary } of await run(program, folder)) {
    if (results === undefined) continue;
    if (summary?.parsing_errors !== 0) throw new Error(`checkov cannot read everything that is in ${folder}`);
    for (const { check_id: rule, check_name: message, file_path: path, resource: id } of results.failed_checks) {
      const [directory = '', file = ''] = path.split('/').slice(-2);
      const name = names.get(directory) ?? '';
      const resource = readable.get(name)?.resources.get(`${file} ${id}`);
      if (resource === undefined) throw new Error(`checkov names ${id} in ${path}, which nobody made`);
      found.get(name)?.push({ ...resource, tool: 'checkov', rule, message });
    }
  }
  return found;
}

/** Runs checkov, which ends with 1 where it finds something, and reads what it prints. */
async function run(program: string, folder: string): Promise<readonly CheckovReport[]> {
  const form = ['--output', 'json', '--quiet', '--compact', '--skip-download'];
  const args = ['--directory', folder, '--framework', 'terraform_plan', 'cloudformation', ...form];
  const printed = await new Promise<string>((done, fail) => {
    execFile(program, args, { maxBuffer: 2 ** 30 }, (error, stdout, stderr) => {
      if (error !== null && error.code !== 1)
        fail(new Error(`checkov failed: ${error.message}\n${stderr.slice(-800)}`));
      else done(stdout);
    });
  });
  // One report where there is one framework only, and numbers alone where there is nothing to read.
  return [JSON.parse(printed)].flat();
}

/** The version of checkov that is installed. */
export function checkovVersion(program: string): Promise<string> {
  return new Promise((done, fail) => {
    execFile(program, ['--version'], (error, stdout) => (error === null ? done(stdout.trim()) : fail(error)));
  });
}
