/**
 * Limits of the real service. Source: Table Storage documentation, "Scalability targets" and "Understanding the data
 * model".
 */

/** Entities in one answer to a query. */
export const PAGE_MAX_ENTITIES = 1_000;
/** Operations in one transaction, and bytes of its body. */
export const TRANSACTION_MAX_OPERATIONS = 100;
export const BODY_MAX_BYTES = 4 * 1024 * 1024;
/** Counted as `sizeOf` in entity.ts does. */
export const ENTITY_MAX_BYTES = 1024 * 1024;
/** Beside the two keys and the timestamp. */
export const ENTITY_MAX_PROPERTIES = 252;
/** UTF-16 characters of one text: 64 KiB. */
export const TEXT_MAX_CHARS = 32 * 1024;
export const BINARY_MAX_BYTES = 64 * 1024;
/** 1 KiB of UTF-16. */
export const KEY_MAX_CHARS = 512;
