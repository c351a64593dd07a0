/** Where words are kept: until the tab is closed, or in the browser. Where that keeps nothing, as long as the page. */
type KeptWords = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** A browser that is to keep nothing, as where cookies are blocked, throws at the very name. */
function wordsIn(place: 'localStorage' | 'sessionStorage'): KeptWords {
  try {
    return globalThis[place];
  } catch {
    const words = new Map<string, string>();
    return {
      getItem: (key) => words.get(key) ?? null,
      setItem: (key, value) => void words.set(key, value),
      removeItem: (key) => void words.delete(key),
    };
  }
}

export const inTab = wordsIn('sessionStorage');
export const inBrowser = wordsIn('localStorage');
