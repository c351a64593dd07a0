/** How many rows say themselves whether Microsoft mails the guest. */
import { fieldOf } from './columns.ts';
import type { GuestList } from './guest-list.ts';

export type MailSaid = 'byAll' | 'bySome' | 'byNone';

const SLICE = 20_000;

/** @param rest lets others have their turn */
export async function mailSaid(list: GuestList, rest: () => Promise<void>): Promise<MailSaid> {
  const columns = list.header.flatMap((name, index) => (fieldOf(name) === 'sendinvitationmessage' ? [index] : []));
  if (columns.length === 0) return 'byNone';
  let saying = 0;
  for (let row = 1; row <= list.count; row++) {
    const cells = list.cells(row);
    if (columns.some((index) => (cells[index] ?? '').trim() !== '')) saying++;
    if (saying > 0 && saying < row) return 'bySome';
    if (row % SLICE === 0) await rest();
  }
  return saying === 0 ? 'byNone' : 'byAll';
}
