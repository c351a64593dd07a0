/** Refusals, with the codes of the real service. Source: Table Storage documentation, "Table service error codes". */

export class TableError extends Error {
  override readonly name = 'TableError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const tableNotFound = (): TableError =>
  new TableError(404, 'TableNotFound', 'The table specified does not exist.');
export const tableAlreadyExists = (): TableError =>
  new TableError(409, 'TableAlreadyExists', 'The table specified already exists.');
export const entityAlreadyExists = (): TableError =>
  new TableError(409, 'EntityAlreadyExists', 'The specified entity already exists.');
export const resourceNotFound = (): TableError =>
  new TableError(404, 'ResourceNotFound', 'The specified resource does not exist.');
export const conditionNotSatisfied = (): TableError =>
  new TableError(
    412,
    'UpdateConditionNotSatisfied',
    'The update condition specified in the request was not satisfied.',
  );
export const bodyTooLarge = (): TableError =>
  new TableError(
    413,
    'RequestBodyTooLarge',
    'The request body is too large and exceeds the maximum permissible limit.',
  );
export const entityTooLarge = (): TableError =>
  new TableError(400, 'EntityTooLarge', 'The entity is larger than the maximum allowed size (1MB).');
export const tooManyProperties = (): TableError =>
  new TableError(400, 'TooManyProperties', 'The entity contains more properties than allowed.');
export const propertyTooLarge = (name: string): TableError =>
  new TableError(400, 'PropertyValueTooLarge', `The property ${name} exceeds the maximum allowed size (64KB).`);
export const duplicateRow = (rowKey: string): TableError =>
  new TableError(
    400,
    'InvalidDuplicateRow',
    `A command with RowKey '${rowKey}' is already present in the batch. An entity can appear only once in a batch.`,
  );

/** What the caller sent is wrong. */
export const invalidInput = (what: string): TableError => new TableError(400, 'InvalidInput', what);

/** What the caller sent may be right, but this store does not do it. @param what is asked for */
export const notSupported = (what: string): TableError =>
  new TableError(
    501,
    'NotImplemented',
    `The light table store does not support ${what}. Azurite may: start the tables with --store azurite.`,
  );
