/** Remembers what resets say about mail. Whether that is a problem is known only once all options were read. */
import type { RowProblem } from '../api/problem.ts';
import type { InvitationChoices, ResetRequest } from '../reset/reset.ts';
import { jobWarning, type JobWarning } from '../reset/warnings.ts';
import type { BodyFormat } from './body-item.ts';
import { problemAt } from './findings.ts';

const NAMED_ROWS = 5;

export class MailChoice {
  readonly #firstRows: number[] = [];
  #count = 0;

  #asking = 0;
  #askingWithMessage = 0;
  #silentWithMessage = 0;

  note({ row, sendInvitationMessage, customizedMessageBody }: ResetRequest): void {
    const hasMessage = customizedMessageBody !== undefined;
    if (sendInvitationMessage === true) {
      this.#asking++;
      if (hasMessage) this.#askingWithMessage++;
    }
    if (sendInvitationMessage !== undefined) return;
    this.#count++;
    if (hasMessage) this.#silentWithMessage++;
    if (this.#firstRows.length < NAMED_ROWS) this.#firstRows.push(row);
  }

  /** Microsoft's own mail would carry a custom message only if a person with a mailbox were the sender. */
  warnings(defaults: InvitationChoices): JobWarning[] {
    const silentAsk = defaults.sendInvitationMessage === true;
    const dropped =
      defaults.customizedMessageBody === undefined
        ? this.#askingWithMessage + (silentAsk ? this.#silentWithMessage : 0)
        : this.#asking + (silentAsk ? this.#count : 0);
    return dropped === 0 ? [] : [jobWarning('customMessageDropped')];
  }

  /** The problem, for a submission in which neither options nor a setting decide. */
  problems(format: BodyFormat | 'one'): RowProblem[] {
    if (this.#count === 0) return [];
    const more = this.#count > this.#firstRows.length ? ` and ${this.#count - this.#firstRows.length} more` : '';
    const rows = `${this.#count === 1 ? 'Row' : 'Rows'} ${this.#firstRows.join(', ')}${more}`;
    const verb = this.#count === 1 ? 'does' : 'do';
    const message =
      `${rows} ${verb} not say whether Microsoft shall mail the guest. ${SENTENCE_TO_ADD[format]} Write true where ` +
      'Microsoft shall mail.';
    return [problemAt({}, 'missingSendInvitationMessage', message, 'sendInvitationMessage')];
  }
}

const SENTENCE_TO_ADD: Readonly<Record<BodyFormat | 'one', string>> = {
  one: 'Add ?sendInvitationMessage=false to the address, or "sendInvitationMessage": false to the body.',
  json:
    'Add "defaults": { "sendInvitationMessage": false } to the body, or ?sendInvitationMessage=false to the ' +
    'address.',
  ndjson: 'Add ?sendInvitationMessage=false to the address, or "sendInvitationMessage": false to each line.',
  csv: 'Add ?sendInvitationMessage=false to the address, or a column sendInvitationMessage.',
};
