import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../../../constructs/azure');

/** Tables that an estate may add to: who reads the built-in one does not see what the estate says. */
const KEYED = ['azure', 'azureMachines', 'azureLustreTiers', 'ACCELERATORS', 'CATALOG', 'BUILT_IN_CATALOG', 'QUOTAS'];

/** Names that a file imports as values. */
function valuesImported(text: string): string[] {
  return [...text.matchAll(/^import (?!type\b)\{([^}]*)\} from '[^']*estate[^']*'/gm)].flatMap(([, names = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type ')),
  );
}

describe('constructs of Azure', () => {
  const files = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const);

  test.each(files)('%s takes rows of the catalog as they are handed to it', (_, text) => {
    expect(valuesImported(text).filter((name) => KEYED.includes(name))).toEqual([]);
  });

  test('are read as they are written', () => {
    expect(valuesImported(files.map(([, text]) => text).join('\n'))).toContain('AZURE_POD_BLOCK');
  });
});
