import { Alarm } from './alarm.ts';
import { DuplicateWindow } from './duplicate-window.ts';
import { Heap } from './heap.ts';
import type { LockToken } from './lock-token.ts';
import { Locks } from './locks.ts';
import { withProperties } from './message-bytes.ts';
import type { Content } from './message.ts';
import type { Message, Outcome } from './message.ts';

export interface QueueOptions {
  /** How long a received message is hidden from others. Service Bus allows up to 5 minutes. */
  readonly lockMs: number;
  /** After so many failed deliveries a message is dead-lettered. */
  readonly maxDeliveryCount: number;
  /** How long a message id is remembered; 0 switches duplicate detection off. */
  readonly duplicateWindowMs: number;
  /** How long an active message waits at most; its sender may have asked for less. */
  readonly timeToLiveMs: number;
  /** True makes a dead letter of a message that has waited too long; else it is dropped. */
  readonly deadLetterExpired: boolean;
}

/** Where each message of a queue is; a message is counted once. */
export interface QueueCounts {
  active: number;
  locked: number;
  scheduled: number;
  deadLettered: number;
}

/**
 * What clients have asked of a queue since its start: what a bill would count. A batch counts once for each of its
 * messages.
 */
export interface QueueOperations {
  /** Duplicates included. */
  sent: number;
  delivered: number;
  /** Completed, abandoned, released or dead-lettered, in vain or not. */
  settled: number;
  renewed: number;
  peeked: number;
}

/** Somebody who takes messages as they come. */
export interface Consumer {
  /** True takes messages off the queue on delivery, without a lock. */
  readonly settlesOnDelivery: boolean;
  /** How many more messages it takes now. */
  room(): number;
  take(message: Message): void;
}

