import type { Cloud } from '../../catalog';
import { quote } from '../words';
import { existingThings } from './existing-things';
import type { Rule } from './rule';

/** The region in the id of a key, on clouds whose ids say it and Oracle Cloud's own rule does not look at. */
const REGION: { readonly [C in Cloud]?: (id: string) => string | undefined } = {
  aws: (id) => id.split(':')[3],
  google: (id) => /\/locations\/([^/]+)\//.exec(id)?.[1],
};

/** A key that exists lies in the region of what it encrypts. */
export const keyRegion: Rule = {
  code: 'KeyRegion',
  severity: 'error',
  summary: 'a key that exists lies in the region of what it encrypts',
  why: 'services take a key of their own region only, and say so when resources are created',
  source: 'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html',
  checked: '2026-11',
  check(estate, report) {
    for (const { kind, path, written, at } of existingThings(estate)) {
      const id = written.existing;
      if (kind !== 'key' || typeof id !== 'string') continue;
      const region = REGION[at.cloud]?.(id);
      if (region === undefined || region === at.site.region) continue;
      const message = `the key lies in ${quote(region)}, and site ${quote(at.key)} in ${quote(at.site.region)}`;
      const isShared = path[0] === 'accounts';
      report({
        path: isShared ? at.path : [...path, 'existing'],
        value: id,
        ...(isShared && { on: 'key' as const }),
        message: isShared ? `${message}; it is that of account ${quote(at.site.account)}` : message,
        hint: isShared ? 'write an encryptionKey of the region at the site' : `name a key of ${at.site.region}`,
      });
    }
  },
};
