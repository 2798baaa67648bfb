import { countryIn } from '../holdings';
import { quote } from '../words';
import type { Rule } from './rule';
import { sitesOf } from './walk';

/** Sites lie in countries that policy allows. */
export const policyCountry: Rule = {
  code: 'PolicyCountry',
  severity: 'error',
  isLimit: true,
  summary: 'sites lie in countries that policy allows',
  why: 'the law of the place where machines and data lie holds for them',
  check(estate, report) {
    const { allow, deny = [] } = estate.policy.countries ?? {};
    if (estate.policy.countries === undefined) return;
    for (const { path, site, cloud } of sitesOf(estate)) {
      const { region } = site;
      const country = countryIn(estate, cloud, region);
      const place = { path: [...path, 'region'], value: region };
      if (country === undefined) {
        const hint = `say it: policy.regionCountries: { ${region}: … }`;
        report({ ...place, message: `nobody has said in which country region ${quote(region)} lies`, hint });
      } else if (deny.includes(country) || allow?.includes(country) === false) {
        const hint =
          allow === undefined ? 'policy.countries.deny has it' : `policy.countries.allow has ${allow.join(', ')}`;
        report({ ...place, message: `region ${quote(region)} lies in ${country}, which policy does not allow`, hint });
      }
    }
  },
};
