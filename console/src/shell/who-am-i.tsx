/** Who is signed in, beside the navigation. */
import { Text } from '@fluentui/react-components';
import { useService } from '../service/service.tsx';

export function WhoAmI() {
  const { me } = useService();
  return <Text size={200}>{me?.name ?? me?.id ?? ''}</Text>;
}
