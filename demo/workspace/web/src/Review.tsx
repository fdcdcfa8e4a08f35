import { useState } from 'react';

type Props = { author: string; text: string };

export function Stars({ count }: { count: number }) {
  const [chosen, choose] = useState(count);
  return <button onClick={() => choose((chosen % 5) + 1)}>{'★'.repeat(chosen)}</button>;
}
