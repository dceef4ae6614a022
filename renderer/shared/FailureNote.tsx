import ReportProblemOutlined from '@mui/icons-material/ReportProblemOutlined';
import Button from '@mui/material/Button';
import { t } from '../language/language.ts';
import { failureOf, wordsFor } from '../backend/failures.ts';
import { EmptyState } from '../ui/EmptyState.tsx';

/** A failure where content should stand: what happened, what to do, and trying again where that can help. */
export function FailureNote({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const failure = failureOf(error);
  const words = wordsFor(failure);
  return (
    <div role="alert" style={{ display: 'flex', flex: 1, minHeight: 0 }}>
      <EmptyState
        icon={<ReportProblemOutlined />}
        title={words.title}
        action={
          words.retry &&
          onRetry && (
            <Button variant="outlined" onClick={onRetry}>
              {t('Try again')}
            </Button>
          )
        }
      >
        {failure.code !== 'internal' && <div>{failure.message}</div>}
        <div>{words.advice}</div>
      </EmptyState>
    </div>
  );
}
