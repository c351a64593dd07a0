/** The options of a job: from the members of a JSON body, its `defaults`, and the query. */
import type { DomainChange } from '../guest/email-domain.ts';
import type { JobOptions } from '../job/job.ts';
import { WANTED_STATES, type WantedState } from '../guest/guest.ts';
import { OF_THE_REQUEST, isPassedOver } from '../api/passed-over.ts';
import type { RowProblem } from '../api/problem.ts';
import type { Repeated } from './body-item.ts';
import { defaultsSchema, OPTION_SCHEMAS, type OptionName } from './entry-schema.ts';
import { Findings, shown } from './findings.ts';
import { nearestName } from './nearest-name.ts';
import { checkOption, type OptionValue, QueryText } from './option-values.ts';
import { entryPath, choicesInput } from './read-entry.ts';
import { RETRY_OPTIONS, type SaidForRetry } from './retry-options.ts';
import { checkChoices } from './reset-input.ts';
import { noteIssues, noteRepeated } from './shape-problems.ts';

export const DEFAULT_SKIP_WITHIN_HOURS = 24;

const IN_QUERY = 'the query';
const IN_BODY = 'the body';

export const OPTION_NAMES = Object.keys(OPTION_SCHEMAS) as OptionName[];

type SettledName = OptionName | 'ccRecipient';
type Settled = Map<SettledName, { readonly value: OptionValue; readonly where: string }>;

/** What else may be said: read by somebody else, or with a shape of its own. */
export interface Beside {
  readonly inQuery: readonly string[];
  readonly inBody: readonly string[];
}
const BESIDE_A_JOB: Beside = { inQuery: OF_THE_REQUEST, inBody: ['resets', 'defaults'] };
/** The whole body is the reset. */
export const BESIDE_ONE_RESET: Beside = { inQuery: ['waitWhilePaused'], inBody: [] };

/** Gathers options while a body is read; they may stand before, between or after the resets. */
export class OptionsReader {
  readonly #names: readonly OptionName[];
  readonly #beside: Beside;
  readonly #findings = new Findings({});
  readonly #settled: Settled = new Map();
  readonly #members = new Set<string>();

  /** @param names the options that may be said */
  constructor(names: readonly OptionName[] = OPTION_NAMES, beside: Beside = BESIDE_A_JOB) {
    this.#names = names;
    this.#beside = beside;
  }

  get problems(): readonly RowProblem[] {
    return this.#findings.problems;
  }

