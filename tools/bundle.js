const { createHash } = require('node:crypto');
const { readdirSync, readFileSync, statSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '..');

/** The programs of `bin/`, each of which is made one file. */
const PROGRAMS = ['estate', 'aws', 'check-templates', 'terraform'];

/** Packages that stay packages: those that a user installs beside this one, and a library with a database of its own. */
const EXTERNAL = ['@aws-cdk/cloudformation-diff', '@cdktf/*', 'aws-cdk-lib', 'cdktf', 'constructs', 'tsx'];

/** What decides how sources are bundled, and is none of them. */
const SETTINGS = ['package.json', 'tools/bundle.js', 'tsconfig.json'];

/** Clocks of file systems are coarser than that of the processor: a file may be younger than it says. */
const COARSE_MS = 20;

/**
 * Makes a program of `bin/` one file, with the packages that it needs; peers stay packages.
 *
 * What a command loads only when it runs stays so. It is a function of what a CommonJS module is given, and its last
 * line names its content, by which its compiled code is found.
 *
 * @param {string} program
 * @returns {{ text: string, inputs: string[] }} the program, and the files that it was made from, from the root
 */
function bundle(program) {
  const { outputFiles, metafile } = require('esbuild').buildSync({
    absWorkingDir: ROOT,
    banner: { js: '(function (exports, require, module, __filename, __dirname) {' },
    bundle: true,
    // It is read as one byte a character.
    charset: 'ascii',
    entryPoints: [`bin/${program}.ts`],
    external: EXTERNAL,
    footer: { js: '})' },
    format: 'cjs',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    // Names stay: a stack trace should say where it was.
    minifySyntax: true,
    minifyWhitespace: true,
    platform: 'node',
    target: 'node20',
    write: false,
  });
  // Comments may hold other characters still.
  const text = toAscii(outputFiles[0].text);
  const id = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { text: `${text}//${id}\n`, inputs: Object.keys(metafile.inputs) };
}

/**
 * The same of a checkout, made again whenever one of its files is another one than it was.
 *
 * @param {string} program
 * @param {string} folder where it is kept
 * @param {(file: string, text: string) => void} keep
 * @returns {string}
 */
function bundleKept(program, folder, keep) {
  const checkout = createHash('sha256').update(ROOT).digest('hex').slice(0, 16);
  const file = join(folder, 'checkouts', `${checkout}-${program}.js`);
  const kept = readKept(file);
  if (kept !== undefined) return kept;
  const started = Date.now();
  const { text, inputs } = bundle(program);
  const stamps = Object.fromEntries([...SETTINGS, ...inputs].map((path) => [path, stampOf(path)]));
  // What was written meanwhile may have been read before or after.
  const isSettled = Object.keys(stamps).every((path) => statSync(join(ROOT, path)).ctimeMs < started - COARSE_MS);
  if (isSettled) keep(file, `${toAscii(JSON.stringify(stamps))}\n${text}`);
  return text;
}

/** @param {string} file */
function readKept(file) {
  try {
    const kept = readFileSync(file, 'latin1');
    const end = kept.indexOf('\n');
    const stamps = Object.entries(JSON.parse(kept.slice(0, end)));
    return stamps.every(([path, stamp]) => stampOf(path) === stamp) ? kept.slice(end + 1) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What changes with whatever is done to a file; its content need not be read.
 *
 * @param {string} path
 */
function stampOf(path) {
  const { ctimeMs, ino, size } = statSync(join(ROOT, path));
  return `${ctimeMs} ${ino} ${size}`;
}

/** @param {string} text */
function toAscii(text) {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * The licences of the packages that bundles were made from, as these ask of every copy.
 *
 * @param {readonly string[]} inputs
 * @returns {string}
 */
function licences(inputs) {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(ROOT, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} has no licence file to be copied with it`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(ROOT, folder, file), 'utf8').trim()}\n`;
  });
  return texts.join(`\n${'-'.repeat(80)}\n\n`);
}

module.exports = { PROGRAMS, bundle, bundleKept, licences };
