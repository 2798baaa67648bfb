const { appendFileSync } = require('node:fs');

/** Ends a run with one line that any CI can read: `N passed, N failed`. */
class CountReporter {
  onRunComplete(_contexts, results) {
    const broken = results.testResults.filter(({ testExecError }) => testExecError !== undefined).length;
    const counts = `${results.numPassedTests} passed, ${results.numFailedTests + broken} failed`;
    console.log(counts);
    // Where several runs are added up.
    if (process.env.ESTATE_COUNTS) appendFileSync(process.env.ESTATE_COUNTS, `${counts}\n`);
  }
}

module.exports = CountReporter;
