import { correctionsOf } from './corrected-videos.ts';
import { worldActions } from '#main/lab/world/actions.ts';
import { lasting, longRecordings, type RecordingKind } from './long-recordings.ts';
import { foundBy, measureLocalisation, measureStudent } from './measure-localisation.ts';
import { studioMethod } from './measurements.ts';
import { seenActions, stressShots } from './rendered-videos.ts';
import { zeroShotMethod, type SeedTask } from './seed-task.ts';
import { studioStudent, zeroShotStudent } from './student.ts';

export const recordingSplit = (names: number): string => `recordings of an hour, ${names} names`;
export const filmsSplit = (names: number): string => `the same films by themselves, ${names} names`;
export const singleSplit = 'one novel action a video';
export const shiftedSplit = 'bodies, backdrops and cameras that training never drew';
const uncutSplit = 'recordings of an hour without cuts between films, 8 names';
const lastingSplit = 'recordings of an hour, actions of five minutes, 8 names';
const lastingFromShortSplit = 'recordings of an hour, actions of five minutes learned from short ones, 8 names';
const lastingS = 300;
const minutes = 60;
const namesInAll = 400;

/** The films of novel actions in recordings of an hour, of which half a percent is action. */
export const measureRecordings: SeedTask = async ({ world, films }, measurements) => {
  const [test, shots, seenVideos] = [await films.films('novel'), await films.films('shots'), await films.films('seen')];
  const recordings = await world.withBoundaries(longRecordings(test, [...shots, ...seenVideos], minutes));
  for (const classes of [films.novel, films.all]) {
    const names = classes.classIds.length;
    const judged = films.novel.classIds;
    for (const [split, videos] of [
      [filmsSplit(names), test],
      [recordingSplit(names), recordings],
    ] as const) {
      for (const count of [0, stressShots]) {
        const corrected = correctionsOf(shots, judged, count);
        for (const [method, student] of [
          [zeroShotMethod, zeroShotStudent(classes)],
          [studioMethod, studioStudent(classes, { corrected: shots, unlabelled: videos }, corrected)],
        ] as const)
          measureLocalisation(foundBy(student, videos), classes, { split, shots: count, method }, measurements, judged);
      }
    }
  }
};

/** The same hour of other kinds: without cuts, with actions that go on for minutes, with a long list of names. */
export const measureLongKinds: SeedTask = async ({ world, films }, measurements) => {
  const [test, shots, seenVideos] = [await films.films('novel'), await films.films('shots'), await films.films('seen')];
  const recorded = (kind: RecordingKind) =>
    world.withBoundaries(longRecordings(test, [...shots, ...seenVideos], minutes, kind));
  const many = await world.classesOf(worldActions, namesOfNothing(namesInAll - worldActions.length));
  const judged = films.novel.classIds;
  const lastingShots = await world.withBoundaries(shots.map((film) => lasting(film, lastingS)));
  for (const [split, videos, taught, classes] of [
    [recordingSplit(namesInAll), await recorded({ cuts: true, lastingS: null }), shots, many],
    [uncutSplit, await recorded({ cuts: false, lastingS: null }), shots, films.novel],
    [lastingSplit, await recorded({ cuts: true, lastingS }), lastingShots, films.novel],
    [lastingFromShortSplit, await recorded({ cuts: true, lastingS }), shots, films.novel],
  ] as const) {
    for (const count of [0, stressShots]) {
      const corrected = correctionsOf(taught, judged, count);
      for (const [method, student] of [
        [zeroShotMethod, zeroShotStudent(classes)],
        [studioMethod, studioStudent(classes, { corrected: taught, unlabelled: videos }, corrected)],
      ] as const)
        measureLocalisation(foundBy(student, videos), classes, { split, shots: count, method }, measurements, judged);
    }
  }
};

/** Two seen actions at once, which never happens. */
function namesOfNothing(count: number): string[] {
  const phrases = seenActions.map(({ phrases: [name] }) => name);
  const pairs = phrases.flatMap((one, at) => phrases.slice(at + 1).map((other) => `${one} while ${other}`));
  // A spread of them, not all with the first action.
  return Array.from({ length: count }, (_, at) => pairs[Math.floor((at * pairs.length) / count)]!);
}

/** Videos in which one action happens again and again. */
export const measureSingle: SeedTask = ({ films }, measurements) =>
  measureSets(singleSplit, 'single', 'singleShots', films, measurements);

/** A project of which everything looks as no training drew it. */
export const measureShifted: SeedTask = ({ films }, measurements) =>
  measureSets(shiftedSplit, 'shifted', 'shiftedShots', films, measurements);

type Films = Parameters<SeedTask>[0]['films'];
type FilmSet = Parameters<Films['films']>[0];

async function measureSets(
  split: string,
  testSet: FilmSet,
  shotSet: FilmSet,
  films: Films,
  measurements: Parameters<SeedTask>[1],
): Promise<void> {
  const { novel } = films;
  const [test, shots] = [await films.films(testSet), await films.films(shotSet)];
  for (const count of [0, 2, stressShots]) {
    const corrected = correctionsOf(shots, novel.classIds, count);
    for (const [method, student] of [
      [zeroShotMethod, zeroShotStudent(novel)],
      [studioMethod, studioStudent(novel, { corrected: shots, unlabelled: test }, corrected)],
    ] as const)
      measureStudent(student, test, novel, { split, shots: count, method }, measurements);
  }
}
