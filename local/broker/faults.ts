import { z } from 'zod';
import type { BrokerError } from './amqp-errors.ts';

const drop = z.strictObject({ kind: z.literal('drop') }); // cuts the connection
const silent = z.strictObject({ kind: z.literal('silent') }); // never answers
const error = z.strictObject({ kind: z.literal('error'), condition: z.string(), description: z.string() });

const common = {
  /** Only at this queue; at any when absent. */
  queue: z.string().optional(),
  /** How often it happens; once when absent. */
  times: z.int().positive().optional(),
};
const anyEffect = z.discriminatedUnion('kind', [drop, silent, error]);
/** Do what was asked first, and fail then: the client cannot know that it was done. */
const late = z.boolean().optional();

/** A failure on request: where, how often, and what happens instead of the right answer. */
export const faultSchema = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('attach'), ...common, effect: z.discriminatedUnion('kind', [drop, error]) }),
  z.strictObject({ at: z.literal('send'), ...common, effect: anyEffect, late }),
  z.strictObject({ at: z.literal('settle'), ...common, effect: anyEffect, late }),
  z.strictObject({ at: z.literal('manage'), ...common, effect: anyEffect, late }), // schedule, cancel, peek, renew
]);

export type Fault = z.infer<typeof faultSchema>;
type FaultAt<Point extends Fault['at']> = Extract<Fault, { at: Point }>;

/** The planned failures. Each one is used up by what meets it first. */
export class Faults {
  #planned: { readonly fault: Fault; left: number }[] = [];

  plan(fault: Fault): void {
    this.#planned.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#planned = [];
  }

  take<Point extends Fault['at']>(at: Point, queueName: string): FaultAt<Point> | undefined {
    const isMeant = (fault: Fault): fault is FaultAt<Point> =>
      fault.at === at && (fault.queue ?? queueName).toLowerCase() === queueName.toLowerCase();
    for (const entry of this.#planned) {
      if (!isMeant(entry.fault)) continue;
      entry.left--;
      if (entry.left === 0) this.#planned.splice(this.#planned.indexOf(entry), 1);
      return entry.fault;
    }
    return undefined;
  }
}

/** How an operation is done, and the ways in which it can fail instead. */
export interface Ways {
  /** Does it, and returns what sends the answer. */
  work(): () => void;
  /** Cuts the connection. */
  drop(): void;
  /** Answers with an error. */
  reject(error: BrokerError): void;
}

/** Does what was asked, or lets a fault happen in its place, or one after the other. */
export function doOrFail(fault: FaultAt<'send' | 'settle' | 'manage'> | undefined, ways: Ways): void {
  if (!fault) {
    const sendAnswer = ways.work();
    sendAnswer();
    return;
  }
  if (fault.late === true) ways.work();
  if (fault.effect.kind === 'drop') ways.drop();
  else if (fault.effect.kind === 'error') ways.reject(fault.effect);
}
