#!/usr/bin/env node
// Runs the TypeScript sources as they are, so that what a user edits is what runs.
require('tsx/cjs');
require('./estate.ts');
