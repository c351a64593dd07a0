/** What the service depends on, each thing tried: what is not well stands open, with what to do. */
import { Button, makeStyles, mergeClasses, Spinner, Text, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Filled,
  ChevronDown16Regular,
  ChevronRight16Regular,
  ErrorCircle16Filled,
  Info16Regular,
} from '@fluentui/react-icons';
import { useState } from 'react';
import { FailureBar } from '../../parts/failure-bar.tsx';
import { clock, counted } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { useAnswer } from '../../service/answers.ts';
import { sortedChecks, type CheckSaid } from './check-words.ts';

/** So long the service answers what it has found. */
const KEPT_SECONDS = 60;

const useStyles = makeStyles({
  list: { display: 'grid', gap: tokens.spacingVerticalM, margin: 0, padding: 0, listStyleType: 'none' },
  sheet: { display: 'grid', gap: tokens.spacingVerticalM, justifyItems: 'start' },
  item: {
    display: 'grid',
    gridTemplateColumns: '16px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    overflowWrap: 'anywhere',
  },
  icon: { marginTop: '2px' },
  well: { color: tokens.colorStatusSuccessForeground1 },
  wrong: { color: tokens.colorStatusDangerForeground1 },
  note: { color: tokens.colorNeutralForeground2 },
  quiet: { color: tokens.colorNeutralForeground2 },
  // Its own padding would set it apart from the list.
  toggle: { marginLeft: `calc(-1 * ${tokens.spacingHorizontalS})` },
});

export function Checks() {
  const styles = useStyles();
  const { data, error, refetch } = useAnswer(['diagnostics'], (client) => client.diagnostics(), {
    changes: () => true,
    everySeconds: KEPT_SECONDS,
  });
  return (
    <Panel title="What the service depends on">
      <div className={styles.sheet}>
        {error !== null && (
          <FailureBar
            failure={error.failure}
            title={data === undefined ? 'The checks cannot be shown' : 'The checks may be old'}
            onAgain={() => void refetch()}
          />
        )}
        {data === undefined && error === null && <Spinner size="small" label="Each thing is tried" />}
        {data !== undefined && <Found checks={sortedChecks(data.value.checks)} at={data.value.checkedAt} />}
      </div>
    </Panel>
  );
}

function Found({ checks, at }: { readonly checks: readonly CheckSaid[]; readonly at: string }) {
  const styles = useStyles();
  const [showsAll, showAll] = useState(false);
  const well = checks.filter(({ state }) => state === 'well');
  const others = checks.filter(({ state }) => state !== 'well');
  const wrong = checks.filter(({ state }) => state === 'wrong').length;
  return (
    <>
      <Text>
        {wrong === 0 ? 'The service can work' : `${counted(wrong, 'thing')} ${wrong === 1 ? 'is' : 'are'} wrong`}, as of{' '}
        {clock(at)}.
      </Text>
      {others.length > 0 && <Items name="To be looked at" checks={others} />}
      {well.length > 0 && (
        <Button
          appearance="transparent"
          size="small"
          className={styles.toggle}
          icon={showsAll ? <ChevronDown16Regular /> : <ChevronRight16Regular />}
          aria-expanded={showsAll}
          onClick={() => showAll(!showsAll)}
        >
          {counted(well.length, 'thing')} {well.length === 1 ? 'is' : 'are'} well
        </Button>
      )}
      {showsAll && <Items name="Well" checks={well} />}
    </>
  );
}

function Items({ name, checks }: { readonly name: string; readonly checks: readonly CheckSaid[] }) {
  const styles = useStyles();
  return (
    <ul className={styles.list} aria-label={name}>
      {checks.map((check) => (
        // Of settings there may be more than one that is wrong.
        <li key={`${check.title} ${check.found}`} className={styles.item}>
          <Icon state={check.state} />
          <div>
            <Text weight="semibold">{check.title}</Text>
            <Text block>{check.found}</Text>
            {check.nextStep !== undefined && (
              <Text block className={styles.quiet}>
                {check.nextStep}
              </Text>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function Icon({ state }: Pick<CheckSaid, 'state'>) {
  const styles = useStyles();
  if (state === 'wrong')
    return <ErrorCircle16Filled title="Wrong" className={mergeClasses(styles.icon, styles.wrong)} />;
  if (state === 'note') return <Info16Regular title="Note" className={mergeClasses(styles.icon, styles.note)} />;
  return <CheckmarkCircle16Filled title="Well" className={mergeClasses(styles.icon, styles.well)} />;
}
