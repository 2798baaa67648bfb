import { type ExplainedFinding, FINDINGS } from '../../../estate/catalog/findings';

const rows = Object.entries<ExplainedFinding>(FINDINGS);

describe('findings that stay', () => {
  test.each(rows)('%s says what is asked for, where it stays and why', (name, row) => {
    expect(name.startsWith(`${row.cloud}-`)).toBe(true);
    expect(row.asks).toMatch(/^(?:[a-z]|RDP|SSH|Google)[^.]+$/);
    expect(row.reason).toMatch(/^[A-Z].{20,300}\.$/);
    expect(row.on.length).toBeGreaterThan(0);
    expect([row.source?.startsWith('https://') ?? true, row.checked]).toEqual([
      true,
      row.source === undefined ? undefined : expect.stringMatching(/^\d{4}-\d{2}$/),
    ]);
  });

  test.each(rows.filter(([, { tool }]) => tool === 'cdk-nag'))(
    '%s is acknowledged of one thing at a place',
    (_, row) => {
      for (const { of } of row.on) expect(of).toMatch(/^(Policy|Resource|Action)::./);
    },
  );

  test.each(rows.filter(([, { tool }]) => tool === 'checkov'))(
    '%s is about one construct or such arguments',
    (_, row) => {
      for (const { type, ids, arguments: values = {} } of row.on) {
        const isOne = !/^(\*|Resource)$/.test(ids) || Object.keys(values).length > 0;
        // Every cluster has the finding: what it asks for is gone from Kubernetes.
        expect([type, isOne || row.rule === 'CKV2_OCI_6']).toEqual([type, true]);
      }
    },
  );

  test('no two are about the same', () => {
    const places = rows.flatMap(([, { tool, rule, on }]) =>
      on.map((place) => [tool, rule, place.type, place.ids, place.of, JSON.stringify(place.arguments)].join(' ')),
    );
    expect([...new Set(places)]).toEqual(places);
  });
});
