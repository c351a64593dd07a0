/** The way on where a file of the console cannot be had: the whole page once more, with what was typed. */
import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { fetchTelling } from '../service/connection.ts';
import { putAwayDrafts } from '../service/drafts.ts';

/** The browser's words for it: after an update the old names are gone. */
const GONE = /dynamically imported module|Importing a module script failed|preload/i;

export const isGone = (error: unknown): boolean => GONE.test(String(error));

/** Leaves only where something answers: the browser's own page for a lost line has no way back. */
export function LoadAgain() {
  const [wasTried, tried] = useState(false);
  const load = async (): Promise<void> => {
    try {
      await fetchTelling(new Request(location.href, { method: 'HEAD' }));
    } catch {
      tried(true);
      return;
    }
    await putAwayDrafts();
    location.reload();
  };
  return (
    <Button appearance="primary" onClick={() => void load()}>
      {wasTried ? 'No answer yet: load again' : 'Load again'}
    </Button>
  );
}
