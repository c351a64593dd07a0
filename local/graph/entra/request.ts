/** One request about what administrators set up. */
import type { GraphRequest } from '../request.ts';
import type { Administrator } from './administrators.ts';

export interface EntraRequest extends GraphRequest {
  /** Undefined where an app calls: none of its permissions allows any of this. */
  readonly who: Administrator | undefined;
  /** Whether the header `Prefer` says `create-if-missing`. */
  readonly createIfMissing: boolean;
}
