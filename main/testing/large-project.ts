import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openProjectStudio } from './open-studio.ts';

/** A closed project of some 80 MB: an edit with a long note, many times over. */
export async function largeProject(): Promise<string> {
  const studio = await openProjectStudio(['jump']);
  const [videoId] = await studio.addVideos({ 'a.mp4': 'a: 300' });
  const { id } = await studio.client.segments.create({ videoId: videoId!, classId: 1, startUs: 0, endUs: 1_000_000 });
  await studio.client.segments.update({ segmentIds: [id], note: 'x'.repeat(2000) });
  await studio.close();
  const project = join(studio.folder, 'demo.cuepoint');
  const raw = new Database(join(project, 'project.sqlite'));
  const columns = (raw.pragma('table_info(edits)') as { name: string }[])
    .map(({ name }) => name)
    .filter((name) => name !== 'id')
    .join();
  const last = 'SELECT max(id) FROM edits';
  raw.exec(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
     INSERT INTO edits (${columns}) SELECT ${columns} FROM edits, n WHERE edits.id = (${last})`,
  );
  raw.close();
  return project;
}
