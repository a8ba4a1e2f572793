export { currentFolder, environment } from '../world/environment/here.ts';
