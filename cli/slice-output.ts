import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isJsonObject, type JsonObject, memberOf } from '../terraform/document';
import { makeFolder } from './write';

/** What a synthesis wrote for one stack. */
export interface StackOutput {
  readonly stack: string;
  /** Texts by path below the output folder. */
  readonly files: Readonly<Record<string, string>>;
  /** What the manifest says about it. */
  readonly manifest: JsonObject;
  /** Its constructs, as CDK writes them down. @default - cdktf writes none down */
  readonly tree?: JsonObject;
}

/** What a synthesis wrote for some stacks, and what it wrote for none in particular. */
export interface SliceOutput {
  readonly stacks: readonly StackOutput[];
  /** The manifest without its stacks. */
  readonly manifest: JsonObject;
  /** The tree without its stacks. */
  readonly tree?: JsonObject;
}

/** How a tool lays out what it synthesizes. */
export interface OutputLayout {
  /** Reads what was written for some stacks of a folder. */
  read(outdir: string, stacks: readonly string[]): SliceOutput;
  /** Writes slices into a folder, as one synthesis of them all would; other files there stay. */
  write(outdir: string, slices: readonly SliceOutput[]): void;
  /** Files of a folder that belong to none of its stacks, such as code that is uploaded. */
  others(outdir: string): readonly string[];
}

function readJson(file: string): JsonObject {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return isJsonObject(json) ? json : {};
}

function writeText(file: string, text: string): void {
  makeFolder(dirname(file));
  writeFileSync(file, text);
}

function without(object: JsonObject, isGone: (key: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !isGone(key)));
}

const byStack = (slices: readonly SliceOutput[]) => slices.flatMap(({ stacks }) => stacks);

/** Files that CDK writes for a stack. */
const CDK_FILE = /^(.+)\.(template|assets|metadata)\.json$/;

/** Files that CDK writes for an app. */
const CDK_COMMON = /^(manifest\.json|tree\.json|cdk\.out|validation-report\.json)$/;

/** A CloudFormation assembly of CDK. */
export const CDK_LAYOUT: OutputLayout = {
  read: (outdir, stacks) => {
    const manifest = readJson(join(outdir, 'manifest.json'));
    const { tree, ...rest } = readJson(join(outdir, 'tree.json'));
    const app = isJsonObject(tree) ? tree : {};
    const ofStack = (key: string) => /^(.+?)(\.assets)?$/.exec(key)?.[1] ?? key;
    const artifacts = memberOf(manifest, 'artifacts');
    const all = new Set(
      Object.entries(artifacts).flatMap(([key, value]) =>
        isJsonObject(value) && value.type === 'aws:cloudformation:stack' ? [key] : [],
      ),
    );
    const files = readdirSync(outdir);
    return {
      stacks: stacks.map((stack) => ({
        stack,
        files: Object.fromEntries(
          files
            .filter((file) => CDK_FILE.exec(file)?.[1] === stack)
            .map((file) => [file, readFileSync(join(outdir, file), 'utf8')]),
        ),
        manifest: without(artifacts, (key) => ofStack(key) !== stack),
        tree: memberOf(memberOf(app, 'children'), stack),
      })),
      manifest: { ...manifest, artifacts: without(artifacts, (key) => all.has(ofStack(key))) },
      tree: { ...rest, tree: { ...app, children: without(memberOf(app, 'children'), (key) => all.has(key)) } },
    };
  },
  write: (outdir, slices) => {
    const [first] = slices;
    if (first === undefined) return;
    const stacks = byStack(slices);
    for (const { files } of stacks)
      for (const [file, text] of Object.entries(files)) writeText(join(outdir, file), text);
    const artifacts = Object.assign(
      {},
      ...stacks.map(({ manifest }) => manifest),
      memberOf(first.manifest, 'artifacts'),
    );
    writeText(join(outdir, 'manifest.json'), JSON.stringify({ ...first.manifest, artifacts }, undefined, 2));
    const { tree, ...rest } = first.tree ?? {};
    const app = isJsonObject(tree) ? tree : {};
    const children = Object.assign(
      {},
      ...stacks.map(({ stack, tree: own }) => ({ [stack]: own })),
      memberOf(app, 'children'),
    );
    writeText(join(outdir, 'tree.json'), JSON.stringify({ ...rest, tree: { ...app, children } }));
    writeText(join(outdir, 'cdk.out'), JSON.stringify({ version: first.manifest.version }));
  },
  others: (outdir) => readdirSync(outdir).filter((file) => !CDK_FILE.test(file) && !CDK_COMMON.test(file)),
};

/** A folder of stacks of cdktf. */
export const CDKTF_LAYOUT: OutputLayout = {
  read: (outdir, stacks) => {
    const manifest = readJson(join(outdir, 'manifest.json'));
    const entries = memberOf(manifest, 'stacks');
    return {
      stacks: stacks.map((stack) => {
        const entry = memberOf(entries, stack);
        const file = String(entry.synthesizedStackPath);
        return { stack, files: { [file]: readFileSync(join(outdir, file), 'utf8') }, manifest: { [stack]: entry } };
      }),
      manifest: without(manifest, (key) => key === 'stacks'),
    };
  },
  write: (outdir, slices) => {
    const [first] = slices;
    const stacks = byStack(slices);
    for (const { files } of stacks)
      for (const [file, text] of Object.entries(files)) writeText(join(outdir, file), text);
    const sorted = [...stacks].sort((one, other) => (one.stack < other.stack ? -1 : 1));
    const manifest = { stacks: Object.assign({}, ...sorted.map((each) => each.manifest)), ...first?.manifest };
    writeText(join(outdir, 'manifest.json'), JSON.stringify(manifest, undefined, 2));
  },
  others: (outdir) => {
    const names = Object.keys(memberOf(readJson(join(outdir, 'manifest.json')), 'stacks'));
    return readdirSync(join(outdir, 'stacks')).flatMap((stack) =>
      readdirSync(join(outdir, 'stacks', stack))
        .filter((file) => !names.includes(stack) || file !== 'cdk.tf.json')
        .map((file) => join('stacks', stack, file)),
    );
  },
};

/** Copies files and folders between two output folders. */
export function copyInto(outdir: string, from: string, names: readonly string[]): void {
  for (const name of names) cpSync(join(from, name), join(outdir, name), { recursive: true });
}
