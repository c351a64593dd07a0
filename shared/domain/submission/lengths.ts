/** Our own limits on what one submission may say, in UTF-16 characters unless the name says otherwise. */

/** One reset as stored. 20 of them make a chunk row, which must stay under 1 MiB at two bytes a character. */
export const ROW_MAX_CHARS = 16_000;

/**
 * Longest JSON entry, or line of NDJSON, that is read at all; an escape takes six characters for one of the row.
 * Beyond it the reader could promise neither bounded memory, nor that others get their turn meanwhile.
 */
export const ENTRY_MAX_CHARS = 8 * ROW_MAX_CHARS;

/** Columns of a CSV: ten times as many as an export of a directory has. Rows are read cell by cell, and shown so. */
export const COLUMNS_MAX = 500;

/** Members of a JSON body: several times as many as there are options. */
export const MEMBERS_MAX = 100;

/** Containers inside each other; the deepest thing that means anything has seven. */
export const NESTING_MAX = 100;

export const REFERENCE_MAX_CHARS = 256;
export const REASON_MAX_CHARS = 256;
export const DISPLAY_NAME_MAX_CHARS = 256;
/** Far more than any tag in use; source of a least length: RFC 5646, 4.4.1. */
export const LANGUAGE_MAX_CHARS = 100;
export const MESSAGE_BODY_MAX_CHARS = 5_000;
export const URL_MAX_CHARS = 2_048;
/** Source: RFC 5321, a local part of 64, the at sign, a domain of 255. */
export const ADDRESS_MAX_CHARS = 320;
/** A guest's UPN holds a whole address, `#EXT#@` and the tenant's domain. */
export const UPN_MAX_CHARS = 1_024;

/** More than any tenant takes. */
export const PER_MINUTE_MAX = 100_000;

/** A year; a longer memory would need a longer history. */
export const SKIP_WITHIN_MAX_HOURS = 8_760;
