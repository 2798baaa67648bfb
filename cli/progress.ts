/** How one step of a run ended. */
export interface StepResult {
  readonly seconds: number;
  /** @default 'done' */
  readonly state?: 'done' | 'failed' | 'waiting' | 'known';
}

const BAR_WIDTH = 20;

/** Width of a terminal that does not tell. */
const COLUMNS = 80;

/** Shows how far a run is on stderr: one line that fills up on a terminal, a line for each step elsewhere. */
export class Progress {
  private done = 0;
  private failed = 0;
  private readonly started = performance.now();
  private readonly running = new Set<string>();
  private readonly ticker: NodeJS.Timeout | undefined;

  constructor(
    private readonly title: string,
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    if (stream.isTTY) {
      this.redraw();
      // A stack may take long; the clock shows that the run lives.
      this.ticker = setInterval(() => this.redraw(), 200).unref();
    } else stream.write(`${title}\n`);
  }

  /** Notes that something has begun. */
  begin(name: string): void {
    this.running.add(name);
    if (this.stream.isTTY) this.redraw();
  }

  /** Notes that something that does not count as a step is over. */
  pause(name: string): void {
    this.running.delete(name);
  }

  /** Notes that one step is done. */
  step(name: string, { seconds, state = 'done' }: StepResult): void {
    this.running.delete(name);
    this.done++;
    if (state === 'failed') this.failed++;
    if (this.stream.isTTY) this.redraw();
    else {
      const note = state === 'done' ? '' : `  ${state}`;
      // What is known took no time, and has no line of its own.
      if (state === 'known') return;
      this.stream.write(`  ${this.done}/${this.total} ${name}  ${seconds.toFixed(1)} s${note}\n`);
    }
  }

  /** Clears the line, so that what follows starts at its beginning. */
  end(): void {
    clearInterval(this.ticker);
    if (this.stream.isTTY) this.stream.write('\r\u001b[K');
  }

  private redraw(): void {
    const filled = Math.round((this.done / Math.max(this.total, 1)) * BAR_WIDTH);
    const bar = `[${'#'.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}]`;
    const failed = this.failed === 0 ? '' : `, ${this.failed} failed`;
    const clock = `${((performance.now() - this.started) / 1000).toFixed(0)} s`;
    const line = `${this.title}  ${bar} ${this.done}/${this.total}${failed}  ${clock}  ${[...this.running].join(', ')}`;
    // A line that wraps could not be drawn over.
    this.stream.write(`\r\u001b[K${line.slice(0, (this.stream.columns ?? COLUMNS) - 1)}`);
  }
}
