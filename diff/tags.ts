import { withoutPositions } from './facts';
import type { ResourceChange } from './types';

/** Arguments that hold tags or labels of a resource, by the dotted path that ends with the tag's own key. */
const TAGS =
  /(^|\.)(tags|Tags|TagSpecifications|labels|user_labels|resource_labels|terraform_labels|effective_labels|freeform_tags|defined_tags|tags_all)(\.|$)/;

/** Labels that Kubernetes schedules by: they are no tags, whatever they are called. */
const SCHEDULED = /(^|\.)(node_config\.labels|node_labels|Labels|initial_node_labels)(\.|$)/;

/** Arguments that are called as tags are, and say what something does: where a channel of alarms leads to. */
const SAID = /^google_monitoring_notification_channel (labels|sensitive_labels)(\.|$)/;

/** Values that are tags themselves. */
const TAG_VALUES = new Set(['oci_identity_tag_default value']);

function isTag(type: string, path: string): boolean {
  const plain = withoutPositions(path);
  const named = `${type} ${plain}`;
  return TAG_VALUES.has(named) || (TAGS.test(plain) && !SCHEDULED.test(plain) && !SAID.test(named));
}

/** Whether a change is about tags and nothing else but what a data source is asked again. */
export function isTagChange({ type, action, attributes, refused, reread, shrunk }: ResourceChange): boolean {
  const written = attributes.filter((path) => !reread.includes(path));
  return (
    action === 'updated' &&
    written.length > 0 &&
    refused.length === 0 &&
    shrunk.length === 0 &&
    written.every((path) => isTag(type, path))
  );
}

/** The keys of the tags that changes are about, sorted. */
export function tagKeys(changes: readonly ResourceChange[]): string[] {
  const keys = changes.flatMap(({ type, attributes }) =>
    attributes.flatMap((path) => {
      if (TAG_VALUES.has(`${type} ${withoutPositions(path)}`)) return [];
      if (!isTag(type, path)) return [];
      const plain = withoutPositions(path).replace(TAGS, '\n').split('\n')[1] ?? '';
      return plain === '' ? [] : [plain.split('.').at(-1) ?? plain];
    }),
  );
  return [...new Set(keys)].sort();
}
