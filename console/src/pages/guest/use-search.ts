/** What is typed into the search, and what was asked for: from the address of the page, which may be sent and kept. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
// As the browser has it: the router's own decodes it once more, and a name may have a % in it.
import { useSearch as useRawSearch } from 'wouter/use-browser-location';
import { LOOKED_UP } from './look-up.tsx';
import { mistakeIn, nameIn, placeOf } from './names.ts';

export interface Search {
  readonly typed: string;
  readonly type: (text: string) => void;
  /** Why nobody can be named as it was asked for, until something else is typed. */
  readonly mistake: string | undefined;
  /** What was asked for last; undefined before anything was. */
  readonly asked: string | undefined;
  /** Who is looked up: nobody, where what was asked for last is a mistake. */
  readonly name: string | undefined;
  readonly look: () => void;
}

interface State {
  /** The query of the address that it began with. */
  readonly of: string;
  readonly typed: string;
  readonly asked: string | undefined;
}

function begunFrom(of: string): State {
  const name = nameIn(new URLSearchParams(of).get('q') ?? '');
  return { of, typed: name, asked: name === '' ? undefined : name };
}

export function useSearch(): Search {
  const queries = useQueryClient();
  const [, go] = useLocation();
  const query = useRawSearch();
  const [state, change] = useState(() => begunFrom(query));
  // As when one goes back.
  if (state.of !== query) change(begunFrom(query));
  const { typed, asked } = state;
  const mistake = asked === undefined ? undefined : mistakeIn(asked);
  return {
    typed,
    type: (text) => change({ ...state, typed: text }),
    mistake: typed === asked ? mistake : undefined,
    asked,
    name: mistake === undefined ? asked : undefined,
    look() {
      if (mistakeIn(typed) !== undefined) return change({ ...state, asked: typed });
      change({ ...state, typed: nameIn(typed), asked: nameIn(typed) });
      // The same once more is another look.
      void queries.invalidateQueries({ queryKey: [LOOKED_UP] });
      go(placeOf(typed));
    },
  };
}
