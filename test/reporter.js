/** Ends a run with one line that any CI can read: `N passed, N failed`. */
class CountReporter {
  onRunComplete(_contexts, results) {
    const broken = results.testResults.filter(({ testExecError }) => testExecError !== undefined).length;
    console.log(`${results.numPassedTests} passed, ${results.numFailedTests + broken} failed`);
  }
}

module.exports = CountReporter;
