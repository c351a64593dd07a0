/** Finds members that one JSON object says twice: a parser keeps the last and loses the first without a word. */
import { Tokenizer, TokenType } from '@streamparser/json';
import type { Repeated } from '../../../domain/submission/body-item.ts';

/** Deeper than anything a submission can mean; what stands deeper is told by the place around it. */
const PATH_MAX_STEPS = 10;
/** Each tells the same; one entry could have a hundred thousand. */
const MAX_FOUND = 10;

interface Container {
  /** Of an object; undefined for an array. */
  readonly names: Set<string> | undefined;
  /** The member or element that is being read. */
  at: string | number;
}

/** Follows the tokens of sound JSON. Memory: the names in the objects that are open. */
export class RepeatedMembers {
  readonly #open: Container[] = [];
  #expectsName = false;
  #found: (readonly (string | number)[])[] = [];

  token(token: number, value: unknown): void {
    const inner = this.#open.at(-1);
    if (this.#expectsName && token === TokenType.STRING) this.#name(String(value), inner);
    this.#expectsName = false;
    if (token === TokenType.LEFT_BRACE || token === TokenType.LEFT_BRACKET) {
      this.#expectsName = token === TokenType.LEFT_BRACE;
      this.#open.push({ names: this.#expectsName ? new Set() : undefined, at: 0 });
    } else if (token === TokenType.RIGHT_BRACE || token === TokenType.RIGHT_BRACKET) this.#open.pop();
    else if (token === TokenType.COMMA && inner !== undefined) {
      this.#expectsName = inner.names !== undefined;
      if (typeof inner.at === 'number') inner.at++;
    }
  }

  /** How many containers are open. */
  get depth(): number {
    return this.#open.length;
  }

  /** What was found since the last call; paths begin at the outermost container. */
  take(): Repeated {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #name(name: string, object: Container | undefined): void {
    if (object?.names === undefined) return;
    object.at = name;
    if (!object.names.has(name)) object.names.add(name);
    else if (this.#found.length < MAX_FOUND) this.#found.push(this.#open.slice(0, PATH_MAX_STEPS).map(({ at }) => at));
  }
}

/** Of a whole text that is known to be JSON. */
export function repeatedMembersOf(json: string): Repeated {
  const members = new RepeatedMembers();
  const tokenizer = new Tokenizer();
  tokenizer.onToken = ({ token, value }) => members.token(token, value);
  tokenizer.write(json);
  return members.take();
}
