/** The same on each page: where one is, who one is, light or dark, and whether all is paused. */
import { Link as FluentLink, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { LeftOpenBars } from './left-open-bars.tsx';
import { LostBar } from './lost-bar.tsx';
import { fetchAhead } from './pages.tsx';
import { PauseBanner } from './pause-banner.tsx';
import { ThemeSelect } from './theme-select.tsx';
import type { ThemeChoice } from './theme.ts';
import { WhoAmI } from './who-am-i.tsx';

const NAVIGATION = [
  { to: '/', name: 'New reset', isHere: (path: string) => path === '/' || path.startsWith('/rehearsals') },
  { to: '/jobs', name: 'Jobs', isHere: (path: string) => path.startsWith('/jobs') },
  { to: '/guests', name: 'Guests', isHere: (path: string) => path.startsWith('/guests') },
  { to: '/tenant', name: 'Tenant', isHere: (path: string) => path.startsWith('/tenant') },
] as const;

const useStyles = makeStyles({
  page: { minHeight: '100vh', backgroundColor: tokens.colorNeutralBackground2 },
  skip: {
    position: 'absolute',
    left: tokens.spacingHorizontalM,
    top: '-100px',
    zIndex: 1,
    padding: tokens.spacingHorizontalS,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus': { top: tokens.spacingVerticalS },
  },
  header: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalXXL,
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalXXL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 640px)': { padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}` },
  },
  navigation: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalL, flexGrow: 1 },
  here: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
  link: { color: tokens.colorNeutralForeground1 },
  right: { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  main: {
    maxWidth: '1152px',
    margin: '0 auto',
    padding: tokens.spacingHorizontalXXL,
    '@media (max-width: 640px)': { padding: tokens.spacingHorizontalM },
  },
});

interface FrameProperties {
  readonly theme: ThemeChoice;
  readonly children: ReactNode;
}

export function Frame({ theme, children }: FrameProperties) {
  const styles = useStyles();
  const [path] = useLocation();
  return (
    <div className={styles.page}>
      <a href="#main" className={styles.skip}>
        To the content
      </a>
      <header className={styles.header}>
        <Text weight="semibold">Guest reset</Text>
        <nav aria-label="Pages" className={styles.navigation}>
          {NAVIGATION.map(({ to, name, isHere }) => (
            <Link key={to} href={to} asChild>
              <FluentLink
                aria-current={isHere(path) ? 'page' : undefined}
                className={mergeClasses(styles.link, isHere(path) && styles.here)}
                onPointerEnter={() => fetchAhead(to)}
                onFocus={() => fetchAhead(to)}
              >
                {name}
              </FluentLink>
            </Link>
          ))}
        </nav>
        <div className={styles.right}>
          <WhoAmI />
          <ThemeSelect {...theme} />
        </div>
      </header>
      <PauseBanner />
      <main id="main" tabIndex={-1} className={styles.main}>
        <LostBar />
        <LeftOpenBars />
        {children}
      </main>
    </div>
  );
}