/** A queue, or the dead letters of one. Knows nothing of the wire. */
export class Queue {
  readonly name: string;
  readonly deadLetters: Queue | undefined;
  readonly #options: QueueOptions;
  readonly #messages = new Map<number, Message>();
  readonly #ready = new Heap<Message>((a, b) => a.sequenceNumber - b.sequenceNumber);
  readonly #due = new Heap<{ atMs: number; message: Message }>(
    (a, b) => a.atMs - b.atMs || a.message.sequenceNumber - b.message.sequenceNumber,
  );
  readonly #locks: Locks;
  readonly #seen: DuplicateWindow;
  readonly #consumers = new Set<Consumer>();
  readonly #alarm = new Alarm(() => this.#catchUp());
  readonly #operations: QueueOperations = { sent: 0, delivered: 0, settled: 0, renewed: 0, peeked: 0 };
  #lastSequenceNumber = 0;
  /** No active message expires before this. */
  #nextExpiryMs = Infinity;

  constructor(name: string, options: QueueOptions, deadLetters?: Queue) {
    this.name = name;
    this.deadLetters = deadLetters;
    this.#options = options;
    this.#locks = new Locks(options.lockMs);
    this.#seen = new DuplicateWindow(options.duplicateWindowMs);
  }

  /** Returns the new message's sequence number, or undefined for a duplicate, which is dropped. */
  enqueue(content: Content): number | undefined {
    this.#operations.sent++;
    if (this.#seen.isDuplicate(content.messageId)) return undefined;
    const sequenceNumber = ++this.#lastSequenceNumber;
    const enqueuedAtMs = Date.now();
    const message: Message = {
      sequenceNumber,
      enqueuedSequenceNumber: sequenceNumber,
      content: { ...content, timeToLiveMs: Math.min(content.timeToLiveMs, this.#options.timeToLiveMs) },
      state: { kind: 'active' },
      enqueuedAtMs,
      deliveryCount: 0,
    };
    const { scheduledForMs } = content;
    if (scheduledForMs === undefined || scheduledForMs <= enqueuedAtMs) {
      this.#add(message);
      return sequenceNumber;
    }
    message.state = { kind: 'scheduled', atMs: scheduledForMs };
    this.#messages.set(sequenceNumber, message);
    this.#due.push({ atMs: scheduledForMs, message });
    this.#alarm.set(scheduledForMs);
    return sequenceNumber;
  }

  /** False when there is no such message, or its time has come. */
  cancelScheduled(sequenceNumber: number): boolean {
    const message = this.#messages.get(sequenceNumber);
    return message?.state.kind === 'scheduled' && this.#messages.delete(sequenceNumber);
  }

  attach(consumer: Consumer): void {
    this.#consumers.add(consumer);
    this.pump();
  }

  /** What the consumer has locked stays locked until the locks run out, as in the service. */
  detach(consumer: Consumer): void {
    this.#consumers.delete(consumer);
  }

  /** Hands out what is ready, oldest first, to consumers in turn. */
  pump(): void {
    for (let next = this.#ready.peek(); next; next = this.#ready.peek()) {
      if (this.#messages.get(next.sequenceNumber) !== next || this.#expire(next)) {
        this.#ready.pop();
        continue;
      }
      const consumer = this.#nextConsumer();
      const message = consumer && this.#ready.pop();
      if (!message) return;
      if (consumer.settlesOnDelivery) {
        this.#messages.delete(message.sequenceNumber);
      } else {
        const lock = this.#locks.add(message);
        message.state = { kind: 'locked', lock };
        this.#alarm.set(lock.untilMs);
      }
      this.#operations.delivered++;
      consumer.take(message);
    }
  }

  /** Returns false when the lock is gone; then nothing happens. */
  settle(token: LockToken, outcome: Outcome): boolean {
    this.#operations.settled++;
    const message = this.#locks.release(token)?.message;
    if (!message) return false;
    switch (outcome.kind) {
      case 'complete':
        this.#messages.delete(message.sequenceNumber);
        break;
      case 'release':
        this.#add(message);
        break;
      case 'abandon':
        message.content = withProperties(message.content, outcome.properties ?? {});
        this.#deliveryFailed(message);
        break;
      case 'deadLetter':
        message.content = withProperties(message.content, outcome.properties ?? {});
        this.#moveToDeadLetters(message, outcome.reason, outcome.description);
        break;
    }
    return true;
  }

  /** Returns when the renewed lock ends, in epoch milliseconds, or undefined when it is gone. */
  renew(token: LockToken): number | undefined {
    this.#operations.renewed++;
    const untilMs = this.#locks.renew(token);
    if (untilMs !== undefined) this.#alarm.set(untilMs);
    return untilMs;
  }

  /** Reads messages without touching them, whatever their state. */
  peek(fromSequenceNumber: number, count: number): Message[] {
    this.#operations.peeked++;
    return [...this.#messages.values()]
      .filter((message) => message.sequenceNumber >= fromSequenceNumber)
      .sort((a, b) => a.sequenceNumber - b.sequenceNumber)
      .slice(0, count);
  }

  /**
   * Adds copies of the newest messages that wait, the newest first, as if senders had repeated them too late to be
   * noticed.
   */
  copyWaiting(count: number): number {
    const waiting = [...this.#messages.values()]
      .filter(({ state }) => state.kind !== 'locked')
      .slice(-count)
      .reverse();
    for (const { content } of waiting) {
      const sequenceNumber = ++this.#lastSequenceNumber;
      this.#add({
        sequenceNumber,
        enqueuedSequenceNumber: sequenceNumber,
        content,
        state: { kind: 'active' },
        enqueuedAtMs: Date.now(),
        deliveryCount: 0,
      });
    }
    return waiting.length;
  }

  counts(): QueueCounts {
    const deadLettered = this.deadLetters ? this.deadLetters.#messages.size : 0;
    const counts = { active: 0, locked: 0, scheduled: 0, deadLettered };
    for (const { state } of this.#messages.values()) counts[state.kind]++;
    return counts;
  }

  operations(): QueueOperations {
    return { ...this.#operations };
  }

  close(): void {
    this.#alarm.clear();
    this.deadLetters?.close();
  }

  #add(message: Message): void {
    message.state = { kind: 'active' };
    this.#messages.set(message.sequenceNumber, message);
    if (this.#expire(message)) return;
    this.#nextExpiryMs = Math.min(this.#nextExpiryMs, this.#expiryMs(message));
    this.#alarm.set(this.#nextExpiryMs);
    this.#ready.push(message);
    this.pump();
  }

  /** Dead letters are kept until somebody takes them. */
  #expiryMs(message: Message): number {
    return this.deadLetters ? message.enqueuedAtMs + message.content.timeToLiveMs : Infinity;
  }

  /** Takes a message away whose time is over, and tells whether it was. A locked one may still be completed. */
  #expire(message: Message): boolean {
    if (message.state.kind !== 'active' || this.#expiryMs(message) > Date.now()) return false;
    if (this.#options.deadLetterExpired)
      this.#moveToDeadLetters(message, 'TTLExpiredException', 'The message expired and was dead lettered.');
    else this.#messages.delete(message.sequenceNumber);
    return true;
  }

  #nextConsumer(): Consumer | undefined {
    for (const consumer of this.#consumers) {
      if (consumer.room() <= 0) continue;
      this.#consumers.delete(consumer); // to the end of the row
      this.#consumers.add(consumer);
      return consumer;
    }
    return undefined;
  }

  #deliveryFailed(message: Message): void {
    message.deliveryCount++;
    if (this.deadLetters && message.deliveryCount >= this.#options.maxDeliveryCount) {
      const description = `Message could not be consumed after ${message.deliveryCount} delivery attempts.`;
      this.#moveToDeadLetters(message, 'MaxDeliveryCountExceeded', description);
    } else this.#add(message);
  }

  #moveToDeadLetters(message: Message, reason?: string, description?: string): void {
    message.content = withProperties(message.content, {
      DeadLetterReason: reason,
      DeadLetterErrorDescription: description,
    });
    this.#messages.delete(message.sequenceNumber);
    (this.deadLetters ?? this).#add(message); // dead letters have nowhere to go
  }

  /** Lets happen what time has brought: locks run out, scheduled messages become active, active ones expire. */
  #catchUp(): void {
    for (const { message } of this.#locks.takeExpired()) this.#deliveryFailed(message);
    for (let next = this.#due.peek(); next && next.atMs <= Date.now(); next = this.#due.peek()) {
      this.#due.pop();
      this.#activate(next.message);
    }
    if (this.#nextExpiryMs <= Date.now()) {
      const active = [...this.#messages.values()].filter((message) => message.state.kind === 'active');
      const left = active.filter((message) => !this.#expire(message));
      this.#nextExpiryMs = left.reduce((least, message) => Math.min(least, this.#expiryMs(message)), Infinity);
    }
    const lockEndMs = this.#locks.nextExpiryMs() ?? Infinity;
    this.#alarm.set(Math.min(lockEndMs, this.#due.peek()?.atMs ?? Infinity, this.#nextExpiryMs));
  }

  /** A scheduled message takes its place in the queue when its time comes, with a new number. */
  #activate(message: Message): void {
    if (!this.#messages.delete(message.sequenceNumber)) return; // cancelled
    message.sequenceNumber = ++this.#lastSequenceNumber;
    message.enqueuedAtMs = Date.now();
    this.#add(message);
  }
}
