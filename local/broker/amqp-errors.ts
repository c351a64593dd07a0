/** Errors as the service words them. The SDK reads some of the texts, not only the conditions. */
export interface BrokerError {
  readonly condition: string;
  readonly description: string;
}

export function entityNotFound(address: string): BrokerError {
  return { condition: 'amqp:not-found', description: `The messaging entity '${address}' could not be found.` };
}

export const lockLost: BrokerError = {
  condition: 'com.microsoft:message-lock-lost',
  description:
    'The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.',
};

export const scheduledMessageNotFound: BrokerError = {
  condition: 'com.microsoft:message-not-found',
  description: 'There is no scheduled message with this sequence number: its time has come, or it was canceled.',
};

/** What a queue that requires no sessions answers to whoever asks for one. */
export const sessionNotAllowed: BrokerError = {
  condition: 'amqp:not-allowed',
  description:
    'A sessionful message receiver cannot be created on an entity that does not require sessions. Ensure ' +
    'RequiresSession is set to true when creating a Queue or Subscription to enable sessionful behavior.',
};

export function notSupported(what: string): BrokerError {
  return { condition: 'amqp:not-implemented', description: `The local broker has no ${what}.` };
}

export function messageTooLarge(bytes: number, limitBytes: number): BrokerError {
  return {
    condition: 'amqp:link:message-size-exceeded',
    description: `The message (${bytes} bytes) is larger than the limit of the link (${limitBytes} bytes).`,
  };
}

export function idTooLong(limit: number): BrokerError {
  return { condition: 'com.microsoft:argument-error', description: `A message id has at most ${limit} characters.` };
}

export function undecodable(cause: unknown): BrokerError {
  return { condition: 'amqp:decode-error', description: `The message could not be read: ${String(cause)}` };
}
