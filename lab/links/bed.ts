import { type ChildProcess, spawn } from 'node:child_process';
import { delimiter } from 'node:path';
import { programFolders } from './programs';

/** What a command in a bed ended with, and what it said. */
export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** A network of its own, with nothing outside of it: no interface leads out, so that nothing that is sent leaves it. */
export interface Bed {
  /** Runs commands of the shell, one after the other; output of what they leave running has to go elsewhere. */
  readonly run: (script: string) => Promise<Ran>;
  /** Ends everything in it; namespaces, interfaces and files are gone with the last process. */
  readonly close: () => Promise<void>;
}

/** Commands take seconds; what takes longer hangs. */
const LONGEST_MS = 60_000;

const MARK = '\u001e';
const ENDED = new RegExp(`${MARK}(\\d+)${MARK}\\n`);

/**
 * A shell that is the first process of namespaces of its own (network, mounts, processes), with an own /run.
 *
 * It ends with its input, and everything in its namespaces ends with it: also when this process is killed.
 */
function startShell(): ChildProcess {
  return spawn('unshare', ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-s'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    env: { PATH: programFolders().join(delimiter), LC_ALL: 'C' },
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It ended meanwhile.
  }
}

/** Shells that run: they end with this process, whatever ends it. */
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) endGroup(child);
});

const PREPARE = [
  'set -e',
  'mount -t tmpfs -o mode=755 tmpfs /run',
  'mkdir -p /run/netns /run/lab',
  'ip link set lo up',
].join('\n');

/** Opens a bed; fails where namespaces are not allowed. */
export async function openBed(): Promise<Bed> {
  const child = startShell();
  const closed = new Promise<void>((done) => child.once('close', () => done()));
  const end = () => endGroup(child);
  running.add(child);
  void closed.then(() => running.delete(child));
  let output = '';
  let errors = '';
  let waiting: ((ran: Ran | Error) => void) | undefined;
  const answer = (ran: Ran | Error) => {
    const told = waiting;
    waiting = undefined;
    told?.(ran);
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    const ended = ENDED.exec(output);
    if (ended === null) return;
    const said = output.slice(0, ended.index);
    output = output.slice(ended.index + ended[0].length);
    answer({ code: Number(ended[1]), output: said });
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  // Writing to a shell that is gone says so by "close".
  child.stdin?.on('error', () => undefined);
  child.once('error', (error) => answer(error));
  void closed.then(() => answer(new Error(errors.trim() || 'the shell in the namespaces ended')));

  const runOne = (script: string) =>
    new Promise<Ran>((done, fail) => {
      const timer = setTimeout(() => {
        end();
        answer(new Error(`a command in the namespaces took more than ${LONGEST_MS / 1000} s: ${script.slice(0, 200)}`));
      }, LONGEST_MS);
      waiting = (ran) => {
        clearTimeout(timer);
        if (ran instanceof Error) fail(ran);
        else done(ran);
      };
      if (child.exitCode !== null || child.signalCode !== null) {
        answer(new Error(errors.trim() || 'the shell in the namespaces ended'));
        return;
      }
      child.stdin?.write(`(\n:\n${script}\n) </dev/null 2>&1; printf '${MARK}%d${MARK}\\n' $?\n`);
    });
  let last: Promise<unknown> = Promise.resolve();
  const run = (script: string): Promise<Ran> => {
    const next = last.then(() => runOne(script));
    last = next.catch(() => undefined);
    return next;
  };
  const close = async () => {
    child.stdin?.end();
    end();
    await closed;
  };
  try {
    const { code, output: said } = await run(PREPARE);
    if (code !== 0) throw new Error(said.trim() || errors.trim());
  } catch (error) {
    await close();
    throw error;
  }
  return { run, close };
}

/** Commands that write a file. */
export function writing(path: string, text: string): string {
  return `cat > ${path} <<'END-OF-FILE'\n${text.replace(/\n?$/, '\n')}END-OF-FILE`;
}
