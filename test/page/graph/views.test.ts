import { join } from 'node:path';
import { readLock } from '../../../cli/app';
import { resolve } from '../../../estate/plan/resolve';
import { loadEstate, readExchange } from '../../../estate/spec/load';
import { GRAPH_FORMATS, GRAPH_VIEWS } from '../../../page/graph/types';
import { graphText } from '../../../page/graph/views';
import { ROOT } from '../../helpers/cli';
import { ESTATE_FILES, planOfFile } from '../../helpers/graphs';
import { reversed } from '../../helpers/reversed';

test.each(ESTATE_FILES)('graphs of %s are the same texts, whatever the order of entries in the file', (path) => {
  const file = join(ROOT, path);
  const exchange = reversed(readExchange(file)?.exchange);
  const files = { estate: path, lock: path };
  const turned = resolve(reversed(loadEstate(file).estate), readLock(file), files, exchange);
  for (const view of GRAPH_VIEWS)
    for (const format of GRAPH_FORMATS) {
      const text = graphText(view, format, planOfFile(path));
      expect([view, format, graphText(view, format, turned) === text]).toEqual([view, format, true]);
    }
});
