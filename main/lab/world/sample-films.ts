import type { FilmOrder } from './render-films.ts';
import { actionsNamed } from './untrimmed-video.ts';

type Films = Omit<FilmOrder, 'folder' | 'version' | 'say'>;

const actions = actionsNamed(['wave-both-arm', 'squat', 'jumping-jack', 'sit-down', 'throw-ball', 'bow']);
const look = { actions, occurrences: 4, difficulty: 0.5, picture: { width: 256, height: 192, fps: 12 } };

/** The first films of the sample project come with their labels. */
export const labelledFilms: Films = { ...look, seed: 20, videos: 2 };
/** The others wait for somebody to label them. */
export const unlabelledFilms: Films = { ...look, seed: 21, videos: 5 };
