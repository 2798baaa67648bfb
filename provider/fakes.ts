import { createHash } from 'node:crypto';
import { googleDerived, googleSelfLink, type IdSubject, idOf } from './fake-ids';
import { attributesOf, type BlockSchema, blocksOf, type ProviderName, type TypeConstraint } from './schema';
import { elementType, encodeValue, isObject, Unknown, type Value, type ValueObject } from './values';

/** How a made-up text is recognized: by its mark, or by the few values whose shape leaves no room for one. */
const MARK = /offline[0-9a-f]{10}|0ff11e00-|LS0tLS1CRUdJTiBvZmZsaW5l|192\.0\.2\.|2000-01-01T00:00:00Z/;

/** Whether a text comes, whole or in part, from a made-up result. */
export function isFake(text: string): boolean {
  return MARK.test(text);
}

/** What a made-up value is for. */
interface Subject extends IdSubject {
  readonly provider: ProviderName;
  readonly hash: string;
}

interface Shape {
  readonly names: RegExp;
  readonly text: (subject: Subject, mark: string) => string;
}

const BASE64_PEM = (mark: string): string => Buffer.from(`-----BEGIN ${mark}-----`).toString('base64');

/** A kube config as the services hand it out, with nothing in it that opens anything. */
function kubeConfig(mark: string): string {
  return [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    `- name: ${mark}`,
    '  cluster:',
    `    server: https://${mark}.invalid:443`,
    `    certificate-authority-data: ${BASE64_PEM(mark)}`,
    'users:',
    `- name: ${mark}`,
    '  user: {}',
    'contexts:',
    `- name: ${mark}`,
    '  context:',
    `    cluster: ${mark}`,
    `    user: ${mark}`,
    `current-context: ${mark}`,
    '',
  ].join('\n');
}

/** Shapes of made-up texts by the attribute's name, so that functions which take them apart find what they expect. */
const SHAPES: readonly Shape[] = [
  { names: /^kube_(admin_)?config_raw$/, text: (_, mark) => kubeConfig(mark) },
  {
    names: /(^|_)(certificate|client_key|private_key|public_key|csr|data|content)$/,
    text: (_, mark) => BASE64_PEM(mark),
  },
  {
    names: /(^|_)(uuid|guid|principal_id|client_id|tenant_id|object_id|subscription_id|immutable_id)$/,
    text: (_, mark) => uuid(mark),
  },
  { names: /(^|_)(cidr|cidr_block|ip_cidr_range|ip_range|address_prefix)$/, text: () => '192.0.2.0/24' },
  { names: /(^|_)(ip|ip_address|ipv4_address|address|fqdn_ip|gateway_address)$/, text: () => '192.0.2.1' },
  {
    names: /(^|_)(self_link|selflink)$/,
    text: (subject, mark) => googleSelfLink(subject, mark),
  },
  {
    names: /(^|_)(uri|url|endpoint|host|issuer|issuer_url|location_uri)$/,
    text: (_, mark) => `https://${mark}.invalid/`,
  },
  { names: /(^|_)(fqdn|hostname|domain|domain_name|dns_name)$/, text: (_, mark) => `${mark}.invalid` },
  {
    names: /(^|_)(email|unique_writer|service_account_email|writer_identity)$/,
    text: (_, mark) => `${mark}@offline.invalid`,
  },
  {
    names: /^time_|(_|^)(timestamp|time|created_at|updated_at|create_time|update_time)$/,
    text: () => '2000-01-01T00:00:00Z',
  },
  { names: /(^|_)json$/, text: (_, mark) => JSON.stringify({ offline: mark }) },
];

function uuid(mark: string): string {
  const digits = createHash('sha256').update(mark).digest('hex');
  return `0ff11e00-${digits.slice(0, 4)}-4${digits.slice(4, 7)}-8${digits.slice(7, 10)}-${digits.slice(10, 22)}`;
}

