/** Where one is on the way from a list to a job. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const STEPS = { choose: 'Choose', rehearse: 'Rehearse', run: 'Run' } as const;
export type Step = keyof typeof STEPS;

const useStyles = makeStyles({
  steps: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: tokens.spacingHorizontalXL,
    margin: 0,
    padding: 0,
    listStyleType: 'none',
    color: tokens.colorNeutralForeground2,
  },
  step: { paddingBottom: tokens.spacingVerticalXS },
  here: {
    color: tokens.colorNeutralForeground1,
    fontWeight: tokens.fontWeightSemibold,
    borderBottom: `2px solid ${tokens.colorBrandStroke1}`,
  },
});

export function Steps({ at, back }: { readonly at: Step; readonly back?: ReactNode }) {
  const styles = useStyles();
  return (
    <ol className={styles.steps} aria-label="Steps">
      {Object.entries(STEPS).map(([step, name], index) => (
        <li
          key={step}
          aria-current={step === at ? 'step' : undefined}
          className={mergeClasses(styles.step, step === at && styles.here)}
        >
          {index + 1} {step === 'choose' && back !== undefined ? back : name}
        </li>
      ))}
    </ol>
  );
}
