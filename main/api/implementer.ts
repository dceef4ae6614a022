import { ValidationError } from '@orpc/contract';
import { implement, ORPCError } from '@orpc/server';
import { contract } from '#preload/contract/contract.ts';
import type { Editor } from '#preload/domain/editor.ts';
import { Failure } from '#preload/domain/failure.ts';
import { say, verbatim } from '#preload/domain/saying.ts';
import type { FailureCode } from '#preload/domain/failure.ts';
import { toFailure } from '../failures/to-failure.ts';
import { refuseToMembers } from './team-limits.ts';
import { saidIssue, type SchemaIssue } from '#preload/domain/said-issue.ts';
import { someOf } from '#preload/domain/said-lists.ts';

/** What a host says of every call. */
export interface CallContext {
  readonly editor: Editor;
  /** May use what is the machine's, as whoever sits at it may. */
  readonly isOwner: boolean;
  /** Aborts when whoever asked is gone; where a host says nothing of it, the call’s own signal does. */
  readonly gone?: AbortSignal;
}

const statusOf: Readonly<Record<FailureCode, number>> = {
  'bad-input': 400,
  forbidden: 403,
  'not-found': 404,
  'already-there': 409,
  'nothing-to-do': 409,
  conflict: 409,
  locked: 409,
  'project-busy': 409,
  'read-only': 409,
  'newer-project': 409,
  cancelled: 499,
  'unreadable-video': 422,
  'no-video-stream': 422,
  'unreadable-model': 422,
  'unreadable-annotations': 422,
  'unreadable-project': 422,
  'engine-stopped': 503,
  'hub-unreachable': 503,
  'server-away': 503,
  'disk-full': 507,
  internal: 500,
};

/** The one catch between handlers and callers: whatever is thrown leaves as `{ code, message, data }` of our closed list. */
export const os = implement(contract)
  .$context<CallContext>()
  .use(async ({ next, path, context }) => {
    try {
      if (!context.isOwner) refuseToMembers(path);
      return await next();
    } catch (error) {
      throw answerOf(error);
    }
  });

/** The same for a handler that goes on telling after it has answered. */
export async function* failingInWords<Told, Result>(
  telling: AsyncGenerator<Told, Result, void>,
): AsyncGenerator<Told, Result, void> {
  try {
    return yield* telling;
  } catch (error) {
    throw answerOf(error);
  }
}

function answerOf(error: unknown): ORPCError<FailureCode, unknown> {
  const failure = error instanceof ORPCError ? rejectedInput(error) : toFailure(error);
  const { code, message, said, details } = failure;
  return new ORPCError(code, { message, data: { ...details, said }, status: statusOf[code], cause: failure.cause });
}

function rejectedInput(error: ORPCError<string, unknown>): Failure {
  // An answer is made of what is stored: what does not fit came from another program, or is damaged.
  if (error.cause instanceof ValidationError && error.code !== 'BAD_REQUEST') {
    const [first] = (error.cause.issues as readonly SchemaIssue[]).map(saidIssue);
    return new Failure(
      'unreadable-project',
      say(
        'What is stored has a value that cannot be ({{first}}): "cuepoint check <project>" tells all that is wrong with it, and "--repair" mends what can be.',
        { first: first ?? '' },
      ),
      {},
      { cause: error },
    );
  }
  if (error.code !== 'BAD_REQUEST') return toFailure(error.cause ?? error);
  const { issues } = (error.data ?? {}) as { issues?: readonly SchemaIssue[] };
  if (issues === undefined || issues.length === 0) return new Failure('bad-input', verbatim(error.message));
  return new Failure('bad-input', verbatim(someOf(issues.map(saidIssue))));
}
