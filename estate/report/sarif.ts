import type { Diagnostic } from '../diagnostics';
import type { AcceptedWarning } from '../spec/acknowledge';
import type { Rule } from '../spec/rules';

/**
 * Diagnostics in SARIF 2.1.0, which code scanning services read; columns count UTF-16 code units, as ours do.
 *
 * Warnings that the estate accepts are in it as suppressed, so that a service closes what it had opened for them.
 */
export function toSarif(
  diagnostics: readonly Diagnostic[],
  rules: readonly Rule[],
  acknowledged: readonly AcceptedWarning[] = [],
): object {
  const found = new Set([...diagnostics, ...acknowledged.map(({ warning }) => warning)].map(({ code }) => code));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'training-estate', rules: descriptors(rules, found) } },
        columnKind: 'utf16CodeUnits',
        results: [
          ...diagnostics.map(toResult),
          ...acknowledged.map(({ warning, reason }) => ({
            ...toResult(warning),
            suppressions: [{ kind: 'inSource', justification: reason }],
          })),
        ],
      },
    ],
  };
}

/** The rules that have found something; findings of the schema explain themselves. */
function descriptors(rules: readonly Rule[], found: ReadonlySet<string>): readonly object[] {
  return rules
    .filter(({ code }) => found.has(code))
    .map(({ code, severity, summary, why, source }) => ({
      id: code,
      shortDescription: { text: summary },
      fullDescription: { text: why },
      defaultConfiguration: { level: severity },
      ...(source?.startsWith('https://') && { helpUri: source }),
    }));
}

function toResult({ code, severity, path, message, hint, at }: Diagnostic): object {
  const subject = path === '' ? '' : `${path}: `;
  const text = `${subject}${message}${hint === undefined ? '' : ` (${hint})`}`;
  return {
    ruleId: code,
    level: severity,
    message: { text },
    ...(at && {
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(at.file.replace(/\\/g, '/')) },
            region: { startLine: at.line, startColumn: at.column, endColumn: at.column + at.length },
          },
        },
      ],
    }),
  };
}
