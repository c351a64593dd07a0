/**
 * The budgets that Graph documents, and what a request costs of each. Counted always; refused only where that is
 * switched on.
 * Source: Graph documentation, "Throttling limits" (identity and access); `/invitations` until about 2023.
 */
import { Budget, type BudgetLimit, type BudgetStatistics } from './budget.ts';
import type { OperationKind } from './request.ts';

export const BUDGET_LIMITS = {
  invitations: { limit: 150, windowSeconds: 5 },
  appWrites: { limit: 3_000, windowSeconds: 150 },
  tenantWrites: { limit: 18_000, windowSeconds: 300 },
} as const satisfies Record<string, BudgetLimit>;

/** Resource units in 10 s, by the number of users. */
export function resourceUnits(users: number): BudgetLimit {
  return { limit: users < 50 ? 3_500 : users < 500 ? 5_000 : 8_000, windowSeconds: 10 };
}

export type BudgetName = keyof typeof BUDGET_LIMITS | 'resourceUnits';

/** `GET /users` costs 2 units, one less with `$select`, which the service always gives. */
const COSTS: Readonly<Record<OperationKind, Partial<Record<BudgetName, number>>>> = {
  getUser: { resourceUnits: 1 },
  findUsers: { resourceUnits: 1 },
  listRoles: { resourceUnits: 1 },
  patchUser: { resourceUnits: 1, appWrites: 1, tenantWrites: 1 },
  invite: { resourceUnits: 1, appWrites: 1, tenantWrites: 1, invitations: 1 },
  readApps: {},
  writeApps: {},
  resumeTask: {},
  batch: {},
};

export class Throttle {
  refuses: boolean;
  readonly #budgets: Readonly<Record<BudgetName, Budget>>;

  constructor(users: number, refuses: boolean) {
    this.refuses = refuses;
    this.#budgets = {
      invitations: new Budget(BUDGET_LIMITS.invitations),
      appWrites: new Budget(BUDGET_LIMITS.appWrites),
      tenantWrites: new Budget(BUDGET_LIMITS.tenantWrites),
      resourceUnits: new Budget(resourceUnits(users)),
    };
  }

  /**
   * Seconds to wait for a request that is refused; undefined for one that is let in. Inner requests of a batch count
   * one by one.
   */
  refuse(kind: OperationKind, now: Date): number | undefined {
    const at = now.getTime();
    const costs = Object.entries(COSTS[kind]).map(([name, cost]) => ({
      budget: this.#budgets[name as BudgetName],
      cost,
    }));
    for (const { budget, cost } of costs) budget.arrive(cost, at);
    const waits = costs.map(({ budget, cost }) => budget.waitSeconds(cost, at));
    const wait = Math.max(0, ...waits);
    if (!this.refuses || wait === 0) {
      for (const { budget, cost } of costs) budget.take(cost);
      return undefined;
    }
    for (const [position, { budget, cost }] of costs.entries()) if ((waits[position] ?? 0) > 0) budget.refuse(cost);
    return Math.ceil(wait * 10) / 10;
  }

  statistics(): Record<string, BudgetStatistics> {
    return Object.fromEntries(Object.entries(this.#budgets).map(([name, budget]) => [name, budget.statistics()]));
  }
}