  readQuery(query: URLSearchParams): void {
    for (const [name, text] of query) {
      if (!this.#beside.inQuery.includes(name) && !isPassedOver(name))
        this.#readOption(name, new QueryText(text), IN_QUERY);
    }
  }

  /** One member of a JSON body other than `resets`. */
  readMember(name: string, value: unknown, repeated: Repeated = []): void {
    noteRepeated(repeated, this.#findings, name);
    if (this.#members.has(name))
      this.#findings.add('duplicateMember', `The body has ${shown(name)} twice. Keep one.`, name);
    this.#members.add(name);
    if (name === 'defaults' && this.#beside.inBody.includes(name)) this.#readDefaults(value);
    else if (value !== null) this.#readOption(name, value, IN_BODY);
  }

  /** What was said, with the built-in defaults. `sendInvitationMessage` has none; a setting may give it. */
  options(defaultSendInvitationMessage: boolean | undefined): JobOptions {
    const said = <T extends OptionValue>(
      name: SettledName,
      isType: (value: OptionValue) => value is T,
    ): T | undefined => {
      const value = this.#settled.get(name)?.value;
      return value !== undefined && isType(value) ? value : undefined;
    };
    const reason = said('reason', isText);
    const notBefore = said('notBefore', isNumber);
    const notAfter = said('notAfter', isNumber);
    const pauseAfter = said('pauseAfter', isNumber);
    const dryRun = said('dryRun', isFlag);
    const verify = said('verify', isFlag);
    const onlyIf = said('onlyIf', isWantedState);
    const maxPerMinute = said('maxPerMinute', isNumber);
    const changeEmailDomain = said('changeEmailDomain', isDomainChange);
    const defaults: Record<string, OptionValue> = {};
    if (defaultSendInvitationMessage !== undefined) defaults['sendInvitationMessage'] = defaultSendInvitationMessage;
    for (const name of CHOICE_NAMES) {
      const settled = this.#settled.get(name);
      if (settled !== undefined) defaults[name] = settled.value;
    }
    return {
      ...(reason === undefined ? {} : { reason }),
      ...(notBefore === undefined ? {} : { notBefore }),
      ...(notAfter === undefined ? {} : { notAfter }),
      ...(pauseAfter === undefined ? {} : { pauseAfter }),
      ...(dryRun === true && { dryRun }),
      ...(verify === false && { verify }),
      ...(onlyIf === undefined ? {} : { onlyIf }),
      ...(maxPerMinute === undefined ? {} : { maxPerMinute }),
      ...(changeEmailDomain === undefined ? {} : { changeEmailDomain }),
      skipIfResetWithinHours: said('skipIfResetWithinHours', isNumber) ?? DEFAULT_SKIP_WITHIN_HOURS,
      // Every value was put there by the check of its own name, so the shape is that of the choices.
      defaults,
    };
  }

  /** What was said of those that a retry takes, and nothing else. */
  saidForRetry(): SaidForRetry {
    const said = RETRY_OPTIONS.map((name) => [name, this.#settled.get(name)?.value]);
    // Every value was put there by the check of its own name.
    return Object.fromEntries(said.filter(([, value]) => value !== undefined)) as SaidForRetry;
  }

  #readOption(name: string, value: unknown, where: string): void {
    const known = this.#names.find((option) => option === name);
    if (known !== undefined) {
      const checked = this.#findings.keep(name, checkOption(known, value));
      if (checked !== undefined) this.#settle(known, checked, where);
    } else this.#findings.add('unknownOption', `${shown(name)} is not an option. ${this.#advice(name, where)}`, name);
  }

  #advice(name: string, where: string): string {
    const { inQuery, inBody } = this.#beside;
    const [here, there, elsewhere] = where === IN_QUERY ? [inQuery, inBody, IN_BODY] : [inBody, inQuery, IN_QUERY];
    const near = nearestName(name, [...this.#names, ...here, ...there]);
    if (near === undefined) return `The options are ${this.#names.join(', ')}.`;
    return [
      ...(near === name ? [] : [`Did you mean ${near}?`]),
      ...(there.includes(near) && !here.includes(near) ? [`Say it in ${elsewhere}.`] : []),
    ].join(' ');
  }

  #readDefaults(value: unknown): void {
    if (value === null) return;
    const parsed = defaultsSchema.safeParse(value);
    if (!parsed.success) {
      noteIssues(parsed.error.issues, this.#findings, 'defaults', Object.keys(defaultsSchema.shape));
      return;
    }
    const choices = checkChoices(choicesInput(parsed.data), this.#findings, (field) => `defaults.${entryPath(field)}`);
    for (const name of CHOICE_NAMES) {
      const choice = choices[name];
      if (choice !== undefined) this.#settle(name, choice, 'defaults');
    }
  }

  #settle(name: SettledName, value: OptionValue, where: string): void {
    const earlier = this.#settled.get(name);
    if (earlier === undefined) this.#settled.set(name, { value, where });
    else if (JSON.stringify(earlier.value) !== JSON.stringify(value)) {
      this.#findings.add(
        'conflictingOption',
        earlier.where === where
          ? `${name} is said twice in ${where}, differently. Say it once.`
          : `${name} is said in ${earlier.where} and, differently, in ${where}. Say it once.`,
        name,
      );
    }
  }
}

const CHOICE_NAMES = [
  'sendInvitationMessage',
  'inviteRedirectUrl',
  'messageLanguage',
  'customizedMessageBody',
  'ccRecipient',
  'addEmailTo',
] as const;

const isText = (value: OptionValue): value is string => typeof value === 'string';
/** `any` is as good as not said. */
const isWantedState = (value: OptionValue): value is WantedState => WANTED_STATES.some((state) => state === value);
const isNumber = (value: OptionValue): value is number => typeof value === 'number';
const isFlag = (value: OptionValue): value is boolean => typeof value === 'boolean';
const isDomainChange = (value: OptionValue): value is DomainChange => typeof value === 'object' && 'from' in value;
