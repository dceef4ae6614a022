import { english, saying, verbatim, type Saying } from './saying.ts';

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
  /** One sentence for a person, in English: what failed, which file, what to do. */
  readonly message: string;
  /** The same with its values apart, for windows of other languages. Older programs kept none. */
  readonly said?: Saying | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

/** The one error class thrown on purpose. */
export class Failure extends Error implements FailureValue {
  override readonly name = 'Failure';
  readonly code: FailureCode;
  readonly said: Saying;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: FailureCode,
    said: Saying,
    details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(english(said), options);
    this.code = code;
    this.said = said;
    this.details = details;
  }

  toValue(): FailureValue {
    return { code: this.code, message: this.message, said: this.said, details: this.details };
  }
}

/** Guards by name and code, since failures also arrive as plain values from another process. */
export function isFailure(value: unknown): value is Pick<FailureValue, 'code' | 'message'> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'message' in value &&
    failureCodes.includes(value.code as FailureCode)
  );
}

/** A failure that was thrown here or arrived from elsewhere; over RPC its `data` holds its details and what is said. */
export function asFailure(thrown: Pick<FailureValue, 'code' | 'message'>): Failure {
  if (thrown instanceof Failure) return thrown;
  const { said, ...details } = recordIn(thrown, 'data') ?? {
    ...recordIn(thrown, 'details'),
    said: 'said' in thrown ? thrown.said : undefined,
  };
  return new Failure(thrown.code, saying.safeParse(said).data ?? verbatim(thrown.message), details);
}

function recordIn(value: object, name: string): Readonly<Record<string, unknown>> | undefined {
  const found: unknown = name in value ? value[name as keyof typeof value] : undefined;
  return typeof found === 'object' && found !== null ? { ...found } : undefined;
}
