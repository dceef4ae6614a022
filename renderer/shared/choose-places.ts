import { create } from 'zustand';
import type { PlacePurpose } from '#preload/contract/places.ts';

export interface PlaceQuestion {
  readonly purpose: PlacePurpose;
  answer(tokens: readonly string[]): void;
}

/** The question that the studio's own file chooser shows, where the host has no dialogs. */
export const usePlaceQuestion = create<{ readonly question: PlaceQuestion | null }>(() => ({ question: null }));

/**
 * Asks for files or folders: with the system's dialog where the host has one, else with the studio's own over the
 * backend's machine. Answers place tokens; none when the person gave up.
 */
export function choosePlaces(purpose: PlacePurpose): Promise<readonly string[]> {
  const host = globalThis.window.cuepointHost;
  if (host) return host.choose(purpose);
  usePlaceQuestion.getState().question?.answer([]);
  return new Promise((resolve) => {
    usePlaceQuestion.setState({
      question: {
        purpose,
        answer: (tokens) => {
          usePlaceQuestion.setState({ question: null });
          resolve(tokens);
        },
      },
    });
  });
}
