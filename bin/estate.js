#!/usr/bin/env node
const { version } = require('../package.json');
const { load } = require('./load');

load('estate').run(process.argv, version);
