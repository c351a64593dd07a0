/** The link of a reset of whom nobody was mailed. */
import { CopyButton } from './copy-button.tsx';
import { Fact } from './facts.tsx';

/** To be handed to the guest, and to nobody else. */
export const RedeemLink = ({ url }: { readonly url: string }) => (
  <Fact name="Redeem link (a secret)">
    {url}{' '}
    <CopyButton
      text={() => url}
      label="Copy redeem link"
      done="Copied"
      said="The redeem link is copied."
      look="small"
    />
  </Fact>
);
