import { connect } from 'node:net';
import { OfflineError } from './errors';

/** What to do where nothing listens, or can be reached, on the own machine. */
export const NEEDS_LOOPBACK =
  'programs talk to each other over 127.0.0.1: bring the loopback interface up (ip link set lo up), ' +
  'allow processes to listen and connect there, or free some ports';

/** How long a connection to the own machine may take. */
const TIMEOUT_MS = 5000;

/**
 * Connects to a port of this machine, as Terraform and its providers will; fails with what to do where that is not possible.
 *
 * A Terraform that cannot reach a local provider takes it for a process that hangs, and kills it: that is this one.
 */
export function reach(port: number, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: TIMEOUT_MS });
    const fail = (reason: string) => {
      socket.destroy();
      reject(new OfflineError(`${what} cannot be reached on the loopback address: ${reason}`, NEEDS_LOOPBACK));
    };
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => fail(`no answer in ${TIMEOUT_MS / 1000} seconds`));
    socket.once('error', (error) => fail(error.message));
  });
}
