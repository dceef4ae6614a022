import Alert from '@mui/material/Alert';
import { useEffect, useState } from 'react';
import { useConnection } from '../backend/connection.ts';
import { wordsFor } from '../backend/failures.ts';

const patienceMs = 1_500;

/** Says that the backend does not answer, once that has lasted long enough to be worth a word. */
export function ConnectionBanner() {
  const lost = useConnection((state) => state.connection === 'lost');
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) {
      setShown(false);
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, [lost]);
  if (!shown) return null;
  const words = wordsFor({ code: 'unreachable' });
  return (
    <Alert severity="warning" variant="filled" square sx={{ py: 0 }}>
      {words.title}. {words.advice}
    </Alert>
  );
}
