import { API_ACCESS, RUNNER_ACCESS } from '../../catalog/access';
import { isPrivateRange } from '../../catalog/ranges';
import { cidrSize, parseCidr } from '../../cidr';
import { accessEntries, rangesOf, runnerRangesOf } from '../access';
import type { Path } from '../positions';
import { counted } from '../words';
import type { Rule } from './rule';

/** More public addresses than a runner has, or the network of one. */
const MOST_RUNNER_ADDRESSES = 256;

/** Public ranges that reach API servers, and wide ones that applies come from, are acknowledged. */
export const publicRange: Rule = {
  code: 'PublicRange',
  severity: 'warning',
  summary: 'public ranges that reach API servers, and wide ones that applies come from, are acknowledged',
  why: 'what answers the internet is found by everybody, and then a stolen credential is enough',
  source: API_ACCESS.aws.source,
  check(estate, report) {
    const warn = (path: Path, text: string, what: string, instead: string): void => {
      const from = text.endsWith('/0') ? 'everybody on the internet' : text;
      const at = path.slice(0, -2).join('.');
      const hint = `${instead}, or: acknowledge: [{ rule: PublicRange, path: ${at}, reason: … }]`;
      report({ path, value: text, message: `${what} to ${from}`, hint });
    };
    for (const entry of accessEntries(estate)) {
      for (const { path, text } of rangesOf(entry)) {
        const block = parseCidr(text);
        if (block === undefined || isPrivateRange(block) || API_ACCESS[entry.cloud].ranges === 'private') continue;
        warn(path, text, 'the API servers get a public address that answers', 'name private ranges');
      }
      const runner = RUNNER_ACCESS[entry.cloud];
      for (const { path, text } of runner === undefined ? [] : runnerRangesOf(entry)) {
        const block = parseCidr(text);
        // Private ones are refused by another rule.
        if (block === undefined || isPrivateRange(block) || cidrSize(block) <= MOST_RUNNER_ADDRESSES) continue;
        const wide = counted(cidrSize(block), 'address', 'addresses');
        warn(
          path,
          text,
          `${runner?.what} is open ${wide} wide,`,
          'name the few that applies come from, or their subnet',
        );
      }
    }
  },
};
