/** Where one is on the way from a list to a job. */
import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { PageLink } from './page-link.tsx';

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

interface StepsProperties {
  readonly at: Step;
  /** Addresses of the steps that one can go to from here. */
  readonly to?: Partial<Readonly<Record<Step, string>>>;
}

export function Steps({ at, to = {} }: StepsProperties) {
  const styles = useStyles();
  return (
    <ol className={styles.steps} aria-label="Steps">
      {(Object.entries(STEPS) as [Step, string][]).map(([step, name], index) => {
        const words = `${index + 1} ${name}`;
        const address = to[step];
        return (
          <li
            key={step}
            aria-current={step === at ? 'step' : undefined}
            className={mergeClasses(styles.step, step === at && styles.here)}
          >
            {address === undefined ? words : <PageLink to={address}>{words}</PageLink>}
          </li>
        );
      })}
    </ol>
  );
}
