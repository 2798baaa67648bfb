const { appendFileSync } = require('node:fs');

/** Ends a run with one line that any CI can read: `N passed, N failed`; adds it to the file that `ESTATE_COUNTS` names. */
class CountReporter {
  constructor() {
    this.file = process.env.ESTATE_COUNTS;
    // Runs that tests start are no part of this one.
    delete process.env.ESTATE_COUNTS;
  }

  onRunComplete(_contexts, results) {
    const broken = results.testResults.filter(({ testExecError }) => testExecError !== undefined).length;
    const counts = `${results.numPassedTests} passed, ${results.numFailedTests + broken} failed`;
    console.log(counts);
    if (this.file) appendFileSync(this.file, `${counts}\n`);
  }
}

module.exports = CountReporter;
