import type { Content } from './message-bytes.ts';
import type { Lock } from './locks.ts';

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
