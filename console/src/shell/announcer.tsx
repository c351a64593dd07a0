/** One polite live region for the whole page: what changes by itself is said here, and not too often. */
import { makeStyles } from '@fluentui/react-components';
import { createContext, useContext, useState, type ReactNode } from 'react';

const Say = createContext<(text: string) => void>(() => undefined);

/** Says a sentence to whoever listens to the page; the same sentence twice is said once. */
export const useAnnounce = (): ((text: string) => void) => useContext(Say);

const useStyles = makeStyles({
  heard: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

export function Announcer({ children }: { readonly children: ReactNode }) {
  const [text, say] = useState('');
  const { heard } = useStyles();
  return (
    <Say.Provider value={say}>
      {children}
      <output aria-live="polite" className={heard}>
        {text}
      </output>
    </Say.Provider>
  );
}
