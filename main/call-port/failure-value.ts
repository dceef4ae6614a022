import { fileFailure } from '#main/failures/file-failure.ts';
import { asFailure, isFailure } from '#preload/domain/failure.ts';
import type { FailureValue } from '#preload/domain/failure.ts';

/** An error as the value that crosses to another thread or process. What nobody threw on purpose is `internal`, with its message alone. */
export function failureValueOf(error: unknown): FailureValue {
  if (isFailure(error)) {
    const failure = asFailure(error);
    return { ...failure.toValue(), details: plain(failure.details) };
  }
  const message = error instanceof Error ? error.message : String(error);
  return fileFailure(error)?.toValue() ?? { code: 'internal', message };
}

/** Details as plain data: a value that cannot be cloned must not keep the failure itself from arriving. */
function plain(details: FailureValue['details']): Readonly<Record<string, unknown>> {
  try {
    return structuredClone(details ?? {});
  } catch {
    return {};
  }
}
