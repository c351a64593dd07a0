/** What the service says, in the words of the command line: it speaks to whoever calls the API. */
import { plain } from './plain.ts';

/** Of a job: its id, or where the service speaks of any. */
const JOB = '([0-9a-z]{26}|\\{id\\})';
const request = (line: string): RegExp => new RegExp(`\`?${line}(?![\\w/{])\`?`, 'g');

const WORDS: readonly (readonly [RegExp, string])[] = [
  [request(`POST /api/jobs/${JOB}/(pause|resume|cancel|check|retry)`), '$2 $1'],
  [request(`GET /api/jobs/${JOB}/resets(?:\\?format=csv)?`), 'results $1'],
  [request(`GET /api/jobs/${JOB}/completion`), 'status $1 --watch'],
  [request(`GET /api/jobs/${JOB}`), 'status $1'],
  [request('GET /api/jobs'), 'jobs'],
  [request(`DELETE /api/jobs/${JOB}`), 'delete $1'],
  [request('GET /api/audit'), 'audit'],
  [request('GET /api/me'), 'whoami'],
  [request('POST /api/(pause|resume)'), 'tenant $1'],
  [request('GET /api/(?:diagnostics|tenant)'), 'tenant'],
  [/`?GET \/api\/guests\/([^\s/]+)\/resets`?/g, 'guest $1'],
  [/`?DELETE \/api\/guests\/([^\s/]+)\/history`?/g, 'erase $1'],
  [/\{id\}/g, 'JOB'],
  [/\?sendInvitationMessage=false to the address/g, '--no-mail to the line'],
  [/`?\?allowDuplicate=true`?/g, '--allow-duplicate'],
  [/`?\?status=([\w,]+)`?/g, '--status $1'],
  [/`?\??waitWhilePaused=true`?/g, '--wait-while-paused'],
  [/`?Idempotency-Key`?/g, '--key'],
  [/Content-Type: text\/csv; charset=([\w-]+) or charset=/g, '--charset $1 or '],
  [/\bskipIfResetWithinHours (\d)/g, '--skip-if-reset-within-hours $1'],
  [/^pauseAfter: the/g, 'The'],
];

/** Plain text. */
export const inOurWords = (text: string): string =>
  WORDS.reduce((said, [theirs, ours]) => said.replaceAll(theirs, ours), plain(text));

/** Of a job as a whole. Rows and their columns keep the names that the list has. */
const OPTIONS: Readonly<Record<string, string>> = {
  pauseAfter: '--pause-after',
  maxPerMinute: '--max-per-minute',
  skipIfResetWithinHours: '--skip-if-reset-within-hours',
  onlyIf: '--only-if',
  notBefore: '--not-before',
  notAfter: '--not-after',
  messageLanguage: '--language',
  inviteRedirectUrl: '--redirect-url',
  changeEmailDomain: '--change-email-domain',
  reason: '--reason',
};

/** What is said of a parameter, by the name of its option. */
export const optionOf = (name: string | undefined): string | undefined =>
  name === undefined || !Object.hasOwn(OPTIONS, name) ? name : OPTIONS[name];

/** The same of a sentence. Only what is no word of any language is taken for a name. */
export const inOptions = (text: string): string =>
  inOurWords(text).replaceAll(/(?<![-\w])[a-z]+[A-Z]\w*/g, (name) => optionOf(name) ?? name);
