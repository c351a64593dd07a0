import type { LockToken } from './lock-token.ts';
import type { Typed } from './rhea-hooks.ts';

/** The parts of a message; maps are flat lists of keys and values. */
export interface Content {
  readonly messageId: string;
  readonly durable: boolean;
  readonly scheduledForMs: number | undefined;
  /** How long it may wait, once it is active. A queue shortens it to its own. */
  readonly timeToLiveMs: number;
  readonly annotations: readonly Typed[];
  readonly properties: readonly Typed[];
  readonly applicationProperties: readonly Typed[];
  /** Body and footer as sent. */
  readonly body: Buffer;
}

export interface Lock {
  readonly token: LockToken;
  readonly message: Message;
  untilMs: number;
}

export type MessageState =
  | { readonly kind: 'active' } // waits for a receiver
  | { readonly kind: 'locked'; readonly lock: Lock } // somebody works on it
  | { readonly kind: 'scheduled'; readonly atMs: number }; // not to be seen before its time

/** A message in a queue. */
export interface Message {
  /** Given when the message became active, so a scheduled message gets a second one. */
  sequenceNumber: number;
  /** Given when the message came in; also what cancels a scheduled message. */
  readonly enqueuedSequenceNumber: number;
  content: Content;
  state: MessageState;
  enqueuedAtMs: number;
  /** Deliveries that failed: 0 while the message is received for the first time. */
  deliveryCount: number;
}

/** What a receiver makes of a message it has locked. */
export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'release' } // given back unread: not a failed delivery
  | { readonly kind: 'abandon'; readonly properties?: Properties }
  | {
      readonly kind: 'deadLetter';
      readonly reason?: string;
      readonly description?: string;
      readonly properties?: Properties;
    };

/** Application properties to add to a message or to replace. */
export type Properties = Readonly<Record<string, unknown>>;
