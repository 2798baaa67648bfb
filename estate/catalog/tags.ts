import type { Cloud, Sourced } from './types';

const checked = '2026-11';

/** What a cloud takes as the key of a tag, or as its value. */
export interface TagText {
  readonly pattern: RegExp;
  readonly most: number;
  /** The characters in words, as the end of a sentence. */
  readonly takes: string;
}

/** What a cloud takes as tags of one resource. */
export interface TagRow extends Sourced {
  readonly key: TagText;
  readonly value: TagText;
  /** What keys do not begin with, in any case: the cloud gives those itself. */
  readonly reserved: readonly string[];
  /** Keys that stacks give beside those of every cloud. */
  readonly own: readonly string[];
  /** Most tags of one resource, of those that stacks make; of the kind that takes fewest. */
  readonly most: number;
  /** How many of them stacks and services give themselves at most. */
  readonly kept: number;
}

/** Tags that everything has, and those that say what it belongs to. */
export const OWN_TAGS: readonly string[] = [
  'estate',
  'team',
  'cost-center',
  'managed-by',
  'account',
  'site',
  'cluster',
  'pool',
  'store',
];

/** Tags that tell whose something is without a bill for it: costs are not counted by them. */
export const UNCOUNTED_TAGS: ReadonlySet<string> = new Set(['estate', 'managed-by']);

const HYPHENATED: TagText = {
  pattern: /^[\w-]+$/,
  most: 100,
  takes: 'letters, digits, hyphens and underscores',
};
const AWS_TEXT = {
  pattern: /^[\w+\-=.:/@](?:[\w +\-=.:/@]*[\w+\-=.:/@])?$/,
  takes: 'letters, digits and +-=._:/@, with spaces between them',
};
const GOOGLE_TEXT = { most: 63, takes: 'lower-case letters, digits, hyphens and underscores' };
/** Anything that is printed, without spaces at the ends. */
const PRINTED = { pattern: /^[!-~](?:[ -~]*[!-~])?$/, most: 256, takes: 'printable ASCII characters' };

/** Tags by cloud. They are kept as they are written, or refused: none of these is rewritten by a stack. */
export const TAGS: Readonly<Record<Cloud, TagRow>> = {
  aws: {
    key: { ...AWS_TEXT, most: 128 },
    value: { ...AWS_TEXT, most: 256 },
    reserved: ['aws:', 'eks:', 'kubernetes.io/', 'k8s.io/'],
    own: ['Name', 'nodes'],
    most: 50,
    // Its own, the name, and those by which subnets, load balancers and autoscalers are found.
    kept: 10,
    source: 'https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html',
    checked,
  },
  azure: {
    // Private DNS zones take neither colons nor spaces, nor a digit at the beginning.
    key: {
      pattern: /^[A-Za-z][\w.-]*$/,
      most: 128,
      takes: 'letters, digits, dots, hyphens and underscores after a letter',
    },
    value: PRINTED,
    reserved: ['microsoft', 'azure', 'windows', 'aks-managed', 'kubernetes'],
    own: [],
    // Of keys in a vault and of private DNS zones; other resources take 50.
    most: 15,
    kept: 5,
    source: 'https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources',
    checked,
  },
  google: {
    key: { ...GOOGLE_TEXT, pattern: /^[a-z][a-z0-9_-]*$/, takes: `${GOOGLE_TEXT.takes} after a letter` },
    value: { ...GOOGLE_TEXT, pattern: /^[a-z0-9_-]+$/ },
    reserved: ['goog'],
    own: [],
    most: 64,
    // GKE and Terraform add some ten of their own to nodes and disks.
    kept: 16,
    source: 'https://cloud.google.com/resource-manager/docs/labels-overview',
    checked,
    unverified: 'how many labels GKE adds by itself',
  },
  oracle: {
    key: HYPHENATED,
    value: PRINTED,
    reserved: ['oracle'],
    own: ['nodes'],
    most: 10,
    // Those of every resource, the cost center, and the range of a pool that has one.
    kept: 6,
    source: 'https://docs.oracle.com/en-us/iaas/Content/Tagging/Concepts/taggingoverview.htm',
    checked,
  },
};
