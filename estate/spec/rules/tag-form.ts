import { CATALOG, type Cloud } from '../../catalog';
import { OWN_TAGS, TAGS, type TagRow, type TagText } from '../../catalog/tags';
import { type OwnedEntry, ownedEntries } from '../ownership';
import type { Path } from '../positions';
import type { Estate } from '../schema';
import { quote } from '../words';
import type { Finding, Rule } from './rule';

/** Tags are such that every cloud keeps them as they are written, and none is one that everything has already. */
export const tagForm: Rule = {
  code: 'TagForm',
  severity: 'error',
  summary: 'tags are written as every cloud takes them that they reach, and are none that everything has already',
  why: 'a provider refuses others when something is created, or keeps them as something else',
  source: TAGS.aws.source,
  check(estate, report) {
    const used = [...new Set(Object.values(estate.accounts).map(({ cloud }) => cloud))];
    const whole = { path: [], entry: estate, levels: [] };
    for (const { path, entry, levels, cloud } of [whole, ...ownedEntries(estate)] as readonly OwnedEntry[]) {
      const outer = outerKeys(estate, path.length === 0 ? [] : levels.slice(0, -1), path.length === 0);
      for (const [key, value] of Object.entries(entry.tags ?? {})) {
        const at = [...path, 'tags', key];
        const other = outer.find((one) => one !== key && one.toLowerCase() === key.toLowerCase());
        const clouds = path.length === 0 ? used : cloud === undefined ? [] : [cloud];
        const [found] = [...spelledTwice(at, key, other), ...clouds.flatMap((one) => problems(at, key, value, one))];
        if (found !== undefined) report(found);
      }
    }
  },
};

/** Keys that are written further out. */
function outerKeys(estate: Estate, levels: OwnedEntry['levels'], isWhole: boolean): readonly string[] {
  return isWhole ? [] : [estate, ...levels].flatMap(({ tags = {} }) => Object.keys(tags));
}

function spelledTwice(path: Path, key: string, other: string | undefined): readonly Finding[] {
  if (other === undefined) return [];
  const message = `${quote(key)} is ${quote(other)} in another case, which it lies in; some clouds take them for one tag`;
  return [{ path, on: 'key', message, hint: `write ${quote(other)}` }];
}

/** What is wrong with a tag on a cloud. */
function problems(path: Path, key: string, value: string, cloud: Cloud): readonly Finding[] {
  const row = TAGS[cloud];
  const { title } = CATALOG[cloud];
  return [
    ...keyProblems(path, key, row, title),
    ...textProblems(path, key, row.key, 'key', title),
    ...textProblems(path, value, row.value, 'value', title),
  ].map((found) => ({ ...found, hint: `${found.hint} (${row.source})` }));
}

function keyProblems(path: Path, key: string, row: TagRow, title: string): readonly (Finding & { hint: string })[] {
  const low = key.toLowerCase();
  const taken = [...OWN_TAGS, ...row.own].find((own) => own.toLowerCase() === low);
  if (taken !== undefined) {
    const message = `${quote(key)} is a tag that everything has already`;
    const hint = OWNER_TAGS.includes(taken) ? 'name an owner, which decides it' : 'choose another key';
    return [{ path, on: 'key', message, hint }];
  }
  const prefix = row.reserved.find((reserved) => low.startsWith(reserved));
  if (prefix === undefined) return [];
  const message = `tags of ${title} that begin with ${quote(prefix)} are its own`;
  return [{ path, on: 'key', message, hint: 'choose another key' }];
}

/** What an owner decides. */
const OWNER_TAGS: readonly string[] = ['team', 'cost-center'];

function textProblems(
  path: Path,
  text: string,
  form: TagText,
  part: 'key' | 'value',
  title: string,
): readonly (Finding & { hint: string })[] {
  const fits = (one: string) => form.pattern.test(one) && one.length <= form.most;
  if (fits(text)) return [];
  const low = text.toLowerCase();
  // Letters without their accents, then nothing but what all clouds take.
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '');
  const words = plain.toLowerCase().replace(/[^a-z0-9_-]+/g, '-');
  const near = [text.trim(), low, plain, plain.toLowerCase(), words].find(fits);
  const what =
    text.length > form.most
      ? `has ${text.length} characters, and ${title} takes ${form.most}`
      : `is not what ${title} takes: ${form.takes}`;
  const hint = near === undefined ? 'write another one' : `write ${quote(near)}`;
  return [
    {
      path,
      value: text,
      on: part,
      message: `the ${part} ${quote(text)} of a tag ${what}`,
      hint: `${hint}, or give it where only other clouds are`,
    },
  ];
}
