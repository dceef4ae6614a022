import type { PlacePurpose } from './contract/places.ts';
import type { UpdateState } from './domain/update-state.ts';

/** A project that was asked for from outside the window. */
export interface OfferedProject {
  readonly name: string;
  /** The token that opens it. */
  readonly place: string;
  /** Whether the person is asked first, since another project is open that they may be at work on. */
  readonly ask: boolean;
}

/** What a host can do for the page beyond the web. A browser has none of it: `window.cuepointHost` is then undefined. */
export interface StudioHost {
  readonly platform: string;
  /** The system's dialog; answers place tokens, or an empty list when the person gave up. */
  choose(what: PlacePurpose): Promise<readonly string[]>;
  /** Place tokens of files that were dropped on the window. */
  placesOf(files: readonly File[]): Promise<readonly string[]>;
  /** Shows the file that was just exported in the system's file manager. */
  reveal(path: string): Promise<void>;
  /** Runs `listener` when the application menu asks for a command of the studio's registry; answers how to stop. */
  onCommand(listener: (commandId: string) => void): () => void;
  /** Runs `listener` with a project that the file manager, a second start or the system's menu named; answers how to stop. */
  onProject(listener: (project: OfferedProject) => void): () => void;
  /** Says that the person has answered, or was asked in the menu; until then whoever listens anew is told of it again. */
  settleProject(place: string): Promise<void>;
  readonly updates: UpdateHost;
}

/** Newer versions of the program. */
export interface UpdateHost {
  /** Asks nobody but this machine. */
  state(): Promise<UpdateState>;
  /** Looks for a newer version on the channel of the settings. */
  look(): Promise<void>;
  download(): Promise<void>;
  /** Quits, puts the newer version in place and starts it. Rejects while jobs run. */
  restart(): Promise<void>;
  onState(listener: (state: UpdateState) => void): () => void;
}

declare global {
  interface Window {
    readonly cuepointHost?: StudioHost;
  }
}
