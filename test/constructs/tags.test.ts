import fc from 'fast-check';
import * as aws from '../../constructs/aws';
import * as azure from '../../constructs/azure';
import * as google from '../../constructs/google';
import * as oracle from '../../constructs/oracle';
import { CLOUDS, type Cloud } from '../../estate/catalog';
import { TAGS, type TagText } from '../../estate/catalog/tags';
import type { Tags } from '../../estate/units';
import { newStack } from './google/support';

const RESOURCE_TAGS: Readonly<Record<Cloud, (tags: Tags) => Tags>> = {
  aws: aws.resourceTags,
  azure: azure.resourceTags,
  google: (tags) => google.resourceTags(newStack(), tags),
  oracle: oracle.resourceTags,
};

/** Texts that a cloud takes, the longest among them. */
const taken = ({ pattern, most }: TagText) =>
  fc
    .stringMatching(pattern)
    .map((text) => text.slice(0, most))
    .filter((text) => pattern.test(text));

test.each(CLOUDS)('writes each tag on %s as the estate may have it', (cloud) => {
  const { key, value } = TAGS[cloud];
  fc.assert(
    fc.property(taken(key), taken(value), (name, text) => {
      expect(RESOURCE_TAGS[cloud]({ [name]: text })).toEqual({ [name]: text });
    }),
  );
});
