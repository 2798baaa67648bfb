import { describeRelease, IDS_CHANGE, movedByState, orderTitle, RELEASES_CHANGE, STATE_MOVES } from '../../diff/words';
import type { Section } from '../parts/section';
import type { ChangePage } from './model';

/** Commands that apply the change, in the order that works. */
export const ORDER: Section<ChangePage> = {
  id: 'order',
  title: 'How it is applied',
  body: ({ report }) => {
    const { order, migrations, refactoring, releases } = report;
    const moved = movedByState(report);
    if (order.length + migrations.length + refactoring.length + releases.length === 0 && moved === '') return undefined;
    return (
      <>
        <Commands title={IDS_CHANGE} commands={refactoring} />
        {moved !== '' && <p>{moved}</p>}
        <Commands title={STATE_MOVES} commands={migrations} />
        {releases.length > 0 && (
          <p>
            {RELEASES_CHANGE}: {releases.map(describeRelease).join('; ')}.
          </p>
        )}
        <Commands title={orderTitle(report)} commands={order} />
      </>
    );
  },
};

function Commands({ title, commands }: { readonly title: string; readonly commands: readonly string[] }) {
  if (commands.length === 0) return null;
  return (
    <>
      <p>{title}:</p>
      <ol>
        {commands.map((command) => (
          <li>
            <code class="copy">{command}</code>
          </li>
        ))}
      </ol>
    </>
  );
}
