import { type Problem, validateObject } from '../../bundle/validate';
import { checkRules } from '../../tools/kube-schemas/rules';

/** Everything for which a server would refuse an object when it is made, rules in CEL included. */
export function refusals(object: unknown): readonly Problem[] {
  return validateObject(object, checkRules);
}

/** The same as lines to compare: `path: message`. */
export function refusalLines(object: unknown): readonly string[] {
  return refusals(object).map(({ path, message }) => `${path}: ${message}`);
}
