import Database from 'better-sqlite3';
import { answerThread } from '../call-port/thread.ts';
import type { LookOverCalls } from './look-over.ts';
import { isSound } from './open-database.ts';

/** Entry of the thread that looks over a database before others write to it. */
answerThread<LookOverCalls>({
  lookOver: async ({ file }) => {
    const connection = new Database(file, { readonly: true, fileMustExist: true });
    try {
      return { output: isSound(connection, file) };
    } finally {
      connection.close();
    }
  },
});
