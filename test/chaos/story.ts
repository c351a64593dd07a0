/** What happened to one guest, short enough to read. */
import type { Evidence } from './evidence.ts';

export function storyOf(guestId: string, { before, after, jobs, mails, hostLog }: Evidence): string {
  const was = before.find(({ id }) => id === guestId);
  const is = after.find(({ id }) => id === guestId);
  const state = (user: typeof was): string =>
    `${user?.externalUserState} since ${user?.externalUserStateChangeDateTime}, ${user?.resets} resets`;
  const resets = jobs.flatMap(({ id, job, resets: rows }) =>
    rows.filter((row) => row.guestId === guestId).map((row) => `  job ${id} (${job.status}) ${JSON.stringify(row)}`),
  );
  const about = new Set(resets.map((line) => line.split(' ')[3] ?? ''));
  const lines = hostLog
    .split('\n')
    .filter(
      (line) => /(warning|error) \w+: \{"event"/.test(line) && [...about].some((id) => id !== '' && line.includes(id)),
    );
  return [
    `guest ${guestId}`,
    `  before: ${state(was)}`,
    `  after:  ${state(is)}`,
    ...mails.filter(({ userId }) => userId === guestId).map(({ at }) => `  mail at ${at}`),
    ...resets,
    ...lines.slice(0, 30).map((line) => `  ${line.slice(0, 300)}`),
  ].join('\n');
}
