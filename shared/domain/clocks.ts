/** How far clocks may differ: those of two instances, and Graph's. */

/**
 * An instance's clock counts as right when it differs from the table service's by no more than this. Server dates have
 * whole seconds and take a while to arrive.
 */
export const CLOCK_TOLERANCE_MS = 2_000;

/** So two right clocks differ by up to this: whoever compares times that two instances wrote allows for it. */
export const CLOCKS_APART_MS = 2 * CLOCK_TOLERANCE_MS;

/** How far Graph's clocks may differ among themselves. */
export const GRAPH_CLOCKS_APART_MS = 10_000;
