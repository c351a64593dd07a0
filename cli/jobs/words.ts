/** What the service says, in the words of the command line: it speaks to whoever calls the API. */
import { plain } from './plain.ts';

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/POST \/api\/jobs\/([0-9a-z]{26})\/(resume|cancel|check)/g, '$2 $1'],
  [/POST \/api\/jobs\/\{id\}\/(resume|cancel|check)/g, '$1 JOB'],
  [/POST \/api\/resume/g, 'tenant resume'],
  [/GET \/api\/jobs\/\{id\}\/resets(?:\?format=csv)?/g, 'results JOB'],
  [/GET \/api\/guests\/([^\s/]+)\/resets/g, 'guest $1'],
  [/\?sendInvitationMessage=false to the address/g, '--no-mail to the line'],
  [/`?\?allowDuplicate=true`?/g, '--allow-duplicate'],
  [/`?\?status=([\w,]+)`?/g, '--status $1'],
  [/`?\??waitWhilePaused=true`?/g, '--wait-while-paused'],
  [/`?Idempotency-Key`?/g, '--key'],
  [/^pauseAfter: the/g, 'The'],
];

/** Plain text. */
export const inOurWords = (text: string): string =>
  WORDS.reduce((said, [theirs, ours]) => said.replaceAll(theirs, ours), plain(text));
