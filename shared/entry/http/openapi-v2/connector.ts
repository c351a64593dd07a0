/**
 * What the makers of flows see: which operations, and of these what first, what among the advanced options, and what
 * never. Everything else comes from the routes and schemas. Source of the names and their effect: Microsoft's "Create a
 * custom connector with an OpenAPI extension" and "Learn best practices for string fields".
 */
import type { HttpFunctionName } from '../routes.ts';

type Visibility = 'important' | 'advanced' | 'internal';

interface Shown {
  readonly visibility?: Visibility;
  /** In place of what OpenAPI has, where that speaks of what a connector does not do. */
  readonly description?: string;
  /** Parameters of the query that make no sense for one guest, or in a flow. */
  readonly leavesOut: readonly string[];
}

export const CONNECTOR_OPERATIONS = {
  resetGuest: {
    visibility: 'important',
    description:
      'As a job of its own, of one reset. Waits half a minute for the end: look at Status, and where it has not ' +
      'ended get the job again after a while.',
    // How the completion answers, which a connector does not follow; and what is about many resets.
    leavesOut: ['waitWhilePaused', 'pauseAfter', 'maxPerMinute', 'changeEmailDomain'],
  },
  getJob: { visibility: 'important', leavesOut: [] },
  listResets: {
    description: 'A page of them. Where there is a Next Link there are more.',
    leavesOut: [],
  },
  checkJob: {
    description: 'Of the guests of an ended job. Get the job again until Check Status is completed.',
    leavesOut: [],
  },
} as const satisfies Partial<Record<HttpFunctionName, Shown>>;

export type ConnectorOperation = keyof typeof CONNECTOR_OPERATIONS;

export const shownOf = (operation: ConnectorOperation): Shown => CONNECTOR_OPERATIONS[operation];

/**
 * Parameters that a connector always sends, and makers do not see: a flow gets JSON, and mostly the end. Connectors
 * pass over what is hidden and not required.
 */
export const FIXED: Readonly<Record<string, string>> = { Prefer: 'wait=30', format: 'json' };

/** What makers must say, or should; the other parameters are among the advanced options. */
const ASKED_FOR_FIRST = ['id', 'guestId', 'Idempotency-Key'];

export const parameterVisibility = (name: string): Visibility =>
  Object.hasOwn(FIXED, name) ? 'internal' : ASKED_FOR_FIRST.includes(name) ? 'important' : 'advanced';

/** Members of bodies by what their makers see of them; others as it comes. */
const VISIBILITY: Readonly<Record<string, Visibility>> = {
  ...named('important', 'sendInvitationMessage', 'reference', 'status', 'code', 'message', 'nextStep', 'value'),
  ...named('advanced', 'invitedUserEmailAddress', 'invitedUserMessageInfo', 'addEmailTo', 'inviteRedirectUrl'),
  ...named('advanced', 'invitationId', 'graphRequestId', 'inviteRedeemUrl'),
  ...named('internal', 'links', 'lane', 'options', 'byCode', 'byWarning', 'actions', 'actionsOmitted', 'erased'),
  ...named('internal', 'invitedUserType', 'resetRedemption', 'invitedUserDisplayName'),
};

function named(visibility: Visibility, ...names: readonly string[]): Readonly<Record<string, Visibility>> {
  return Object.fromEntries(names.map((name) => [name, visibility]));
}

export const memberVisibility = (name: string): Visibility | undefined => VISIBILITY[name];

/** Words of names that are not written as they are spoken. */
const WORDS: Readonly<Record<string, string>> = { Id: 'ID', Url: 'URL', Csv: 'CSV', Utc: 'UTC' };

/** `guestId`: `Guest ID`, as people read it. */
export const titleOf = (name: string): string =>
  name
    .replaceAll('-', ' ')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .split(' ')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .map((word) => WORDS[word] ?? word)
    .join(' ');

/** In place of what OpenAPI has. A connector encodes by itself what a path names. */
export const PARAMETER_WORDS: Readonly<Record<string, { readonly title: string; readonly description?: string }>> = {
  id: { title: 'Job ID' },
  guestId: { title: 'Guest', description: 'The guest: object id, UPN or mail.' },
};
