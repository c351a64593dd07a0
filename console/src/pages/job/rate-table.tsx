/** The rate in rows, for whoever does not see a chart. */
import { makeStyles, tokens, typographyStyles } from '@fluentui/react-components';
import { count } from '../../parts/numbers.ts';
import { rateText, type RateChart } from './rate-points.ts';

const useStyles = makeStyles({
  scroll: {
    maxHeight: '200px',
    overflowY: 'auto',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
  },
  table: { ...typographyStyles.body1, width: '100%', borderCollapse: 'collapse' },
  cell: {
    padding: tokens.spacingVerticalXS,
    textAlign: 'left',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  number: { textAlign: 'right' },
});

const times = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

export function RateTable({ chart }: { readonly chart: RateChart }) {
  const { scroll, table, cell, number } = useStyles();
  return (
    // It scrolls, so the keys must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={scroll} tabIndex={0} role="region" aria-label="Invitations over time">
      <table className={table}>
        <thead>
          <tr>
            <th className={cell}>Time</th>
            <th className={`${cell} ${number}`}>Invitations a second</th>
            <th className={`${cell} ${number}`}>Guests done</th>
            <th className={cell}>Microsoft</th>
          </tr>
        </thead>
        <tbody>
          {chart.points.map(({ at, perSecond, ended, waiting }) => (
            <tr key={at}>
              <td className={cell}>{times.format(new Date(at * 1000))}</td>
              <td className={`${cell} ${number}`}>{rateText(perSecond)}</td>
              <td className={`${cell} ${number}`}>{count(ended)}</td>
              <td className={cell}>{waiting ? 'asked to wait' : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
