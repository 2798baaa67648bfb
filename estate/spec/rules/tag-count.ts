import { CATALOG, type Cloud } from '../../catalog';
import { TAGS } from '../../catalog/tags';
import { ownedEntries, writtenTags } from '../ownership';
import type { Path } from '../positions';
import { counted } from '../words';
import type { Rule } from './rule';

/** Nothing has more tags than its cloud takes of one resource. */
export const tagCount: Rule = {
  code: 'TagCount',
  severity: 'error',
  summary: 'nothing has more tags than its cloud takes of one resource, those that everything has among them',
  why: 'the provider refuses the resource when it is created',
  source: TAGS.oracle.source,
  check(estate, report) {
    const most = (cloud: Cloud) => TAGS[cloud].most - TAGS[cloud].kept;
    const look = (path: Path, count: number, before: number, cloud: Cloud): void => {
      const limit = most(cloud);
      // What is too much further out is said there.
      if (count <= limit || before > limit) return;
      const { most: taken, kept, source } = TAGS[cloud];
      const message = `${counted(count, 'tag')} are more than the ${limit} that can be given on ${CATALOG[cloud].title}`;
      const hint = `leave ${count - limit} out: one resource there takes ${taken}, of which stacks give up to ${kept} themselves (${source})`;
      report({ path: [...path, 'tags'], on: 'key', message, hint });
    };
    const size = (levels: Parameters<typeof writtenTags>[1]) => Object.keys(writtenTags(estate, levels)).length;
    const [strictest] = [...new Set(Object.values(estate.accounts).map(({ cloud }) => cloud))].sort(
      (one, other) => most(one) - most(other),
    );
    if (strictest !== undefined) look([], size([]), 0, strictest);
    for (const { path, entry, levels, cloud } of ownedEntries(estate)) {
      if (entry.tags === undefined || cloud === undefined) continue;
      look(path, size(levels), size(levels.slice(0, -1)), cloud);
    }
  },
};
