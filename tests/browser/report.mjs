// Collects what was checked and what was wrong.

export class Report {
  passed = 0;
  failed = 0;
  faults = [];

  /** One check of one page: it passes when nothing is wrong. */
  check(name, faults) {
    if (faults.length === 0) {
      this.passed += 1;
      return;
    }
    this.failed += 1;
    for (const fault of new Set(faults)) this.faults.push(`${name}: ${fault}`);
  }

  print() {
    for (const fault of this.faults) console.log(`FAIL ${fault}`);
    console.log(`${this.passed} passed, ${this.failed} failed`);
  }
}
