/**
 * What somebody writes who has types made from the document. `judge.mjs` compiles it beside them: an `@ts-expect-error`
 * without an error is one, too. Not part of the project's own compiling, which has no such types.
 */
import type { components, operations } from './openapi.ts';

type Schemas = components['schemas'];

export const byAnyName: Schemas['Submission'] = {
  sendInvitationMessage: true,
  resets: [
    { user: 'anna.berg@fabrikam.example' },
    {
      invitedUser: { id: '6f3cba15-0d1e-4b4f-93a0-7d0d36e6f0a1' },
      invitedUserMessageInfo: { messageLanguage: 'de-DE' },
    },
    { invitedUserEmailAddress: 'anna.berg@adatum.example', reference: null },
  ],
};
// @ts-expect-error Nobody is named.
export const nobody: Schemas['Entry'] = {};
// @ts-expect-error A word that is misspelled.
export const misspelled: Schemas['Entry'] = { user: 'anna.berg@fabrikam.example', sendInvitationMesage: true };

/** Every status has its word, so a status that is new does not compile. */
export const STATUS_WORDS: Readonly<Record<Schemas['JobStatus'], string>> = {
  queued: 'waits',
  inProgress: 'runs',
  paused: 'stopped',
  canceling: 'ends',
  completed: 'done',
  completedWithErrors: 'done, but not for all',
  failed: 'failed',
  canceled: 'canceled',
};

/** Where only JSON is asked for, a page is a page. */
type PageOf<T> = T extends { content: { 'application/json': infer Page } } ? Page : never;
export const next = (page: PageOf<operations['listResets']['responses'][200]>): [string | undefined, string[]] => [
  page.nextLink,
  page.value.flatMap(({ code, warnings = [] }) => [code ?? '', ...warnings.map((warning) => warning.code)]),
];

type Refusals<T> = {
  [S in keyof T]: T[S] extends { content: { 'application/problem+json': infer P } } ? P : never;
}[keyof T];
type Refused = Refusals<operations['resetGuest']['responses']>;

/** A code tells its status. */
export function askAgain({ code }: Refused): boolean {
  switch (code) {
    case 'submissionInProgress':
    case 'temporarilyUnavailable':
      return true;
    default:
      return false;
  }
}
// @ts-expect-error A code that no refusal of this operation has.
export const elsewhere: Refused['code'] = 'nothingToRetry';

export const stopped = ({ pausedReason }: Schemas['Job']): Schemas['StopCode'] => pausedReason?.code ?? 'noToken';
export const accepted = ({ check }: Schemas['Job']): number => check?.counts.accepted ?? 0;
export const told = ({ actions = [] }: Schemas['Job']): Schemas['Actor'][] => actions.map(({ by }) => by);
