/** Stays with a job until it has ended or is paused, and shows how far it is. */
import { followJob, type Followed } from '../../client/follow.ts';
import type { Terminal } from '../terminal.ts';
import type { Connected } from './connection.ts';
import { progressLine, progressPicture, type Look } from './progress.ts';

/** So often the picture is drawn anew between two looks. */
const REDRAWN_MS = 500;
/** For the rate; older ones tell nothing. */
const LOOKS_KEPT = 60;

/**
 * @param ctrlC what that does, where it does not leave the job alone
 * @throws the reason of `signal`, after the picture was taken away
 */
export async function watchJob(
  { client, signal }: Pick<Connected, 'client' | 'signal'>,
  id: string,
  terminal: Terminal,
  { waitWhilePaused, ctrlC }: { readonly waitWhilePaused: boolean; readonly ctrlC?: string },
): Promise<Followed> {
  const looks: Look[] = [];
  let nextAt = 0;
  const { picture } = terminal;
  const draw = (): void =>
    picture?.draw(
      progressPicture(
        looks,
        { columns: picture.columns(), paint: picture.paint },
        { date: new Date(), nextLookInSeconds: (nextAt - performance.now()) / 1000, ctrlC },
      ),
    );
  const redrawing = picture && setInterval(draw, REDRAWN_MS);
  let told = '';
  try {
    return await followJob(client, id, {
      signal,
      waitWhilePaused,
      onLook: (job, nextInSeconds) => {
        looks.push({ at: performance.now(), job });
        if (looks.length > LOOKS_KEPT) looks.shift();
        nextAt = performance.now() + nextInSeconds * 1000;
        if (picture !== undefined) return draw();
        const line = progressLine(looks, new Date());
        if (line !== told) terminal.err(line);
        told = line;
      },
    });
  } finally {
    clearInterval(redrawing);
    picture?.erase();
  }
}
