/** Puts a text where it can be pasted from, and says so. */
import { Copy16Regular } from '@fluentui/react-icons';
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
  readonly size?: 'small' | 'medium';
}

export function CopyButton({
  text,
  label,
  done,
  said,
  icon = <Copy16Regular />,
  size = 'medium',
}: CopyButtonProperties) {
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
  return (
    <ActionButton size={size} icon={icon} onClick={() => void copy()}>
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
