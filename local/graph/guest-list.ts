/** CSV files of guests to submit, for tests and measurements. */
import type { DirectoryUser } from './directory.ts';
import type { Tenant } from './tenant.ts';

export interface GuestListOptions {
  /** How many; the first ones of the tenant. */
  readonly count: number;
  /** Leaves out this many at the beginning. Default 0. */
  readonly skip?: number;
  /** The column that names the guest. */
  readonly selector: 'id' | 'userPrincipalName' | 'mail';
  /** Default false. */
  readonly sendInvitationMessage?: boolean;
}

/**
 * A CSV of plain guests, each of whom can be reset. `reference` is `guest-1`, `guest-2` and so on, counted in the
 * tenant.
 */
export function guestsCsv(tenant: Tenant, options: GuestListOptions): string {
  const { count, skip = 0, selector, sendInvitationMessage = false } = options;
  const guests = tenant.guests.slice(skip, skip + count);
  if (guests.length < count)
    throw new Error(
      `The tenant has ${tenant.guests.length} guests; ${skip + count} are needed. Generate a larger one.`,
    );
  const rows = guests.map((guest, index) => [
    selected(guest, selector),
    String(sendInvitationMessage),
    `guest-${skip + index + 1}`,
  ]);
  return csv([[selector, 'sendInvitationMessage', 'reference'], ...rows]);
}

/** Rows as CSV with CRLF. Cells are quoted where they must be. */
export function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function selected(guest: DirectoryUser, selector: GuestListOptions['selector']): string {
  return guest[selector] ?? '';
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
