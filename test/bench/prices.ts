/**
 * List prices in US dollars, pay as you go, without the monthly free grants. West Europe and East US have the same ones
 * for these meters.
 * They are the publicly quoted list prices, not an offer. Where they come from is beside each; look there before
 * relying on one.
 */

/**
 * When this file was last looked over. The pricing pages fill in their figures by script, so they were taken from
 * public texts that quote them.
 */
export const PRICES_AS_OF = '2026-11-21';

export const PRICES = {
  /** Flex Consumption, on demand. Source: azure.microsoft.com/pricing/details/functions. */
  perExecution: 0.4 / 1_000_000,
  perGbSecond: 0.000026,
  /**
   * Standard tier, beyond the 13 million operations that its base charge includes. Source:
   * azure.microsoft.com/pricing/details/service-bus.
   */
  perBusOperation: 0.8 / 1_000_000,
  /**
   * Any operation, locally redundant. A transaction of many entities is one. Source:
   * azure.microsoft.com/pricing/details/storage/tables.
   */
  perTableTransaction: 0.00036 / 10_000,
} as const;

/**
 * The smallest instance that Flex Consumption offers by default. Source: Functions documentation, "Flex Consumption
 * plan: instance sizes".
 */
export const INSTANCE_GB = 2;
