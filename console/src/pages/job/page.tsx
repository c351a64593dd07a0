import { PageHeading } from '../../parts/page-heading.tsx';

export default function Page({ id }: { readonly id: string }) {
  return <PageHeading title={id} />;
}
