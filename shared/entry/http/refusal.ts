/** A refusal, thrown by whatever reads a request, so that no function needs to pass it on. */
import type { Problem } from '../../domain/api/problem.ts';

export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}
