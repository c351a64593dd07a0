/** Puts a text where it can be pasted from, and says so. */
import { Button, makeStyles, Tooltip, tokens } from '@fluentui/react-components';
import { Checkmark16Regular, Copy16Regular } from '@fluentui/react-icons';
import { useState, type ReactElement } from 'react';
import { useAnnounce } from '../shell/announcer.tsx';
import { ActionButton } from './action-button.tsx';

interface CopyButtonProperties {
  /** What is copied, asked for when it is. */
  readonly text: () => string;
  readonly label: string;
  /** The label from then on. */
  readonly done: string;
  /** A sentence for whoever listens. */
  readonly said: string;
  readonly icon?: ReactElement;
  /** `icon`: in a line of text, where the label is a hint. */
  readonly look?: 'button' | 'small' | 'icon';
}

const useStyles = makeStyles({ inline: { verticalAlign: 'middle', marginLeft: tokens.spacingHorizontalXXS } });

export function CopyButton({ text, label, done, said, icon, look = 'button' }: CopyButtonProperties) {
  const { inline } = useStyles();
  const announce = useAnnounce();
  const [shown, show] = useState(label);
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text());
      show(done);
      announce(said);
    } catch {
      // A browser may forbid it.
      show('Not copied: select it');
      announce('It could not be copied. Select it and copy it by hand.');
    }
  }
  const sign = shown === done && look === 'icon' ? <Checkmark16Regular /> : (icon ?? <Copy16Regular />);
  if (look === 'icon')
    return (
      <Tooltip content={shown} relationship="label">
        <Button appearance="subtle" size="small" className={inline} icon={sign} onClick={() => void copy()} />
      </Tooltip>
    );
  return (
    <ActionButton size={look === 'small' ? 'small' : 'medium'} icon={sign} onClick={() => void copy()}>
      {shown}
    </ActionButton>
  );
}

/** The address of the page that it stands on. */
export const CopyLink = ({ icon }: { readonly icon: ReactElement }) => (
  <CopyButton
    text={() => location.href}
    label="Copy link"
    done="Link copied"
    said="The address of this page is copied."
    icon={icon}
  />
);
