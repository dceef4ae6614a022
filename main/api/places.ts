import type { Studio } from '../studio/studio.ts';
import { os } from './implementer.ts';

export const placeHandlers = ({ places }: Studio) =>
  os.places.router({
    list: os.places.list.handler(({ input }) => places.list(input.token, input.purpose)),
    look: os.places.look.handler(({ input }) => places.look(input.tokens)),
    resolve: os.places.resolve.handler(({ input }) => places.resolve(input.path)),
    makeFolder: os.places.makeFolder.handler(({ input }) => places.makeFolder(input.token, input.name)),
  });
