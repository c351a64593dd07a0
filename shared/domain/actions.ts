/**
 * Who did what to a job or to the tenant, and why. An action stands in the row that it changes, and is written with
 * that change: neither is there without the other. From there each gets a row of its own in the audit table, which
 * outlives the job. Pure. Times are milliseconds since the epoch.
 */
import type { JobId } from './ids.ts';

/** `stopped`: by the service itself, as by Graph's refusal, or at the end of a canary. */
export const ACTION_KINDS = [
  'submitted',
  'stopped',
  'paused',
  'resumed',
  'approved',
  'canceled',
  'checked',
  'retried',
  'deleted',
  'erased',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** Who does something. `id` is the object id of the caller. */
export interface Actor {
  readonly id: string;
  readonly name?: string;
}

/** What nobody asked for at that moment: `notAfter`, a canary, Graph's refusal, retention. The action has a code. */
export const SERVICE: Actor = { id: 'service' };

/** Somebody's wish, in their own words where they said why. */
export interface Wish {
  readonly by: Actor;
  readonly reason?: string;
}

export interface NewAction extends Wish {
  readonly action: ActionKind;
  readonly at: number;
  /** Why the service did it: the code of a stop or of a cancel, or `retention`. */
  readonly code?: string;
  /** Of a retry: the new job. */
  readonly newJobId?: JobId;
}

export interface Action extends NewAction {
  /** 0 for the first of its job, or of the tenant. */
  readonly number: number;
}

export interface ActionLog {
  /** In order: the first one, and the newest. */
  readonly list: readonly Action[];
  /** How many there were in all: the number of the next one. */
  readonly count: number;
  /** Those with a lower number have their rows in the audit table. */
  readonly audited: number;
}

/** A job, or the tenant. */
export interface Logged {
  readonly actions?: ActionLog;
}

/**
 * So many stay in a row. Beyond that the oldest but the first one give way once they have their rows in the audit
 * table: somebody who pauses and resumes all day must not fill the job's row.
 */
export const MAX_ACTIONS = 50;
/** Nor must they while the audit table cannot be written; what is beyond that is told nowhere. */
const MAX_UNAUDITED = 4 * MAX_ACTIONS;
/** Of the name of whoever did it, in UTF-16 characters; a token says what it likes. */
const NAME_MAX_CHARS = 256;

const NONE: ActionLog = { list: [], count: 0, audited: 0 };

/** Adds an action. The same one twice changes nothing: a write may be made once more on top of itself. */
export function withAction<T extends Logged>(target: T, { by, ...entry }: NewAction): T {
  const log = target.actions ?? NONE;
  const { list, count } = log;
  if (list.some((each) => isSame(each, { by, ...entry }))) return target;
  const name = by.name?.slice(0, NAME_MAX_CHARS);
  const action: Action = { ...entry, by: { id: by.id, ...(name !== undefined && { name }) }, number: count };
  return { ...target, actions: { ...log, list: bounded([...list, action], log.audited), count: count + 1 } };
}

const isSame = (one: NewAction, other: NewAction): boolean =>
  one.by.id === other.by.id &&
  (['action', 'at', 'code', 'reason', 'newJobId'] as const).every((member) => one[member] === other[member]);

function bounded(list: readonly Action[], audited: number): readonly Action[] {
  const [first, ...others] = list;
  const waiting = others.filter(({ number }) => number >= audited).length;
  const most = Math.min(Math.max(MAX_ACTIONS - 1, waiting), MAX_UNAUDITED - 1);
  return first === undefined || others.length <= most ? list : [first, ...others.slice(-most)];
}

export const lastAction = ({ actions }: Logged): Action | undefined => actions?.list.at(-1);

/** Whether the same wish came before, and nothing since. */
export function isRepeated(target: Logged, action: ActionKind, { by, reason }: Wish): boolean {
  const last = lastAction(target);
  return last?.action === action && last.by.id === by.id && last.reason === reason;
}

/** What has no row in the audit table yet, as far as it is known. */
export const unaudited = ({ actions }: Logged): readonly Action[] =>
  actions === undefined ? [] : actions.list.filter(({ number }) => number >= actions.audited);

/** @param upTo the number of the first that may have no row yet */
export function withAudited<T extends Logged>(target: T, upTo: number): T {
  const { actions } = target;
  return actions === undefined || actions.audited >= upTo
    ? target
    : { ...target, actions: { ...actions, audited: upTo } };
}

/** Without those that have their rows: for a row that is read and written all the time. */
export function withoutAudited<T extends Logged>(target: T, upTo: number): T {
  const marked = withAudited(target, upTo);
  if (marked === target || marked.actions === undefined) return target;
  return { ...marked, actions: { ...marked.actions, list: unaudited(marked) } };
}

/** Without names, which may be addresses; the ids stay. */
export function withoutNames(log: ActionLog): ActionLog {
  return { ...log, list: log.list.map((action) => ({ ...action, by: { id: action.by.id } })) };
}
