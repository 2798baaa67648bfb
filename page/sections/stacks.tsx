import { type PendingLinks, pendingLinks } from '../../estate/plan/links/pending';
import { applyStep, type OrderedStack, stackOrder, stepsOf } from '../../estate/plan/order';
import type { Plan } from '../../estate/plan/types';
import { counted, joined } from '../../estate/spec/words';
import { layoutOf } from '../graph/layout';
import { GraphPicture, narrowestOf } from '../graph/picture';
import { entryOf, stacksGraph } from '../graph/stacks';
import type { EstatePage } from '../model';
import { cloudTitle } from '../parts/cloud-title';
import { Figure, type LegendEntry } from '../parts/figure';
import type { Section } from '../parts/section';
import { DataTable, type PageColumn } from '../parts/table';

/** Every stack after those that it needs. */
export const STACKS: Section = {
  id: 'stacks',
  title: 'Stacks in order of apply',
  body: (page) => {
    const rows = stackOrder(page.plan);
    if (rows.length === 0) return undefined;
    const { halves } = pendingLinks(page.plan);
    const graph = stacksGraph(page.plan, page.facets);
    const placed = layoutOf(graph);
    return (
      <>
        <p>{leadOf(rows)}</p>
        <p class="soft">
          <code>npx estate runbook first-apply</code> has all commands in this order, with what to wait for.
        </p>
        <Figure
          title="Every stack behind those that it comes after, by cloud; lines that follow from others are left out"
          picture={<GraphPicture placed={placed} id="stacks-graph" />}
          narrowest={narrowestOf(placed)}
          legend={legendOf(
            page.plan,
            graph.edges.some(({ line }) => line === 'dashed'),
          )}
          table={
            <>
              <Stacks rows={rows} page={page} />
              {halves.length > 0 && <Waiting halves={halves} page={page} />}
            </>
          }
        />
      </>
    );
  },
};

/** `76 stacks in 4 steps: 4 of foundation, 18 of network, …`. */
function leadOf(rows: readonly OrderedStack[]): string {
  const steps = stepsOf(rows).flatMap((step) => {
    const own = rows.filter(({ cloud, layer }) => applyStep(cloud, layer) === step);
    return own.length === 0 ? [] : [`${own.length} of ${own[0]?.layer}`];
  });
  const all = `${counted(rows.length, 'stack')} in ${counted(steps.length, 'step')}: ${joined(steps, 'and')}.`;
  return `${all} Stacks of one step can be applied at the same time.`;
}

function legendOf({ clouds }: Plan, hasDashed: boolean): readonly LegendEntry[] {
  return [
    ...clouds.map((cloud): LegendEntry => ({ tone: cloud, text: cloudTitle(cloud) })),
    { tone: 'soft', text: 'comes before', mark: 'line' },
    ...(hasDashed
      ? [{ tone: 'soft', text: 'outputs to import first, and stacks that wait for them', mark: 'dashed' } as const]
      : []),
  ];
}

interface StacksProps {
  readonly rows: readonly OrderedStack[];
  readonly page: EstatePage;
}

/** All stacks with all that each comes after. */
function Stacks({ rows, page: { facets } }: StacksProps) {
  const columns: readonly PageColumn<OrderedStack>[] = [
    { title: 'Stack', key: 'stack', value: (row) => row.stack, copies: true },
    { title: 'Cloud', key: 'cloud', value: (row) => row.cloud },
    { title: 'Layer', key: 'layer', value: (row) => row.layer },
    { title: 'Account', value: (row) => row.account.key },
    { title: 'Region', value: (row) => row.region },
    { title: 'After', value: (row) => row.after },
  ];
  return (
    <DataTable
      title="Stacks in an order that works, with all that each comes after"
      rows={rows}
      columns={columns}
      facets={(row) => facets(entryOf(row))}
    />
  );
}

type Half = PendingLinks['halves'][number];

interface WaitingProps {
  readonly halves: readonly Half[];
  readonly page: EstatePage;
}

/** Stacks that are made once others have told what they are made from. */
function Waiting({ halves, page: { facets } }: WaitingProps) {
  const columns: readonly PageColumn<Half>[] = [
    { title: 'Stack', value: (row) => row.stack, copies: true },
    { title: 'Link', value: (row) => row.link },
    { title: 'Site', value: (row) => row.site },
    { title: 'Waits for', value: (row) => row.missing.map(({ path }) => path), isLong: true },
    { title: 'Told by', value: (row) => [...new Set(row.missing.map(({ from }) => from))] },
  ];
  return (
    <DataTable
      title="Stacks that cannot be made before outputs of others are imported"
      rows={halves}
      columns={columns}
      facets={({ site }) => facets(`sites.${site}`)}
    />
  );
}
