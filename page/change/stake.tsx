import type { ComponentChildren } from 'preact';
import type { DiffReport, Loss } from '../../diff';
import { formatAmounts } from '../../diff/holdings';
import { isSmaller } from '../../diff/losses';
import {
  describeCut,
  describeResources,
  describeShrinking,
  describeUnconfirmed,
  distinctRefusals,
  GIVEN_UP,
  leavingStacks,
  rolledPools,
  waitingPools,
  wayDown,
} from '../../diff/words';
import type { Section } from '../parts/section';
import { DataTable } from '../parts/table';
import { type ChangePage, stackFacets } from './model';

/** What is lost, cut, smaller, given up or refused, and what leaves but goes on existing. */
export const STAKE: Section<ChangePage> = {
  id: 'stake',
  title: 'What is at stake',
  body: (page) => {
    const parts = [Refused, Lost, Protected, Smaller, Cut, GivenUp, Leaving, Pools, Unconfirmed].flatMap((Part) => {
      const content = Part(page);
      return content === null ? [] : [content];
    });
    return parts.length === 0 ? (
      <p>Nothing: no accelerator, no file and no link goes, and nothing is refused.</p>
    ) : (
      parts
    );
  },
};

function Refused({ report, facets }: ChangePage): ComponentChildren {
  const rows = distinctRefusals(report);
  if (rows.length === 0) return null;
  return (
    <DataTable
      title="Refused when it is applied"
      rows={rows}
      facets={({ key }) => facets(key)}
      columns={[
        { title: 'Entry', key: 'estate', value: ({ key }) => key },
        { title: 'Resource', key: 'address', value: ({ address }) => address, copies: true },
        { title: 'Who refuses', key: 'who', value: ({ who }) => who },
        { title: 'Why', key: 'why', value: ({ why }) => why },
        { title: 'Attributes', key: 'attributes', value: ({ attributes }) => attributes },
        { title: 'What works', key: 'way', value: ({ way }) => way },
        { title: 'Source', key: 'source', value: ({ source }) => source },
      ]}
    />
  );
}

function Lost({ report, facets }: ChangePage): ComponentChildren {
  const { lost } = report;
  if (lost.length === 0) return null;
  return (
    <DataTable
      title="Lost, by entry"
      rows={lost}
      facets={({ path }: Loss) => facets(path)}
      columns={[
        { title: 'Entry', key: 'path', value: ({ path }) => path },
        { title: 'What goes', value: (loss) => goes(loss, report) },
        { title: 'Accelerators', key: 'accelerators', value: ({ accelerators }) => accelerators },
        { title: 'Nodes', key: 'nodes', value: ({ nodes }) => nodes },
        { title: 'Files, TiB', key: 'tebibytes', value: ({ tebibytes }) => tebibytes },
        { title: 'Days of retention', key: 'days', value: ({ days }) => days },
        {
          title: 'Protected',
          key: 'protected',
          value: (loss) => loss.protected,
          shown: (loss) => (loss.protected ? 'protected' : 'no'),
        },
      ]}
    />
  );
}

/** What an entry loses: machines and files by their numbers, all else by what it is. */
function goes({ path, holdings }: Loss, { stacks }: DiffReport): string {
  const held = formatAmounts(holdings);
  if (held !== '') return held;
  const lost = stacks
    .flatMap(({ resources }) => resources)
    .filter(({ key, action }) => key === path && (action === 'replaced' || action === 'destroyed'));
  return describeResources(lost.filter(({ isProtected }) => isProtected)) || describeResources(lost);
}

function Protected({ report, facets }: ChangePage): ComponentChildren {
  if (report.protected.length === 0) return null;
  return (
    <DataTable
      title="Protected, and lost, smaller, or out of the estate"
      rows={report.protected}
      facets={({ key }) => facets(key)}
      columns={[
        { title: 'Entry', value: ({ key }) => key },
        { title: 'Resource', value: ({ address }) => address, copies: true },
        { title: 'What', value: ({ noun }) => noun },
        { title: 'Stack', value: ({ stack }) => stack },
        { title: 'What becomes of it', value: ({ action }) => action },
        { title: 'Accepted', value: ({ isAccepted }) => (isAccepted ? 'yes' : 'no') },
      ]}
    />
  );
}

function Smaller({ report, facets }: ChangePage): ComponentChildren {
  const rows = report.stacks.flatMap(({ resources }) => resources.filter(isSmaller));
  if (rows.length === 0) return null;
  return (
    <DataTable
      title="Stays, but smaller"
      rows={rows}
      facets={({ key }) => facets(key)}
      columns={[
        { title: 'Entry', value: ({ key }) => key },
        { title: 'Resource', value: ({ address }) => address, copies: true },
        { title: 'Stack', value: ({ stack }) => stack },
        { title: 'What goes', value: describeShrinking },
      ]}
    />
  );
}

function Cut({ report: { cut }, facets }: ChangePage): ComponentChildren {
  if (cut.length === 0) return null;
  return (
    <DataTable
      title="Links"
      rows={cut}
      facets={({ path }) => facets(path)}
      columns={[
        { title: 'Link', value: ({ path }) => path },
        { title: 'What becomes of it', value: describeCut },
      ]}
    />
  );
}

function GivenUp({ report: { givenUp }, facets }: ChangePage): ComponentChildren {
  if (givenUp.length === 0) return null;
  return (
    <DataTable
      title={GIVEN_UP}
      rows={givenUp}
      facets={({ path }) => facets(path)}
      columns={[
        { title: 'Entry', value: ({ path }) => path },
        { title: 'What', value: ({ what }) => what },
        { title: 'Accepted', value: ({ isAccepted }) => (isAccepted ? 'yes' : 'no') },
      ]}
    />
  );
}

function Leaving({ report, facets }: ChangePage): ComponentChildren {
  const rows = leavingStacks(report).map((place) => ({ ...place, ...wayDown(place) }));
  if (rows.length === 0) return null;
  return (
    <DataTable
      title="Leaves the estate, and nothing destroys it"
      rows={rows}
      facets={(place) => stackFacets({ facets }, place)}
      columns={[
        { title: 'Stack', value: ({ stack }) => stack },
        { title: 'What it means', value: ({ says }) => says },
        ...(rows.some(({ commands }) => commands.length > 0)
          ? [
              {
                title: 'Commands that end it',
                value: (row: (typeof rows)[number]) => row.commands.join('\n'),
                copies: true,
              },
            ]
          : []),
      ]}
    />
  );
}

function Pools({ report, facets }: ChangePage): ComponentChildren {
  const rows = [
    ...rolledPools(report).map((pool) => ({ ...pool, what: 'nodes are replaced one after another' })),
    ...waitingPools(report).map((pool) => ({
      ...pool,
      what: 'only new nodes get it; those that run stay as they are',
    })),
  ];
  if (rows.length === 0) return null;
  return (
    <DataTable
      title="Pools that are updated in place"
      rows={rows}
      facets={({ key }) => facets(key)}
      columns={[
        { title: 'Entry', value: ({ key }) => key },
        { title: 'What happens', value: ({ what }) => what },
        { title: 'What it holds', value: ({ held }) => held },
        { title: 'Attributes', value: ({ attributes }) => attributes },
        { title: 'Notes', value: ({ notes }) => notes },
      ]}
    />
  );
}

function Unconfirmed({ report }: { readonly report: DiffReport }): ComponentChildren {
  const text = describeUnconfirmed(report);
  return text === '' ? null : <p>{text}.</p>;
}
