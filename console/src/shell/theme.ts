/** Light or dark: as the system is, until somebody chooses. */
import { webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { createContext, useContext, useEffect, useState } from 'react';

const CHOICE = 'guest-reset.dark';
const system = matchMedia('(prefers-color-scheme: dark)');

const Dark = createContext(false);
export const DarkProvider = Dark.Provider;

/** For what reads colours once, such as a picture on a canvas: the tokens of Fluent change under the same names. */
export const useIsDark = (): boolean => useContext(Dark);

export function useTheme(): { theme: Theme; isDark: boolean; setDark: (dark: boolean) => void } {
  const [chosen, choose] = useState(() => localStorage.getItem(CHOICE));
  const [systemIsDark, setSystemIsDark] = useState(system.matches);
  useEffect(() => {
    const look = (): void => setSystemIsDark(system.matches);
    system.addEventListener('change', look);
    return () => system.removeEventListener('change', look);
  }, []);
  const isDark = chosen === null ? systemIsDark : chosen === 'true';
  useEffect(() => {
    // What the browser draws by itself, such as scroll bars.
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
  return {
    theme: isDark ? webDarkTheme : webLightTheme,
    isDark,
    setDark(dark) {
      localStorage.setItem(CHOICE, String(dark));
      choose(String(dark));
    },
  };
}
