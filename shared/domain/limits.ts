/**
 * Limits that others set, each with its source. Nothing else in the project repeats these numbers.
 * Our own choices (time-outs, retries, page sizes) live in `policy.ts`.
 */

/** Inner requests of one `$batch`. Source: Graph documentation, "JSON batching". */
export const GRAPH_BATCH_MAX_REQUESTS = 20;

/**
 * Directory writes per app and tenant in 150 s. Source: Graph documentation, "Throttling limits: identity and access".
 */
export const DIRECTORY_WRITES = { limit: 3_000, windowSeconds: 150 } as const;

/**
 * Requests to `/invitations` per tenant in 5 s, all apps together. Source: the same page until about 2023; treated as
 * in force.
 */
export const INVITATIONS = { limit: 150, windowSeconds: 5 } as const;

/** Recipients in copy that `/invitations` accepts. Source: Graph documentation, "invitedUserMessageInfo". */
export const INVITATION_MAX_CC_RECIPIENTS = 1;

/**
 * Before the @ of `invitedUserEmailAddress`. Source: Graph documentation, "Create invitation": ASCII without a list of
 * signs, the plus among them (reported too: "The Primary SMTP Address is an invalid value"); RFC 5321 for the length.
 */
export const INVITED_LOCAL_PART = { characters: /^[A-Za-z0-9._'-]$/, maxChars: 64 } as const;

/** Of a domain in ASCII, and of each of its labels. Source: RFC 1035, 2.3.4. */
export const DOMAIN_NAME = { maxChars: 253, labelMaxChars: 63 } as const;

/**
 * Entities in one table transaction; its body may have 4 MiB. Source: Table Storage documentation, "Performing entity
 * group transactions".
 */
export const TABLE_TRANSACTION_MAX_ENTITIES = 100;

/**
 * UTF-16 characters in one string property (64 KiB). Source: Table Storage documentation, "Understanding the data
 * model".
 */
export const TABLE_PROPERTY_MAX_CHARS = 32 * 1024;

/**
 * Bytes of one entity, of which a character of text takes two. Source: Table Storage documentation, "Understanding the
 * data model".
 */
export const TABLE_ENTITY_MAX_BYTES = 1024 * 1024;

/** Values of a user's `otherMails`, and characters of each. Source: Graph documentation of the resource `user`. */
export const OTHER_MAILS = { limit: 250, maxChars: 250 } as const;

/** Bytes of an HTTP request body. Source: Functions documentation, `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT`. */
export const HTTP_BODY_MAX_BYTES = 100 * 1024 * 1024;
