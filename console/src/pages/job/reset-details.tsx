/** All that is known of one reset. */
import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  DialogTrigger,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Reset } from '../../../../client/types.ts';
import { RedeemLink } from '../../parts/redeem-link.tsx';
import { Fact, FactList } from '../../parts/facts.tsx';
import { GuestName } from '../../parts/guest-name.tsx';
import { DialogLink, LeaveProvider, useAfterClose } from '../../parts/leave-dialog.tsx';
import { inPageWords } from '../../parts/service-words.ts';
import { factsOf } from '../../parts/reset-facts.ts';
import { stepOf } from '../../parts/reset-words.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '720px' },
  content: {
    display: 'grid',
    // A link takes over that its parent scrolls: without this nothing of it is left where there is little room.
    gridAutoRows: 'max-content',
    gap: tokens.spacingVerticalM,
    overflowWrap: 'anywhere',
  },
  title: {
    overflowWrap: 'anywhere',
    // An address fits into a line.
    '@media (max-width: 480px)': { fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  },
  list: { '@media (max-width: 480px)': { gridTemplateColumns: 'minmax(0, 1fr)' } },
});

interface ResetDetailsProperties {
  /** Undefined while none is open. */
  readonly reset: Reset | undefined;
  readonly onClose: () => void;
}

export function ResetDetails({ reset, onClose }: ResetDetailsProperties) {
  const styles = useStyles();
  return (
    <Dialog open={reset !== undefined} onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface className={styles.surface}>
        <Sheet reset={reset} onClose={onClose} />
      </DialogSurface>
    </Dialog>
  );
}

/** There as long as the dialog is, also while that closes. */
function Sheet({ reset, onClose }: ResetDetailsProperties) {
  const styles = useStyles();
  const close = useAfterClose(onClose);
  if (reset === undefined) return null;
  return (
    <LeaveProvider value={close}>
      <DialogBody>
        <DialogTitle className={styles.title}>
          <GuestName reset={reset} />
        </DialogTitle>
        <DialogContent className={styles.content}>
          <Details reset={reset} />
        </DialogContent>
        <DialogActions>
          <DialogTrigger disableButtonEnhancement>
            <Button>Close</Button>
          </DialogTrigger>
        </DialogActions>
      </DialogBody>
    </LeaveProvider>
  );
}

function Details({ reset }: { readonly reset: Reset }) {
  const styles = useStyles();
  const { message, warnings = [], guestId, otherJob, inviteRedeemUrl } = reset;
  const step = stepOf(reset);
  return (
    <>
      {/* It takes the focus, so it stands where one begins to read: below, the first words would be out of sight. */}
      {guestId !== undefined && (
        <DialogLink to={`/guests/${encodeURIComponent(guestId)}`}>Everything of this guest</DialogLink>
      )}
      {message !== undefined && <Text>{inPageWords(message)}</Text>}
      {step !== undefined && <Text weight="semibold">{step}</Text>}
      {warnings.map(({ code, message: words }) => (
        <Text key={code}>{inPageWords(words)}</Text>
      ))}
      <FactList className={styles.list}>
        {/* First: without a mail it is what one looks for. */}
        {inviteRedeemUrl !== undefined && <RedeemLink url={inviteRedeemUrl} />}
        {factsOf(reset).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
        {otherJob?.id !== undefined && otherJob.deleted !== true && (
          <Fact name="Other job">
            <DialogLink to={`/jobs/${otherJob.id}`}>{otherJob.id}</DialogLink>
          </Fact>
        )}
      </FactList>
    </>
  );
}
