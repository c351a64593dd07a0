/** A sheet of a page, with its own heading where it has one. */
import { makeStyles, mergeClasses, Subtitle2, tokens } from '@fluentui/react-components';
import { useId, type ReactNode } from 'react';

const useStyles = makeStyles({
  panel: {
    boxSizing: 'border-box',
    minWidth: 0,
    padding: `${tokens.spacingVerticalL} ${tokens.spacingHorizontalXL}`,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    '@media (max-width: 640px)': { padding: tokens.spacingHorizontalM },
  },
  heading: { display: 'block', overflowWrap: 'anywhere', marginBlock: `0 ${tokens.spacingVerticalS}` },
});

interface PanelProperties {
  readonly title?: string;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Panel({ title, className, children }: PanelProperties) {
  const styles = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={title === undefined ? undefined : id} className={mergeClasses(styles.panel, className)}>
      {title !== undefined && (
        <Subtitle2 as="h2" id={id} className={styles.heading}>
          {title}
        </Subtitle2>
      )}
      {children}
    </section>
  );
}
