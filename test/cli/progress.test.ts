import { Writable } from 'node:stream';
import { Progress } from '../../cli/progress';

/** A stream that keeps what is written, as a terminal or as none. */
function stream(terminal?: { columns: number }): { written: () => string; stream: NodeJS.WriteStream } {
  let text = '';
  const kept = new Writable({
    write: (chunk, _, done) => {
      text += String(chunk);
      done();
    },
  });
  return {
    written: () => text,
    stream: Object.assign(Object.create(process.stderr), {
      isTTY: terminal !== undefined,
      ...terminal,
      write: kept.write.bind(kept),
    }),
  };
}

describe('progress', () => {
  test('is a line for each step where there is no terminal', () => {
    const { stream: plain, written } = stream();
    const progress = new Progress('planning 3 stacks', 3, plain);
    progress.begin('one');
    progress.step('one', { seconds: 1.23 });
    progress.step('two', { seconds: 0.4, state: 'failed' });
    progress.step('three', { seconds: 0, state: 'waiting' });
    progress.end();
    expect(written().split('\n')).toEqual([
      'planning 3 stacks',
      '  1/3 one  1.2 s',
      '  2/3 two  0.4 s  failed',
      '  3/3 three  0.0 s  waiting',
      '',
    ]);
  });

  test('is one line on a terminal, which says what runs and never wraps, and is gone at the end', () => {
    const { stream: terminal, written } = stream({ columns: 70 });
    const progress = new Progress('planning 2 stacks', 2, terminal);
    progress.begin('a-stack-with-a-long-name-that-does-not-fit-on-the-line');
    progress.step('other', { seconds: 1, state: 'failed' });
    progress.end();
    const drawn = written().split('\r\u001b[K');
    expect(drawn[1]).toMatch(/^planning 2 stacks {2}\[ {20}\] 0\/2 {2}\d+ s/);
    expect(drawn[2]).toMatch(/a-stack-with/);
    expect(drawn[3]).toMatch(/\[#{10} {10}\] 1\/2, 1 failed/);
    expect(drawn.at(-1)).toBe('');
    for (const line of drawn) expect(line.length).toBeLessThan(70);
    expect(written()).not.toContain('\n');
  });
});
