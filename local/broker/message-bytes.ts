/**
 * AMQP message bytes in and out. The broker writes its own header and annotations and leaves everything else as the
 * sender wrote it, down to the wire type of each value.
 */
import { randomUUID } from 'node:crypto';
import { types, type Typed } from './rhea-hooks.ts';
import type { Content, Message, Properties } from './message.ts';

// Section codes: OASIS AMQP 1.0, part 3.2
const section = {
  header: 0x70,
  deliveryAnnotations: 0x71,
  messageAnnotations: 0x72,
  properties: 0x73,
  applicationProperties: 0x74,
  data: 0x75,
} as const;

const longestTimeToLiveMs = 2 ** 32 - 1; // what the header has room for: 49 days

const annotation = {
  sequenceNumber: 'x-opt-sequence-number',
  enqueuedSequenceNumber: 'x-opt-enqueue-sequence-number',
  enqueuedTime: 'x-opt-enqueued-time',
  lockedUntil: 'x-opt-locked-until',
  state: 'x-opt-message-state',
  scheduledTime: 'x-opt-scheduled-enqueue-time',
} as const;
const ownAnnotations: ReadonlySet<unknown> = new Set(Object.values(annotation));

/** Takes the bytes of one message apart. Throws on bytes that are not an AMQP message. */
export function decode(bytes: Buffer): Content {
  const reader = new types.Reader(bytes);
  const sections = new Map<number, readonly Typed[]>();
  let body = Buffer.alloc(0);
  while (reader.remaining() > 0) {
    const start = reader.position;
    const { descriptor, value } = reader.read();
    const code = Number(descriptor?.value);
    if (code >= section.data) {
      body = Buffer.from(bytes.subarray(start)); // a copy: a slice would keep the bytes of a whole batch
      break;
    }
    if (!(code >= section.header) || !Array.isArray(value))
      throw new Error(`There is no message section at byte ${start}.`);
    sections.set(code, value);
  }
  const header = sections.get(section.header) ?? [];
  const annotations = pairs(sections.get(section.messageAnnotations) ?? []);
  const scheduled = annotations.find(([key]) => key.value === annotation.scheduledTime)?.[1].value;
  const properties = withMessageId(sections.get(section.properties) ?? []);
  return {
    messageId: textOf(properties[0]?.value),
    durable: Boolean(header[0]?.value),
    timeToLiveMs: Number(header[2]?.value ?? Infinity),
    scheduledForMs: scheduled instanceof Date ? scheduled.getTime() : undefined,
    annotations: annotations.filter(([key]) => !ownAnnotations.has(key.value)).flat(),
    properties,
    applicationProperties: sections.get(section.applicationProperties) ?? [],
    body,
  };
}

/** The messages in a batch: its data sections. */
export function unbatch(bytes: Buffer): Buffer[] {
  const reader = new types.Reader(bytes);
  const messages: Buffer[] = [];
  while (reader.remaining() > 0) {
    const { descriptor, value } = reader.read();
    if (descriptor?.value === section.data && Buffer.isBuffer(value)) messages.push(value);
  }
  return messages;
}

/** The bytes of a message as a receiver gets it. */
export function encode(message: Message): Buffer {
  const { content } = message;
  const writer = new types.Writer();
  const write = (code: number, value: Typed) => writer.write(types.described(types.wrap_ulong(code), value));
  write(
    section.header,
    types.List32([
      types.wrap_boolean(content.durable),
      null, // priority
      content.timeToLiveMs <= longestTimeToLiveMs ? types.wrap_uint(content.timeToLiveMs) : null,
      null, // first acquirer
      types.wrap_uint(message.deliveryCount),
    ]),
  );
  write(section.messageAnnotations, types.Map32([...content.annotations, ...stamp(message)]));
  write(section.properties, types.List32(content.properties));
  if (content.applicationProperties.length > 0) {
    write(section.applicationProperties, types.Map32(content.applicationProperties));
  }
  return Buffer.concat([writer.toBuffer(), content.body]);
}

/** The content with application properties added or replaced; undefined and null ones are left out. */
export function withProperties(content: Content, added: Properties): Content {
  const news = Object.entries(added).filter(([, value]) => value !== undefined && value !== null);
  const names = new Set<unknown>(news.map(([name]) => name));
  const kept = pairs(content.applicationProperties).filter(([key]) => !names.has(key.value));
  const written = news.map(([name, value]) => [types.wrap_string(name), types.wrap(value)]);
  return { ...content, applicationProperties: [...kept.flat(), ...written.flat()] };
}

/** What the broker tells about a message. */
function stamp(message: Message): Typed[] {
  const stateCode = message.state.kind === 'scheduled' ? 2 : 0; // 0 active, 1 deferred, 2 scheduled
  const entries: [string, Typed][] = [
    [annotation.sequenceNumber, types.Long(message.sequenceNumber)],
    [annotation.enqueuedSequenceNumber, types.Long(message.enqueuedSequenceNumber)],
    [annotation.enqueuedTime, types.Timestamp(message.enqueuedAtMs)],
    [annotation.state, types.wrap_int(stateCode)],
  ];
  if (message.state.kind === 'locked')
    entries.push([annotation.lockedUntil, types.Timestamp(message.state.lock.untilMs)]);
  const { scheduledForMs } = message.content;
  if (scheduledForMs !== undefined) entries.push([annotation.scheduledTime, types.Timestamp(scheduledForMs)]);
  return entries.flatMap(([name, value]) => [types.wrap_symbol(name), value]);
}

/** The service names messages that come without an id; the SDK's lock renewal cannot do without one. */
function withMessageId(properties: readonly Typed[]): readonly Typed[] {
  const given = properties[0]?.value;
  if (given !== undefined && given !== null) return properties;
  return [types.wrap_string(randomUUID().replaceAll('-', '')), ...properties.slice(1)];
}

function pairs(keysAndValues: readonly Typed[]): [Typed, Typed][] {
  const result: [Typed, Typed][] = [];
  for (let i = 0; i < keysAndValues.length; i += 2) {
    const [key, value] = keysAndValues.slice(i, i + 2);
    if (key && value) result.push([key, value]);
  }
  return result;
}

function textOf(id: unknown): string {
  return Buffer.isBuffer(id) ? id.toString('hex') : String(id);
}
