/** Shows how far a run is on stderr: one line that fills up on a terminal, a line for each step elsewhere. */
export class Progress {
  private done = 0;

  constructor(
    private readonly title: string,
    private readonly total: number,
    private readonly stream: NodeJS.WriteStream = process.stderr,
  ) {
    this.draw('');
  }

  /** Notes that one step is done. */
  step(name: string): void {
    this.done++;
    this.draw(name);
  }

  /** Clears the line, so that what follows starts at its beginning. */
  end(): void {
    if (this.stream.isTTY) this.stream.write('\r\u001b[K');
  }

  private draw(name: string): void {
    const count = `${this.done}/${this.total}`;
    if (this.stream.isTTY) {
      const width = 20;
      const filled = Math.round((this.done / Math.max(this.total, 1)) * width);
      const bar = `[${'#'.repeat(filled)}${' '.repeat(width - filled)}]`;
      this.stream.write(`\r\u001b[K${this.title.padEnd(60)} ${bar} ${count}`);
    } else this.stream.write(this.done === 0 ? `${this.title}\n` : `  ${count} ${name}\n`);
  }
}
