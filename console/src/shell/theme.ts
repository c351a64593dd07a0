/** Light or dark: as the system is, or as somebody has chosen in this browser. */
import { webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { createContext, useContext, useEffect, useState } from 'react';
import { inBrowser } from '../service/kept-words.ts';

const KEPT = 'guest-reset.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export const CHOICES = ['system', 'light', 'dark'] as const;
export type Choice = (typeof CHOICES)[number];

const Dark = createContext(false);
export const DarkProvider = Dark.Provider;

/** For what reads colours once, such as a picture on a canvas: the tokens of Fluent change under the same names. */
export const useIsDark = (): boolean => useContext(Dark);

const keptChoice = (): Choice => CHOICES.find((each) => each === inBrowser.getItem(KEPT)) ?? 'system';

export interface ThemeChoice {
  readonly choice: Choice;
  readonly choose: (choice: Choice) => void;
}

export function useTheme(): ThemeChoice & { readonly theme: Theme; readonly isDark: boolean } {
  const [choice, setChoice] = useState(keptChoice);
  const [systemIsDark, setSystemIsDark] = useState(system.matches);
  useEffect(() => {
    const look = (): void => setSystemIsDark(system.matches);
    system.addEventListener('change', look);
    return () => system.removeEventListener('change', look);
  }, []);
  const isDark = choice === 'system' ? systemIsDark : choice === 'dark';
  useEffect(() => {
    // What the browser draws by itself, such as scroll bars.
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
  return {
    theme: isDark ? webDarkTheme : webLightTheme,
    isDark,
    choice,
    choose(next) {
      if (next === 'system') inBrowser.removeItem(KEPT);
      else inBrowser.setItem(KEPT, next);
      setChoice(next);
    },
  };
}