function fakeText(subject: Subject, path: string): string {
  const mark = `offline${createHash('sha256').update(`${subject.hash}:${path}`).digest('hex').slice(0, 10)}`;
  const attribute = path.split('.').findLast((step) => !/^\d+$/.test(step)) ?? path;
  if (attribute === 'content' && /kube_?config/.test(subject.type)) return kubeConfig(mark);
  const shape = SHAPES.find(({ names }) => names.test(attribute));
  if (shape !== undefined) return shape.text(subject, mark);
  return /(^|_)ids?$/.test(attribute) ? idOf(subject.provider, subject, attribute, mark, uuid) : mark;
}

function fake(subject: Subject, type: TypeConstraint, path: string, isOptional: boolean): Value {
  if (type === 'string') return fakeText(subject, path);
  if (type === 'number') return 1;
  if (type === 'bool') return false;
  if (type === 'dynamic') return [Buffer.from('"string"'), fakeText(subject, path)];
  if (type[0] === 'map') return {};
  if (type[0] === 'object') {
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, inner]) => [name, fake(subject, inner, `${path}.${name}`, false)]),
    );
  }
  if (type[0] === 'tuple') return type[1].map((inner, index) => fake(subject, inner, `${path}.${index}`, false));
  // What the user may give but did not is empty; what only the provider gives has one element, so that [0] resolves.
  const isBlockLike = typeof type[1] !== 'string';
  return isOptional && isBlockLike ? [] : [fake(subject, type[1], path, false)];
}

function fill(subject: Subject, type: TypeConstraint, value: Value, path: string, isOptional: boolean): Value {
  if (value instanceof Unknown) {
    const derived = subject.provider === 'google' ? googleDerived(subject, path) : undefined;
    return derived ?? fake(subject, type, path, isOptional);
  }
  if (typeof type === 'string') return value;
  if (Array.isArray(value)) {
    return value.map((element, index) => fill(subject, elementType(type, index), element, `${path}.${index}`, false));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, element]) => [
      name,
      fill(subject, elementType(type, name), element, `${path}.${name}`, false),
    ]),
  );
}

function fillBlock(subject: Subject, block: BlockSchema, value: Value, path: string): Value {
  if (Array.isArray(value))
    return value.map((element, index) => fillBlock(subject, block, element, `${path}${index}.`));
  if (!isObject(value)) return value;
  const filled: ValueObject = {};
  for (const [name, attribute] of Object.entries(attributesOf(block))) {
    filled[name] = fill(subject, attribute.type, value[name] ?? null, `${path}${name}`, attribute.optional === true);
  }
  for (const [name, nested] of Object.entries(blocksOf(block))) {
    filled[name] = fillBlock(subject, nested.block, value[name] ?? null, `${path}${name}.`);
  }
  return filled;
}

/** What a planned resource belongs to. */
export interface FilledResource {
  readonly provider: ProviderName;
  readonly typeName: string;
  readonly block: BlockSchema;
  /** The provider's own configuration: its project, subscription or region. */
  readonly config: Value;
  /** Which of several equal resources it is. */
  readonly occurrence: number;
}

/** A planned resource with every unknown replaced by a made-up result, the same for the same plan. */
export function fillUnknowns({ provider, typeName, block, config, occurrence }: FilledResource, planned: Value): Value {
  const hash = createHash('sha256').update(typeName).update(encodeValue(planned)).update(String(occurrence));
  const type = typeName.slice(typeName.indexOf('_') + 1);
  const values = isObject(planned) ? planned : {};
  const subject = { provider, type, values, config: isObject(config) ? config : {}, hash: hash.digest('hex') };
  return fillBlock(subject, block, planned, '');
}

/** A hash by which equal plans are told apart by count. */
export function planHash(typeName: string, planned: Value): string {
  return createHash('sha256').update(typeName).update(encodeValue(planned)).digest('hex');
}
