import { PROVIDER_NAMES, PROVIDERS } from '../../terraform-providers';
import { quote } from '../words';
import type { Rule } from './rule';

/** Providers are named in releases that are recorded. */
export const providerRelease: Rule = {
  code: 'ProviderRelease',
  severity: 'error',
  summary: 'providers are named in releases that are recorded',
  why: 'of any other release nothing is known: neither what its arguments are nor which change replaces what',
  check(estate, report) {
    for (const name of PROVIDER_NAMES) {
      const { version, releases } = PROVIDERS[name];
      const written = estate.providers?.[name];
      if (written === undefined || releases.includes(written)) continue;
      const recorded = releases.map((release) => (release === version ? `${release} (the default)` : release));
      report({
        path: ['providers', name],
        message: `${quote(written)} is no release of ${name} that is recorded; recorded: ${recorded.join(', ')}`,
        hint: `write one of them, or take the line out for ${version}`,
      });
    }
  },
};
