import { QUEUE_EDIT_ROWS, QUEUE_EDITS } from '../../../diff/facts/queue';
import { TRIED_EDITS } from '../../../lab/queue/trials/edits';

describe('the edits that are tried', () => {
  test('are all of those that the table of edits says were measured, each once', () => {
    const tried = TRIED_EDITS.map(({ edit }) => edit);
    expect(new Set(tried).size).toBe(tried.length);
    expect(QUEUE_EDITS.filter((edit) => QUEUE_EDIT_ROWS[edit].measured !== undefined && !tried.includes(edit))).toEqual(
      [],
    );
  });

  test('put right again what they touch', () => {
    expect(TRIED_EDITS.filter(({ touches }) => touches.length === 0)).toEqual([]);
  });
});
