import { attributesOf, type BlockSchema, blocksOf } from '../../provider/schema';
import { isObject, type Value, type ValueObject } from '../../provider/values';
import type { Random } from '../../tools/fuzz/random';
import { type Subject, sampleBlock, sampleValue } from './subject';

function blockBelow(
  random: Random,
  subject: Subject,
  block: BlockSchema,
  holder: ValueObject,
  name: string,
  path: string,
): ValueObject | undefined {
  const nested = blocksOf(block)[name];
  if (nested === undefined) return undefined;
  const isList = nested.nesting_mode === 'list' || nested.nesting_mode === 'set';
  const own = holder[name] ?? null;
  const [first] = Array.isArray(own) ? own : [own];
  if (isObject(first)) return first;
  const made = sampleBlock(random, subject, nested.block, `${path}.`);
  holder[name] = isList ? [made] : made;
  return made;
}

/** Gives what a recorded path names, with the blocks on its way; returns whether the schema has it. */
export function giveAt(random: Random, subject: Subject, config: ValueObject, path: string): boolean {
  const segments = path.split('.');
  const last = segments.pop() ?? '';
  let [block, holder]: [BlockSchema, ValueObject] = [subject.block, config];
  let at = '';
  for (const segment of segments) {
    at = at === '' ? segment : `${at}.${segment}`;
    const inner = blockBelow(random, subject, block, holder, segment, at);
    const nested = blocksOf(block)[segment];
    if (inner === undefined || nested === undefined) return false;
    [block, holder] = [nested.block, inner];
  }
  const attribute = attributesOf(block)[last];
  if (attribute === undefined) return blockBelow(random, subject, block, holder, last, path) !== undefined;
  if (attribute.optional !== true && attribute.required !== true) return false;
  const own = holder[last] ?? null;
  if (own === null || (Array.isArray(own) && own.length === 0)) {
    holder[last] = sampleValue(random, subject, attribute.type, path);
  }
  return true;
}

/** Takes away what a recorded path names, wherever it stands. */
export function takeAt(block: BlockSchema, config: Value, path: string): void {
  if (!isObject(config)) return;
  const [name = '', ...rest] = path.split('.');
  const nested = blocksOf(block)[name];
  if (nested === undefined) {
    if (rest.length === 0 && attributesOf(block)[name] !== undefined) config[name] = null;
    return;
  }
  const own = config[name] ?? null;
  if (rest.length > 0) {
    for (const each of Array.isArray(own) ? own : [own]) takeAt(nested.block, each, rest.join('.'));
    return;
  }
  config[name] = nested.nesting_mode === 'list' || nested.nesting_mode === 'set' ? [] : null;
}
