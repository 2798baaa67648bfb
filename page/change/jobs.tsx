import { JOBS_TITLE, moreNodes, toldJobs } from '../../diff/job-words';
import type { Section } from '../parts/section';
import { DataTable } from '../parts/table';
import type { ChangePage } from './model';

/** What a change does to the objects of clusters, to queues and to running jobs. */
export const JOBS: Section<ChangePage> = {
  id: 'jobs',
  title: 'Queues and jobs',
  body: ({ report: { jobs } }) => {
    if (jobs === undefined) return undefined;
    const told = toldJobs(jobs);
    return (
      <>
        {moreNodes(jobs).map((text) => (
          <p>{text}.</p>
        ))}
        {told.length > 0 && (
          <DataTable
            title={JOBS_TITLE}
            rows={told}
            columns={[
              { title: 'What it is about', value: ({ places }) => places },
              { title: 'What happens', value: ({ row }) => row.does },
              { title: 'What to do before', value: ({ row }) => row.way },
              { title: 'Commands', value: ({ commands }) => commands.join('\n'), copies: true },
            ]}
          />
        )}
        {jobs.changes.length > 0 && (
          <DataTable
            title="Objects that estate bundle writes"
            rows={jobs.changes}
            columns={[
              { title: 'Cluster', key: 'cluster', value: ({ cluster }) => cluster },
              { title: 'Added', key: 'added', value: ({ added }) => added },
              { title: 'Changed', key: 'changed', value: ({ changed }) => changed },
              { title: 'Removed', key: 'removed', value: ({ removed }) => removed },
            ]}
          />
        )}
      </>
    );
  },
};
