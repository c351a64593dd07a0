/** What Graph refuses, and what that means to whoever asked. */
import * as z from 'zod';

const bodySchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

export class GraphRefusal extends Error {
  override readonly name = 'GraphRefusal';
  readonly status: number;
  readonly code: string;

  /** @param request such as `GET /me` */
  constructor(request: string, status: number, body: unknown) {
    const { data } = bodySchema.safeParse(body);
    const code = data?.error.code ?? '';
    super(`Graph answered ${status} ${code} to ${request}: ${data?.error.message ?? 'no words'}`.trim());
    this.status = status;
    this.code = code;
  }
}

const refusalOf = (error: unknown): GraphRefusal | undefined => (error instanceof GraphRefusal ? error : undefined);

/** Whoever is signed in may not do it. */
export const isDenied = (error: unknown): boolean => refusalOf(error)?.status === 403;

export const isNotThere = (error: unknown): boolean => refusalOf(error)?.status === 404;

/** What is asked for, or referred to, may have been made a moment ago: it takes seconds to be known everywhere. */
export function isNotThereYet(error: unknown): boolean {
  const refusal = refusalOf(error);
  return (
    refusal?.status === 404 ||
    (refusal?.status === 400 &&
      /does not reference a valid application|reference-property objects|was not found on application/.test(
        refusal.message,
      ))
  );
}

/** Somebody was given the same before: all is well. Source of the words: seen in the wild. */
export const isGivenAlready = (error: unknown): boolean =>
  refusalOf(error)?.status === 400 && /already exists on the object/.test(refusalOf(error)?.message ?? '');
