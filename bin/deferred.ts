import Module from 'node:module';

/** How Node loads a module; what every hook of it goes by. */
type Load = (request: string, ...rest: unknown[]) => unknown;

/**
 * What cdktf packs the files of assets with: a quarter of the time that it takes to load, and stacks of an estate have
 * no such files. It is loaded when something is packed.
 */
const ARCHIVER = 'archiver';

const modules: { _load?: Load } = Object(Module);
const { _load: load } = modules;
if (load !== undefined) {
  modules._load = function deferred(this: unknown, request: string, ...rest: unknown[]): unknown {
    if (request !== ARCHIVER) return load.call(this, request, ...rest);
    return (...args: unknown[]) => {
      const pack = load.call(this, request, ...rest);
      return typeof pack === 'function' ? pack(...args) : undefined;
    };
  };
}
