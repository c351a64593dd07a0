/** What every format's reader can do. */
import type { BodyItem } from '../../../domain/submission/body-item.ts';

type Items = readonly BodyItem[] | Promise<readonly BodyItem[]>;

export interface FormatReader {
  /** What this piece of text completed. After an item of kind `stopped` no more may be pushed. */
  push(text: string): Items;
  /** What the end of the text completed. */
  end(): Items;
}
