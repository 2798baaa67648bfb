const { createHash } = require('node:crypto');
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} = require('node:fs');
const { createRequire } = require('node:module');
const { homedir } = require('node:os');
const { dirname, join } = require('node:path');
const { Script } = require('node:vm');

/** Bytes of the hash that a cache begins with: V8 does not check what it is given, and may crash on what is damaged. */
const HASH_BYTES = 32;

/** A cache that nobody has written for so long goes; whoever still uses it writes it again. */
const KEPT_MS = 90 * 24 * 3600 * 1000;

/**
 * Loads a program of this folder, such as `estate` or `terraform`, and returns what it exports.
 *
 * It comes as one file that is compiled once: V8's code of it is kept in the cache folder. With `ESTATE_DEBUG` its files
 * are loaded one by one, so that a stack trace names them. A checkout runs what its sources are now.
 *
 * @param {string} program
 */
function load(program) {
  // Whatever else is kept lies there too.
  process.env.ESTATE_CACHE = cacheFolder();
  const isCheckout = existsSync(join(__dirname, `${program}.ts`));
  const text = process.env.ESTATE_DEBUG ? undefined : isCheckout ? fromSources(program) : asInstalled(program);
  const file = isCheckout ? join(__dirname, `${program}.ts`) : join(__dirname, '../dist/bin', `${program}.js`);
  if (text !== undefined) return run(text, file, program);
  if (isCheckout) require('../tools/sources');
  return require(file);
}

/** @param {string} program */
function asInstalled(program) {
  try {
    return readFileSync(join(__dirname, '../dist/bin', `${program}.bundle.js`), 'latin1');
  } catch {
    return undefined;
  }
}

/** @param {string} program */
function fromSources(program) {
  try {
    return require('../tools/bundle').bundleKept(program, cacheFolder(), keep);
  } catch {
    // A source with a slip in it, or no bundler: what loads the sources says it better.
    return undefined;
  }
}

/**
 * Runs a bundle in place of the file that it was made from.
 *
 * @param {string} text a function of what a CommonJS module is given; its last line names its content
 * @param {string} file
 * @param {string} program
 */
function run(text, file, program) {
  const id = text.slice(-17, -1);
  // Each command has compiled what it uses; the code of all of them would take longer to read.
  const [, , command = ''] = process.argv;
  const part = program === 'estate' && /^[a-z]{1,20}$/.test(command) ? `-${command}` : '';
  // What is compiled tells traces where it lies.
  const place = hashOf(Buffer.from(file)).toString('hex', 0, 4);
  const cache = join(cacheFolder(), 'code', `${program}${part}-${id}-${place}-${process.version}-${process.arch}`);
  const cachedData = readCache(cache);
  const script = new Script(text, { filename: file, cachedData });
  if (cachedData === undefined || script.cachedDataRejected) {
    process.once('exit', (code) => code === 0 && writeCache(cache, script.createCachedData()));
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

/** The folder for what can be made again: that of the platform, or `ESTATE_CACHE`. */
function cacheFolder() {
  const { ESTATE_CACHE, LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (ESTATE_CACHE) return ESTATE_CACHE;
  if (process.platform === 'win32' && LOCALAPPDATA) return join(LOCALAPPDATA, 'training-estate', 'cache');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'training-estate');
  return join(XDG_CACHE_HOME || join(homedir(), '.cache'), 'training-estate');
}

/**
 * What this user has kept in a file; undefined where that is nothing, or not whole.
 *
 * @param {string} file
 */
function readCache(file) {
  try {
    if (process.getuid !== undefined && statSync(file).uid !== process.getuid()) return undefined;
    const kept = readFileSync(file);
    const data = kept.subarray(HASH_BYTES);
    return hashOf(data).equals(kept.subarray(0, HASH_BYTES)) ? data : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps compiled code, and forgets what nobody uses any more.
 *
 * @param {string} file
 * @param {Buffer} data
 */
function writeCache(file, data) {
  keep(file, Buffer.concat([hashOf(data), data]));
  const folder = dirname(file);
  try {
    const old = readdirSync(folder).filter((name) => Date.now() - statSync(join(folder, name)).mtimeMs > KEPT_MS);
    for (const name of old) rmSync(join(folder, name), { force: true });
  } catch {
    // Another process was faster.
  }
}

/**
 * Writes a file that is there at once or not at all; where that is not possible, nothing is kept, which costs only time.
 *
 * @param {string} file
 * @param {Buffer | string} data
 */
function keep(file, data) {
  const draft = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(draft, data, { mode: 0o600 });
    renameSync(draft, file);
  } catch {
    try {
      rmSync(draft, { force: true });
    } catch {
      // There is no such folder.
    }
  }
}

/** @param {Buffer} data */
function hashOf(data) {
  return createHash('sha256').update(data).digest();
}

module.exports = { cacheFolder, load };

if (require.main === module) load(process.argv[2]);
