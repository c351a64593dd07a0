/** A tool that resets guests, and what can be asked of it afterwards. */
import type { Said } from './truth.ts';
import type { Stage } from './stage.ts';

export interface ToolRun {
  /** From the order until the tool has finished, in the run's time. */
  readonly seconds: number;
  /** What the tool says of each guest. Asked only when all has been counted. */
  said(): Promise<ReadonlyMap<string, Said>>;
}

export interface Tool {
  /** As the tables show it. */
  readonly title: string;
  /** Resets all of them, with mail. */
  run(stage: Stage, ids: readonly string[]): Promise<ToolRun>;
  /** Functions of the tool that only whoever watches calls. */
  readonly watchers?: RegExp;
}
