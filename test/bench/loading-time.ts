/** How long this process spends in `require`: reading, parsing and running modules. */
import Module from 'node:module';

/** Counts from now on. @returns the milliseconds so far */
export function measureLoading(): () => number {
  const provided: unknown = Reflect.get(Module.prototype, 'require');
  if (typeof provided !== 'function')
    throw new Error('This version of Node has no Module.prototype.require to listen at.');
  let sum = 0;
  let isInside = false;
  Module.prototype.require = function measured(this: Module, id: string): unknown {
    // What a module requires in its turn is part of its time.
    if (isInside) return Reflect.apply(provided, this, [id]);
    isInside = true;
    const startedAt = performance.now();
    try {
      return Reflect.apply(provided, this, [id]);
    } finally {
      sum += performance.now() - startedAt;
      isInside = false;
    }
  };
  return () => sum;
}
