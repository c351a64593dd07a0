/** The heading of a page. It takes the focus when the page comes up, so that whoever listens hears where they are. */
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { useEffect, useRef, type ReactNode } from 'react';

const useStyles = makeStyles({
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    marginBottom: tokens.spacingVerticalS,
  },
  heading: { ...typographyStyles.title2, margin: 0, outlineStyle: 'none', overflowWrap: 'anywhere' },
});

/** Marks that would turn around what stands behind them; in the page `bdi` holds them back. */
const TURNS = /[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;

interface PageHeadingProperties {
  readonly title: string;
  /** Beside the title: a state, actions. */
  readonly children?: ReactNode;
}

/** Each page has exactly one. */
export function PageHeading({ title, children }: PageHeadingProperties) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    document.title = `${title.replaceAll(TURNS, '')} – Guest reset`;
  }, [title]);
  return (
    <div className={styles.row}>
      <h1 ref={heading} tabIndex={-1} className={styles.heading}>
        {title}
      </h1>
      {children}
    </div>
  );
}
