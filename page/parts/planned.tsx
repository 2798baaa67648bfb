import { formatStanding } from '../../estate/report/standing';
import type { EstatePage } from '../model';

/** Says of numbers of a chapter that they are of all that is planned, where not all of that stands on the day of the page. */
export function Planned({ page: { estate, day } }: { readonly page: EstatePage }) {
  const standing = formatStanding(estate, day);
  return standing === '' ? null : <p>{`This chapter counts all that is planned. ${standing}`}</p>;
}
