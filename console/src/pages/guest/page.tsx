import { PageHeading } from '../../parts/page-heading.tsx';

export default function Page({ guest }: { readonly guest: string | undefined }) {
  return <PageHeading title={guest ?? 'Guests'} />;
}
