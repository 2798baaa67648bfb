const DAY_MS = 24 * 60 * 60 * 1000;

/** Days are texts such as `2027-01-31`, which sort as they follow each other; nothing here asks what day it is. */
export type Day = string;

/** Whether a text is a day that there is. */
export function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && dayOf(time) === text;
}

/** The day so many days later, or before where the number is negative. */
export function dayAfter(day: Day, days: number): Day {
  return dayOf(Date.parse(day) + days * DAY_MS);
}

/** Days from one day to another one: 1 from a day to the next. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The same day so many years later; the last of February where there is none. */
export function yearsAfter(day: Day, years: number): Day {
  const months = Math.round(years * 12);
  const [year = 0, month = 1, of = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(of, last)));
}

/** The first days of the months that begin in a time, from its first day on. */
export function monthsFrom(from: Day, until: Day): readonly Day[] {
  const months = [from];
  for (let next = nextMonth(from); next <= until; next = nextMonth(next)) months.push(next);
  return months;
}

/** The first day of the month after that of a day. */
export function nextMonth(day: Day): Day {
  return yearsAfter(`${day.slice(0, 8)}01`, 1 / 12);
}

/** First and last of the days that sort as they follow each other: what lies beyond is taken for them. */
const [FIRST, LAST] = ['0000-01-01', '9999-12-31'] as const;

function dayOf(time: number): Day {
  if (time >= Date.parse(LAST)) return LAST;
  return time <= Date.parse(FIRST) ? FIRST : new Date(time).toISOString().slice(0, 10);
}
