import { PageHeading } from '../../parts/page-heading.tsx';

export default function Page() {
  return <PageHeading title="Tenant" />;
}
