import { fieldPath, isRecord, type Report, shown } from '../problems';

/** A form of names that servers ask for. */
export interface NameForm {
  readonly words: string;
  readonly maxLength: number;
  readonly pattern: RegExp;
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';

/**
 * Forms of names of Kubernetes.
 *
 * Source: k8s.io/apimachinery v0.36.3, pkg/api/validate/content and pkg/util/validation; checked 2026-11.
 */
export const NAME_FORMS = {
  subdomain: {
    words: 'lower-case letters, digits, "-" and ".", with a letter or digit at both ends of each part',
    maxLength: 253,
    pattern: new RegExp(`^${LABEL}(\\.${LABEL})*$`),
  },
  label: {
    words: 'lower-case letters, digits and "-", with a letter or digit at both ends',
    maxLength: 63,
    pattern: new RegExp(`^${LABEL}$`),
  },
  /** Part of a path: roles may have colons and capitals. */
  segment: {
    words: 'anything but ".", ".." and what holds "/" or "%"',
    maxLength: Number.POSITIVE_INFINITY,
    pattern: /^(?!\.{1,2}$)[^/%]+$/,
  },
  /** Name of a port. */
  port: {
    words:
      'lower-case letters, digits and "-", with a letter in it, none or one "-" at a time, and a letter or digit at both ends',
    maxLength: 15,
    pattern: /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/,
  },
  labelValue: {
    words: 'letters, digits, "-", "_" and ".", with a letter or digit at both ends, or nothing',
    maxLength: 63,
    pattern: /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/,
  },
} as const satisfies Readonly<Record<string, NameForm>>;

const KEY_NAME: NameForm = {
  words: 'letters, digits, "-", "_" and ".", with a letter or digit at both ends, after an optional domain and "/"',
  maxLength: 63,
  pattern: /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/,
};

/** All annotations of one object together; source: k8s.io/apimachinery v0.36.3, pkg/api/validation/objectmeta.go. */
const ANNOTATION_BYTES = 256 * 1024;

/** Reports a name that does not have its form. */
export function checkName(name: string, form: NameForm, path: string, report: Report): void {
  const { words, maxLength, pattern } = form;
  if (name.length > maxLength)
    report('NotAllowed', path, `has ${name.length} characters; at most ${maxLength} are allowed`);
  else if (!pattern.test(name)) report('NotAllowed', path, `is ${shown(name)}; it has to be ${words}`);
}

/** Reports a key of a label, an annotation or a resource that does not have the form of one. */
export function checkKey(key: string, path: string, report: Report): void {
  const parts = key.split('/');
  const [first = '', second] = parts;
  if (parts.length > 2) report('NotAllowed', path, `is ${shown(key)}; it has to be ${KEY_NAME.words}`);
  else {
    if (second !== undefined) checkName(first, NAME_FORMS.subdomain, path, report);
    checkName(second ?? first, KEY_NAME, path, report);
  }
}

/** Reports labels that no object may have. */
export function checkLabels(labels: unknown, path: string, report: Report): void {
  for (const [key, value] of Object.entries(isRecord(labels) ? labels : {})) {
    const at = fieldPath(path, key);
    checkKey(key, at, report);
    if (typeof value === 'string') checkName(value, NAME_FORMS.labelValue, at, report);
  }
}

/** Reports selectors of labels that match nothing or say nothing. */
export function checkSelector(selector: unknown, path: string, report: Report): void {
  if (!isRecord(selector)) return;
  checkLabels(selector.matchLabels, `${path}.matchLabels`, report);
  const expressions = Array.isArray(selector.matchExpressions) ? selector.matchExpressions : [];
  for (const [index, each] of expressions.entries()) {
    const at = `${path}.matchExpressions[${index}]`;
    if (!isRecord(each)) continue;
    if (typeof each.key === 'string') checkKey(each.key, `${at}.key`, report);
    const count = Array.isArray(each.values) ? each.values.length : 0;
    const isList = each.operator === 'In' || each.operator === 'NotIn';
    const isNone = each.operator === 'Exists' || each.operator === 'DoesNotExist';
    if (!isList && !isNone)
      report('NotAllowed', `${at}.operator`, `is ${shown(each.operator)}; allowed is In, NotIn, Exists, DoesNotExist`);
    if (isList && count === 0) report('MissingField', `${at}.values`, `is empty; ${each.operator} needs values`);
    if (isNone && count > 0) report('Rule', `${at}.values`, `goes with In and NotIn only`);
  }
}

/** Names that are not subdomains, by group and kind; all others are. Sources are those of the forms. */
const FORMS: Readonly<Record<string, NameForm>> = {
  Namespace: NAME_FORMS.label,
  Service: NAME_FORMS.label,
  'rbac.authorization.k8s.io/ClusterRole': NAME_FORMS.segment,
  'rbac.authorization.k8s.io/ClusterRoleBinding': NAME_FORMS.segment,
  'rbac.authorization.k8s.io/Role': NAME_FORMS.segment,
  'rbac.authorization.k8s.io/RoleBinding': NAME_FORMS.segment,
};

/** Reports what is wrong with the names, labels and annotations of an object. */
export function checkMetadata(
  group: string,
  kind: string,
  metadata: Readonly<Record<string, unknown>>,
  report: Report,
): void {
  const { name, generateName, namespace, labels, annotations } = metadata;
  const form = FORMS[group === '' ? kind : `${group}/${kind}`] ?? NAME_FORMS.subdomain;
  const hasPrefix = typeof generateName === 'string' && generateName !== '';
  if (typeof name === 'string' && name !== '') checkName(name, form, 'metadata.name', report);
  else if (!hasPrefix) report('MissingField', 'metadata.name', 'is missing');
  else checkName(generateName.replace(/(.)-$/, '$1a'), form, 'metadata.generateName', report);
  if (typeof namespace === 'string' && namespace !== '')
    checkName(namespace, NAME_FORMS.label, 'metadata.namespace', report);
  checkLabels(labels, 'metadata.labels', report);
  const texts = Object.entries(isRecord(annotations) ? annotations : {});
  for (const [key] of texts) checkKey(key.toLowerCase(), fieldPath('metadata.annotations', key), report);
  const bytes = texts.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(String(value)), 0);
  if (bytes > ANNOTATION_BYTES)
    report('NotAllowed', 'metadata.annotations', `has ${bytes} bytes; at most ${ANNOTATION_BYTES} are allowed`);
}
