module.exports = require('./temporary.js').tearDown;
