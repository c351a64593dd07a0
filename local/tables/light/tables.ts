import { invalidInput, tableAlreadyExists, tableNotFound } from './table-error.ts';
import { Table } from './table.ts';

/** Source: Table Storage documentation, "Table names". */
const NAME = /^[a-z][a-z\d]{2,62}$/i;

/** All tables of all accounts. Their names differ in more than capitals. */
export class Tables {
  readonly #tables = new Map<string, Table>();

  create(account: string, name: string): void {
    if (!NAME.test(name)) throw invalidInput(`"${name}" cannot be the name of a table.`);
    if (this.#tables.has(id(account, name))) throw tableAlreadyExists();
    this.#tables.set(id(account, name), new Table());
  }

  delete(account: string, name: string): void {
    if (!this.#tables.delete(id(account, name))) throw tableNotFound();
  }

  get(account: string, name: string): Table {
    const table = this.#tables.get(id(account, name));
    if (table === undefined) throw tableNotFound();
    return table;
  }
}

const id = (account: string, name: string): string => `${account}/${name.toLowerCase()}`;
