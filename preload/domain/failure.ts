/** Every way a request, a job or a command can fail; the renderer and the CLI map each to words and an exit. */
export const failureCodes = [
  'bad-input',
  'not-found',
  'already-there',
  'unreadable-video',
  'no-video-stream',
  'unreadable-model',
  'unreadable-annotations',
  'unreadable-project',
  'newer-project',
  'project-busy',
  'read-only',
  'disk-full',
  'engine-stopped',
  'hub-unreachable',
  'server-away',
  'cancelled',
  'nothing-to-do',
  'conflict',
  'locked',
  'forbidden',
  'internal',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** What crosses every border (RPC, engine, job row, command line) when something failed. */
export interface FailureValue {
  readonly code: FailureCode;
  /** One sentence for a person: what failed, which file, what to do. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** The one error class thrown on purpose. */
export class Failure extends Error implements FailureValue {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: FailureCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  toValue(): FailureValue {
    return { code: this.code, message: this.message, details: this.details };
  }
}

/** Guards by name and code, since failures also arrive as plain values from another process. */
export function isFailure(value: unknown): value is FailureValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    failureCodes.includes(value.code as FailureCode)
  );
}
