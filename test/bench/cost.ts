/** What a run would have cost at list price. */
import { INSTANCE_GB, PRICES } from './prices.ts';
import type { Watched } from './watched-run.ts';

/** Per 1,000 guests. */
export interface Usage {
  readonly roundTrips: number;
  readonly busOperations: number;
  /** Guest transactions apart: one for each reset is the price of nobody being reset twice. */
  readonly tableTransactions: number;
  readonly guestTransactions: number;
  readonly executions: number;
  readonly gbSeconds: number;
  readonly dollars: number;
}

export function usageOf({ guests, graph, broker, tableCalls, executions }: Watched): Usage {
  const thousands = guests / 1000;
  const { claimGuest = 0, createTable: _setUp, ...others } = tableCalls;
  const busOperations = (broker.sent + broker.delivered + broker.settled + broker.renewed + broker.peeked) / thousands;
  const tableTransactions = Object.values(others).reduce((sum, count) => sum + count, 0) / thousands;
  const guestTransactions = claimGuest / thousands;
  const gbSeconds = (executions.activeSeconds * INSTANCE_GB) / thousands;
  const count = executions.count / thousands;
  const dollars =
    busOperations * PRICES.perBusOperation +
    (tableTransactions + guestTransactions) * PRICES.perTableTransaction +
    count * PRICES.perExecution +
    gbSeconds * PRICES.perGbSecond;
  return {
    roundTrips: graph.roundTrips / thousands,
    busOperations,
    tableTransactions,
    guestTransactions,
    executions: count,
    gbSeconds,
    dollars,
  };
}
