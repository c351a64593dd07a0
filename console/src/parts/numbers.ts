/** Numbers, times and durations in words, as the reader's language writes them. */

const numbers = new Intl.NumberFormat('en');
const moments = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
});
const momentsWithYear = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

const timesToTheSecond = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export const count = (value: number): string => numbers.format(value);

/** `1 guest`, `2,480 guests`. */
export const counted = (value: number, one: string, many = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** A moment in the reader's time zone, with the year where that is not this one. */
export function moment(iso: string, now = new Date()): string {
  const then = new Date(iso);
  return (then.getFullYear() === now.getFullYear() ? moments : momentsWithYear).format(then);
}

/** As a moment, to the second: of two looks one is later. */
export function secondsToo(iso: string, now = new Date()): string {
  const then = new Date(iso);
  const time = timesToTheSecond.format(then);
  return then.toDateString() === now.toDateString() ? time : `${moment(iso, now)} (${time})`;
}

/** About how long, in its two largest units: `1 h 3 min`, `40 s`. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} days ${hours % 24} h`;
}

/** The time of day, with the day where that is not today. */
export function clock(iso: string, now = new Date()): string {
  const then = new Date(iso);
  return then.toDateString() === now.toDateString() ? times.format(then) : moment(iso, now);
}

export const isAhead = (iso: string, now = Date.now()): boolean => Date.parse(iso) > now;

/** How long until then. */
export const timeLeft = (iso: string, now = Date.now()): string => duration(Date.parse(iso) - now);

/** Of what is allowed, as it is set: `19.55`. */
export const limitText = (perSecond: number): string => String(Math.round(perSecond * 100) / 100);
