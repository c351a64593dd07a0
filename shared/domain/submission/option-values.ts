/** What the value of each option must be. Text from the query is first made what JSON would have said. */
import { checkDateTime } from './date-time.ts';
import { isDomain, isOfDomain, type DomainChange } from '../guest/email-domain.ts';
import type { InvitationChoices } from '../reset/reset.ts';
import { OPTION_SCHEMAS, type OptionName } from './entry-schema.ts';
import { bad, type Checked, good, shown } from './findings.ts';
import { flagWord } from './flag-word.ts';
import { checkLanguage } from './language.ts';
import { PER_MINUTE_MAX, REASON_MAX_CHARS, SKIP_WITHIN_MAX_HOURS } from './lengths.ts';
import { checkAddEmailTo, checkMessageBody, checkRedirectUrl, checkText, isSaid } from './reset-input.ts';

export type OptionValue = string | number | boolean | DomainChange | NonNullable<InvitationChoices['ccRecipient']>;

/**
 * Options of which blank text means not said. Whoever names another one wants something, and without a value got the
 * opposite.
 */
const MAY_BE_BLANK: ReadonlySet<OptionName> = new Set([
  'reason',
  'addEmailTo',
  'messageLanguage',
  'customizedMessageBody',
  'inviteRedirectUrl',
]);

/** The option as it is kept: times in milliseconds, the rest as said; undefined for one that was not said. */
export function checkOption(name: OptionName, value: unknown): Checked<OptionValue | undefined> {
  const said = fromText(name, value);
  if (said === undefined) return good(undefined);
  if (said === '')
    return MAY_BE_BLANK.has(name)
      ? good(undefined)
      : bad('invalidOption', `${name} has no value. Write one, or leave ${name} out.`);
  switch (name) {
    case 'reason':
    case 'notBefore':
    case 'notAfter':
    case 'addEmailTo':
    case 'messageLanguage':
    case 'customizedMessageBody':
    case 'inviteRedirectUrl': {
      const text = OPTION_SCHEMAS[name].safeParse(said);
      return text.success ? checkTextOption(name, text.data) : bad('invalidOption', `${name} must be text.`);
    }
    case 'dryRun':
    case 'verify':
    case 'sendInvitationMessage': {
      const flag = OPTION_SCHEMAS[name].safeParse(said);
      return flag.success ? good(flag.data) : bad('invalidOption', `${name} must be true or false, without quotes.`);
    }
    case 'onlyIf': {
      const choice = OPTION_SCHEMAS[name].safeParse(typeof said === 'string' ? said.trim() : said);
      return choice.success
        ? good(choice.data)
        : bad('invalidOption', `${name} must be ${OPTION_SCHEMAS[name].options.join(' or ')}.`);
    }
    case 'maxPerMinute': {
      const count = OPTION_SCHEMAS[name].safeParse(said);
      return count.success
        ? good(count.data)
        : bad('invalidOption', `${name} must be a whole number of resets from 1 to ${PER_MINUTE_MAX}.`);
    }
    case 'skipIfResetWithinHours': {
      const hours = OPTION_SCHEMAS[name].safeParse(said);
      return hours.success && hours.data >= 0 && hours.data <= SKIP_WITHIN_MAX_HOURS
        ? good(hours.data)
        : bad('invalidOption', `${name} must be a number of hours from 0 to ${SKIP_WITHIN_MAX_HOURS}.`);
    }
    case 'pauseAfter': {
      const count = OPTION_SCHEMAS[name].safeParse(said);
      return count.success
        ? good(count.data)
        : bad('invalidOption', 'pauseAfter must be a whole number of resets, at least 1.');
    }
    case 'changeEmailDomain': {
      const change = OPTION_SCHEMAS[name].safeParse(said);
      return change.success
        ? checkDomainChange(change.data)
        : bad(
            'invalidOption',
            `${name} must be { "from": "old.example", "to": "new.example" }, in a query old.example:new.example.`,
          );
    }
  }
}

type TextOption = Exclude<
  OptionName,
  | 'sendInvitationMessage'
  | 'dryRun'
  | 'verify'
  | 'onlyIf'
  | 'maxPerMinute'
  | 'pauseAfter'
  | 'skipIfResetWithinHours'
  | 'changeEmailDomain'
>;

function checkTextOption(name: TextOption, text: string): Checked<OptionValue> {
  switch (name) {
    case 'reason':
      return checkText(text, REASON_MAX_CHARS);
    case 'notBefore':
    case 'notAfter':
      return checkDateTime(name, text.trim());
    case 'addEmailTo':
      return checkAddEmailTo(text);
    case 'messageLanguage':
      return checkLanguage(text);
    case 'customizedMessageBody':
      return checkMessageBody(text);
    case 'inviteRedirectUrl':
      return checkRedirectUrl(text);
  }
}

function checkDomainChange(said: DomainChange): Checked<DomainChange> {
  const [from, to] = [said.from, said.to].map((domain) => domain.trim().toLowerCase().replace(/^@/, ''));
  const wrong = [from, to].find((domain) => domain === undefined || !isDomain(domain));
  if (from === undefined || to === undefined || wrong !== undefined)
    return bad(
      'invalidOption',
      `changeEmailDomain has ${shown(wrong ?? '')}; from and to must be domains such as partner.example.`,
    );
  return isOfDomain(from, to)
    ? bad('invalidOption', `changeEmailDomain goes from ${from} to itself.`)
    : good({ from, to });
}

/**
 * JSON says `true` and `24`; a query says "true" and "24". In JSON the quotes are a mistake, which the schemas find.
 */
function fromText(name: OptionName, value: unknown): unknown {
  if (!(value instanceof QueryText)) return typeof value === 'string' && !isSaid(value) ? '' : value;
  const text = value.text.trim();
  if (text === '') return '';
  if (name === 'sendInvitationMessage' || name === 'dryRun' || name === 'verify') return flagWord(text) ?? text;
  if (name === 'skipIfResetWithinHours' || name === 'maxPerMinute' || name === 'pauseAfter') return Number(text);
  if (name === 'changeEmailDomain') return domainsIn(text);
  return value.text;
}

/** `old.example:new.example`; anything else goes on as text, which the schema refuses. */
function domainsIn(text: string): unknown {
  const [from, to, ...more] = text.split(':');
  return from === undefined || to === undefined || more.length > 0 ? text : { from, to };
}

/** Marks a value that came as text from the query. */
export class QueryText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
