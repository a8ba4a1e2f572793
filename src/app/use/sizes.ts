export { openGarbage } from '../../world/files/garbage.ts';
