const Module = require('node:module');

const resolveFilename = Module._resolveFilename;

/** Loads the fork of cdktf in its place, as an alias in package.json would: also for the provider packages. */
Module._resolveFilename = function resolveFork(request, ...rest) {
  const forked =
    request === 'cdktf' || request.startsWith('cdktf/') ? `cdktn${request.slice('cdktf'.length)}` : request;
  return resolveFilename.call(this, forked, ...rest);
};
