/** Who the guest is, as the directory says now. */
import {
  makeStyles,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Failure } from '../../../../client/answer.ts';
import type { Guest } from '../../../../client/types.ts';
import { CopyButton } from '../../parts/copy-button.tsx';
import { secondsToo } from '../../parts/numbers.ts';
import { Panel } from '../../parts/panel.tsx';
import { inPageWords } from '../../parts/service-words.ts';
import { factsOfGuest, hindranceOf, wasResetRecently, type Fact } from './facts.ts';
import { NotSeen } from './not-seen.tsx';

const useStyles = makeStyles({
  sheet: { display: 'grid', gridTemplateColumns: 'minmax(0, 1fr)', gap: tokens.spacingVerticalM },
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(min(100%, 320px), 1fr))',
    columnGap: tokens.spacingHorizontalXXL,
    rowGap: tokens.spacingVerticalM,
    margin: 0,
  },
  pair: { minWidth: 0 },
  name: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 },
  // As high with a button in it as without.
  value: { margin: 0, lineHeight: '24px', overflowWrap: 'anywhere' },
  words: { overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground2 },
});

interface WhoProperties {
  readonly id: string;
  readonly guest: Guest | undefined;
  readonly failure: Failure | undefined;
  readonly mayLook: boolean;
  readonly mayReset: boolean;
  readonly onAgain: () => void;
}

export function Who({ id, guest, failure, mayLook, mayReset, onAgain }: WhoProperties) {
  const styles = useStyles();
  return (
    <Panel title="In the directory now">
      <div className={styles.sheet}>
        {!mayLook && (
          <Text>
            Seeing how a guest stands in the directory needs the role Read or Manage. An owner of the app registration
            grants it.
          </Text>
        )}
        {failure !== undefined && <NotSeen failure={failure} mayLook={mayLook} onAgain={onAgain} />}
        {guest === undefined ? (
          <>
            {mayLook && failure === undefined && <Spinner size="small" label="The guest is looked up" />}
            <Facts facts={[{ name: 'Object id', value: id, isCopied: true }]} />
          </>
        ) : (
          <Known guest={guest} isOld={failure !== undefined} mayReset={mayReset} />
        )}
      </div>
    </Panel>
  );
}

interface KnownProperties {
  readonly guest: Guest;
  readonly isOld: boolean;
  readonly mayReset: boolean;
}

function Known({ guest, isOld, mayReset }: KnownProperties) {
  const styles = useStyles();
  const { readAt, warnings = [] } = guest;
  const hindrance = hindranceOf(guest, mayReset);
  return (
    <>
      {!isOld && hindrance !== undefined && (
        <MessageBar intent={wasResetRecently(guest) ? 'info' : 'warning'} layout="multiline">
          <MessageBarBody className={styles.words}>
            <MessageBarTitle>A reset would not be made now.</MessageBarTitle> {hindrance}
          </MessageBarBody>
        </MessageBar>
      )}
      {warnings.map(({ code, message }) => (
        <Text key={code} className={styles.words}>
          {inPageWords(message)}
        </Text>
      ))}
      <Facts facts={factsOfGuest(guest)} />
      <Text size={200} className={styles.quiet}>
        {isOld ? 'What was seen last, at' : 'As of'} {secondsToo(readAt)}
      </Text>
    </>
  );
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.list}>
      {facts.map(({ name, value, isCopied }) => (
        <div key={name} className={styles.pair}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>
            <bdi>{value}</bdi>
            {isCopied && (
              <CopyButton
                text={() => value}
                label={`Copy ${name === 'UPN' ? name : name.toLowerCase()}`}
                done="Copied"
                said={`${name} is copied.`}
                look="icon"
              />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
