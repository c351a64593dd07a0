/** How one guest stands now. */
import type { HttpResponseInit } from '@azure/functions';
import { guestKey } from '../../../domain/submission/selector.ts';
import type { Selector } from '../../../domain/reset/reset.ts';
import type { Deps } from '../../../usecases/deps.ts';
import { lookAtGuest } from '../../../usecases/jobs/look-at-guest.ts';
import type { CallOf } from '../handler.ts';
import { Refusal } from '../refusal.ts';
import { guestSelector } from './history-answer.ts';
import { keptLook } from './kept-look.ts';
import { jsonResponse } from './respond.ts';

/** Several who open the same page, or one who opens it again. */
const KEEP_MS = 5_000;

/** The same for everybody who may ask. */
const look = keptLook(
  KEEP_MS,
  async (selector: Selector, deps: Deps) => {
    const found = await lookAtGuest(deps, selector);
    if ('problem' in found) throw new Refusal(found.problem);
    return found.view;
  },
  guestKey,
);

export const answerGuest = async (call: CallOf<'getGuest'>): Promise<HttpResponseInit> =>
  jsonResponse(await look(guestSelector(call), call.deps));
