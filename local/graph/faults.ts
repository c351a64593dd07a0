/** Faults to order: what goes wrong next, for whom, how often. */
import * as z from 'zod';
import type { Answer } from './answer.ts';
import { errorOfStatus } from './errors.ts';
import { OPERATION_KINDS, type OperationKind } from './request.ts';

/** The longest delay: longer than any client waits. */
const MAX_DELAY_MS = 10 * 60 * 1000;

export const faultSchema = z.strictObject({
  /** Which requests. `any` is every kind; the batch as a whole is a kind of its own. */
  kind: z.enum([...OPERATION_KINDS, 'any']),
  /** Only requests about this user, or with this address. Both given: both must fit. */
  match: z.strictObject({ userId: z.string().optional(), address: z.string().optional() }).optional(),
  /** How many requests it strikes before it is used up. */
  times: z.int().min(1).default(1),
  /**
   * Status of the answer; 201 for `invite` is an invitation whose own status is `Error`, any other 2xx with the effect
   * `done` has the ordinary body. None: the ordinary answer, maybe late.
   */
  status: z.int().min(200).max(599).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  /** Whether the message quotes the request, as many of Graph's do: its key, its filter, or its addresses. */
  quotes: z.boolean().optional(),
  /** Value of the `Retry-After` header: seconds, maybe fractional, or a date. */
  retryAfter: z.union([z.number(), z.string()]).optional(),
  delayMs: z.int().min(0).max(MAX_DELAY_MS).default(0),
  /** `done`: the request takes effect first, and only its answer is bad. That is what leaves a caller in doubt. */
  effect: z.enum(['none', 'done']).default('none'),
  /**
   * `drop` closes the connection without an answer; `omit` leaves one answer out of its batch (outside a batch it
   * drops); `pretend` (invite) answers as ever, and nothing happens; `swap` gives the ordinary answer to another
   * request of the batch, and that one's to this; `otherUser` answers about another user, where the answer names one.
   */
  act: z.enum(['answer', 'drop', 'omit', 'pretend', 'swap', 'otherUser']).default('answer'),
  /** Properties that the ordinary answer leaves out of each user it tells of (getUser, findUsers). */
  without: z.array(z.string()).optional(),
});

export type Fault = z.output<typeof faultSchema>;

/** Whom a request is about, as far as that can be told. */
export interface Subject {
  readonly userId?: string | undefined;
  readonly addresses: readonly string[];
  /** The key or the filter, as the request has it. */
  readonly words?: string | undefined;
}

export class FaultList {
  #pending: { readonly fault: Fault; left: number }[] = [];

  add(faults: readonly Fault[]): void {
    this.#pending.push(...faults.map((fault) => ({ fault, left: fault.times })));
  }

  clear(): void {
    this.#pending = [];
  }

  /** Faults not used up, `times` being how often each may still strike. */
  list(): Fault[] {
    return this.#pending.map(({ fault, left }) => ({ ...fault, times: left }));
  }

  /** The oldest fault that fits, used once. */
  take(kind: OperationKind, subject: Subject): Fault | undefined {
    const entry = this.#pending.find(({ fault }) => fits(fault, kind, subject));
    if (entry === undefined) return undefined;
    entry.left--;
    if (entry.left === 0) this.#pending = this.#pending.filter((other) => other !== entry);
    return entry.fault;
  }
}

function fits(fault: Fault, kind: OperationKind, subject: Subject): boolean {
  if (fault.kind !== 'any' && fault.kind !== kind) return false;
  const { userId, address } = fault.match ?? {};
  if (userId !== undefined && userId.toLowerCase() !== subject.userId?.toLowerCase()) return false;
  return address === undefined || subject.addresses.some((other) => other.toLowerCase() === address.toLowerCase());
}

/** The answer about users, with properties of each left out. */
export function leaveOut(answer: Answer, properties: readonly string[] = []): Answer {
  const strip = (user: unknown): object =>
    Object.fromEntries(Object.entries(user as object).filter(([name]) => !properties.includes(name)));
  if (properties.length === 0 || answer.body === undefined) return answer;
  const { value } = answer.body as { value?: readonly unknown[] };
  return { ...answer, body: value === undefined ? strip(answer.body) : { ...answer.body, value: value.map(strip) } };
}

/** The answer that a fault gives in place of the ordinary one, or undefined when it leaves that one alone. */
export function faultAnswer(fault: Fault, kind: OperationKind, subject: Subject): Answer | undefined {
  const { status, retryAfter } = fault;
  if (status === undefined) return undefined;
  if (kind === 'invite' && status === 201) {
    return {
      status,
      body: {
        invitedUserEmailAddress: subject.addresses[0] ?? null,
        invitedUser: { id: subject.userId ?? null },
        status: 'Error',
      },
    };
  }
  const usual = errorOfStatus(status);
  const message = fault.message ?? usual.message;
  const quoted = [subject.words, ...subject.addresses].filter((each) => each !== undefined).join("', '");
  return {
    status,
    error: {
      code: fault.code ?? usual.code,
      message: fault.quotes === true ? `${message} Request: '${quoted}'.` : message,
    },
    ...(retryAfter === undefined ? {} : { retryAfter: String(retryAfter) }),
  };
}
