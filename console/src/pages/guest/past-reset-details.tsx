/** All that is known of one reset of a history, and what was done to its job. */
import { makeStyles, Text, tokens, typographyStyles } from '@fluentui/react-components';
import type { PastReset } from '../../../../client/types.ts';
import { RedeemLink } from '../../parts/redeem-link.tsx';
import { Fact, FactList } from '../../parts/facts.tsx';
import { moment } from '../../parts/numbers.ts';
import { PageLink } from '../../parts/page-link.tsx';
import { factsOf } from '../../parts/reset-facts.ts';
import { inPageWords } from '../../parts/service-words.ts';
import { deedOf, doerOf } from '../../parts/deeds.ts';

const useStyles = makeStyles({
  list: {
    ...typographyStyles.caption1,
    gridTemplateColumns: 'minmax(auto, 176px) minmax(0, 1fr)',
    paddingBlock: tokens.spacingVerticalS,
    '@media (max-width: 480px)': { gridTemplateColumns: '104px minmax(0, 1fr)' },
  },
});

export function PastResetDetails({ reset: { guestId: _known, ...reset } }: { readonly reset: PastReset }) {
  const { list } = useStyles();
  const { warnings = [], actions = [], jobDeleted, otherJob, inviteRedeemUrl, jobId } = reset;
  return (
    <>
      {warnings.map(({ code, message }) => (
        <Text key={code} block>
          {inPageWords(message)}
        </Text>
      ))}
      {jobDeleted === true && (
        <Text block>Of a deleted job neither addresses are kept, nor what Microsoft said. The rest is below.</Text>
      )}
      <FactList className={list}>
        {inviteRedeemUrl !== undefined && <RedeemLink url={inviteRedeemUrl} />}
        {factsOf(reset).map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
        {otherJob?.id !== undefined && otherJob.deleted !== true && (
          <Fact name="Other job">
            <PageLink to={`/jobs/${otherJob.id}`}>{otherJob.id}</PageLink>
          </Fact>
        )}
        <Fact name="Job">{jobId}</Fact>
        {actions.map((action) => (
          <Fact key={`${action.at} ${action.action}`} name={moment(action.at)}>
            {deedOf(action)} by <bdi>{doerOf(action)}</bdi>
          </Fact>
        ))}
      </FactList>
    </>
  );
}
